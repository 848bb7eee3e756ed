"""What is done in the two worlds: a small review in which the same is written, answered, issued and sent on. Only who
wrote what stands without a name differs, or whether somebody has a draft, or asked to be admitted, of which nobody else
may know."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from forum.actions.contribution.parts import PracticeText, SectionText
from forum.actions.invitation.inviting import PersonToInvite
from forum.store.tables import schema as t
from forum.store.unit import fresh
from tests.support.noninterference.worlds import World
from tests.support.scene import DAY

SECTIONS = (SectionText(code="a", text="Desks near markets help."),)
PRACTICES = (
    PracticeText(
        name="Desks", dates="2017 - on", place="A port city", aim="To inform.", partners="Unions.", sdg="10.7",
    ),
)  # fmt: skip
FRENCH = (SectionText(code="a", text="Les guichets aident."), SectionText(code="b", text="Rien."))


@dataclass(frozen=True)
class Writer:
    """Somebody who writes: who saves and hands in, and who may release it."""

    by: str
    releaser: str


NETWORK, KENYA = Writer("rep.network", "rep.network"), Writer("focal.kenya", "focal.kenya")
QUITO, NEPAL = Writer("rep.quito", "rep.quito"), Writer("focal.nepal", "focal.nepal")
Play = Callable[[World], Awaitable[None]]


async def handed_in(w: World, writer: Writer, **more: object) -> uuid.UUID:
    """An input from its draft to its receipt."""
    given = {"title": "An input", "language": "en", "sections": SECTIONS, **more}
    ids = await w.do("save_contribution", writer.by, call=w.s.call, **given)
    await w.do("release_contribution", writer.releaser, **ids, expected_revision=1)
    return (await w.do("submit_contribution", writer.by, **ids))["contribution"]


async def others(w: World) -> list[uuid.UUID]:
    """What is attributed, in both worlds by the same people."""
    one = await handed_in(w, QUITO, title="Of the city", visibility="public", targets=("10.7",))
    two = await handed_in(w, NEPAL, title="Of the state", practices=PRACTICES, objectives=("6",))
    return [one, two]


async def unnamed(w: World, author: Writer) -> list[uuid.UUID]:
    """What stands without a name: handed in; returned and handed in again; taken back and handed in again."""
    nobody = {"attribution": "none"}
    one = await handed_in(w, author, title="Between us", practices=PRACTICES, targets=("8.8",), **nobody)
    two = await handed_in(
        w, author, title="For everybody", visibility="public", sections=FRENCH, language="fr", **nobody
    )
    await w.do("return_contribution", "secretariat", contribution=two, reason="Which desks?")
    changed = {"title": "For everybody, clearer", "language": "en", "sections": SECTIONS, "visibility": "public"}
    await w.do("save_contribution", author.by, contribution=two, expected_revision=1, **changed, **nobody)
    await w.do("release_contribution", author.releaser, contribution=two, expected_revision=2)
    await w.do("submit_contribution", author.by, contribution=two)
    three = await handed_in(w, author, title="For the team", visibility="secretariat", **nobody)
    await w.do("withdraw_contribution", author.by, contribution=three)
    changed = {"title": "For the team, again", "language": "en", "sections": SECTIONS, "visibility": "secretariat"}
    await w.do("save_contribution", author.by, contribution=three, expected_revision=1, **changed, **nobody)
    await w.do("release_contribution", author.releaser, contribution=three, expected_revision=2)
    await w.do("submit_contribution", author.by, contribution=three)
    return [one, two, three]


async def drafts(w: World, author: Writer) -> None:
    """What nobody but its own side may know of: a draft, one released, and one that was taken back."""
    nobody = {"attribution": "none"}
    given = {"call": w.s.call, "title": "Only a draft", "language": "en", "sections": SECTIONS, **nobody}
    await w.do("save_contribution", author.by, **given)
    ids = await w.do("save_contribution", author.by, **given)
    await w.do("release_contribution", author.releaser, **ids, expected_revision=1)
    back = await handed_in(w, author, title="Taken back", **nobody)
    await w.do("withdraw_contribution", author.by, contribution=back)


DRAFTED = 7  # acts of `drafts`


async def told_before(w: World) -> None:
    """A round of reminders, and more time for all: notices go out."""
    w.draws.begin(10_000)
    row = {"id": fresh(), "call_id": w.s.call, "due_at": w.s.now}
    await w.s.add(t.reminder, row)
    await w.by_clock("send_reminders", reminder=row["id"])


async def texts(w: World, inputs: list[uuid.UUID], author: Writer | None) -> None:
    """From inputs to a text: cited, circulated, commented on, answered, issued, sent on."""
    s = w.s
    for id_ in inputs:
        await w.do("admit_contribution", "secretariat", contribution=id_)
    await s.stage("main", "drafting")
    given = {"track": s.tracks["main"], "kind": "consolidated_report", "title": "Report", "symbol": "W/1"}
    document = (await w.do("draft_document", "secretariat", language="en", **given))["document"]
    paragraphs = []
    for text in ("Desks help.", "Cities lead.", "More is to be done."):
        made = await w.do("write_paragraph", "penholder", document=document, text=text)
        paragraphs.append(made["paragraph"])
    for n, id_ in enumerate(inputs):
        cited = {"paragraph": paragraphs[n % 3], "source": f"Contribution:{id_}"}
        await w.do("cite_source", "penholder", document=document, **cited)
    closes = s.now + 11 * DAY
    await w.do("circulate_document", "penholder", document=document, label="Rev.1", comments_close_at=closes)
    await s.stage("main", "consultation")
    comments = [await _comment(w, QUITO, document, "Say which cities."), await _comment(w, NEPAL, document, "Good.")]
    if author is not None:
        about = {"attribution": "none", "paragraph": paragraphs[0], "proposed_text": "Desks near markets help."}
        comments.append(await _comment(w, author, document, "Between us: say where.", **about))
    for n, subject in enumerate([*(f"Contribution:{i}" for i in inputs), *(f"Comment:{k}" for k in comments)]):
        word, reason = ("taken_up", None) if n % 2 else ("noted", "As was said.")
        place = {"paragraph": paragraphs[n % 3]} if word == "taken_up" else {}
        answer = {"document": document, "subject": subject, "word": word, "reason": reason}
        await w.do("record_disposition", "penholder", **answer, **place)
    await s.stage("main", "closing")
    await s.change(t.call, s.call, state="closed", closed_at=s.now)  # a text waits for that
    await w.do("issue_document", "secretariat", document=document)


async def _comment(w: World, writer: Writer, document: uuid.UUID, text: str, **more: object) -> uuid.UUID:
    return (await w.do("add_comment", writer.by, document=document, text=text, **more))["comment"]


# ---- the pairs
def by(author: Writer) -> Play:
    """Three inputs and a comment without a name, by this author."""

    async def play(w: World) -> None:
        inputs = await others(w) + await unnamed(w, author)
        await told_before(w)
        await texts(w, inputs, author)

    return play


def alone_by(author: Writer) -> Play:
    """One input without a name, and one attributed beside it: fewer than the threshold."""

    async def play(w: World) -> None:
        inputs = [await handed_in(w, QUITO, visibility="public")]
        inputs.append(await handed_in(w, author, title="Between two", visibility="secretariat", attribution="none"))
        await told_before(w)
        await texts(w, inputs, None)

    return play


def beside_drafts(there: bool) -> Play:
    """Two inputs that were handed in, and beside them drafts and what was taken back, or nothing."""

    async def play(w: World) -> None:
        if there:
            await drafts(w, NETWORK)
        else:
            await w.skip(DRAFTED)
        inputs = [await handed_in(w, QUITO, visibility="public")]
        inputs.append(await handed_in(w, NEPAL, title="For the team", visibility="secretariat", attribution="none"))
        await told_before(w)
        await texts(w, inputs, None)

    return play


NURSES = {"name": "Nurses Abroad", "kind": "civil_society", "about": "We fear our ministry.", "your_name": "Amina"}


def beside_an_application(there: bool) -> Play:
    """Somebody asks to be admitted, is declined, and asks again; or nobody does."""

    async def play(w: World) -> None:
        forum = w.s.forums["gfmd"]
        await w.s.change(t.forum, forum, registrar=True)
        if there:
            ids = await w.do("apply_for_admission", "delegate.kenya", forum=forum, **NURSES)
            await w.do("decline_application", "secretariat", **ids, reason="Ask again.")
            await w.do("apply_for_admission", "delegate.kenya", forum=forum, **NURSES, short_name="NA")
        else:
            await w.skip(3)
        await handed_in(w, QUITO, visibility="public")

    return play


def beside_an_invitation(there: bool) -> Play:
    """Kenya's administrator asks somebody in, and takes that back; or nobody is asked."""

    async def play(w: World) -> None:
        await _speak(w)
        if there:
            own = {"organisation": w.s.organisations["kenya"], "role": "delegate", "starts_at": w.s.now}
            ids = await w.do("invite_person", "admin.kenya", **own, address="amina@example.org", name="Amina N.")
            await w.do("end_invitation", "admin.kenya", **ids)
            bo = PersonToInvite("delegate", "bo@example.org", "Bo B.", w.s.now)
            await w.do("invite_people", "admin.kenya", organisation=own["organisation"], people=(bo,))
        else:
            await w.skip(3)
        await handed_in(w, QUITO, visibility="public")

    return play


SPEAKERS = {"admin.kenya": "administrator", "second.kenya": "delegate"}


def cleared_inside(asked: bool) -> Play:
    """A state's own side clears an input and a comment without a name among itself, or nobody asks for that."""

    async def play(w: World) -> None:
        s = w.s
        await _speak(w)
        organisation = {"organisation": s.organisations["kenya"], "people": 2, "roles": ("administrator",)}
        await _or_pass(w, asked, "set_clearance_rule", "admin.kenya", **organisation)
        inputs = [await handed_in(w, QUITO, visibility="public")]
        given = {"title": "Between us", "language": "en", "sections": SECTIONS, "attribution": "none"}
        ids = await w.do("save_contribution", KENYA.by, call=s.call, **given, visibility="public")
        for by in SPEAKERS:
            await _or_pass(w, asked, "clear_contribution", by, **ids, expected_revision=1)
        await _or_pass(w, asked, "clear_contribution", "delegate.kenya", **ids, expected_revision=1)
        await w.do("release_contribution", KENYA.releaser, **ids, expected_revision=1)
        await w.do("submit_contribution", KENYA.by, **ids)
        await told_before(w)
        await texts(w, [*inputs, ids["contribution"]], None)

    return play


async def _or_pass(w: World, asked: bool, act: str, by: str, **fields: object) -> None:
    if asked:
        await w.do(act, by, **fields)
    else:
        await w.skip()


async def _speak(w: World) -> None:
    """Two more people who speak for the state, in both worlds."""
    for n, (subject, role) in enumerate(SPEAKERS.items(), 1):
        person, mandate = uuid.UUID(int=1000 + n), uuid.UUID(int=2000 + n)
        await w.s.add(t.person, {"id": person, "subject": subject, "name": subject})
        own = {"organisation_id": w.s.organisations["kenya"], "person_id": person, "role": role}
        since = {"starts_at": w.s.now - DAY, "accepted_at": w.s.now - DAY}
        await w.s.add(t.mandate, {"id": mandate, **own, **since})
