"""Records and reservations on paper: from a real procedure, as each reader may see it."""

import pytest

from forum.errors import NotFound
from forum.papers import drawn, silence_facts
from forum.papers.document_facts import facts_of
from forum.papers.in_common import reservation, reservations
from forum.papers.reserved import Reserved
from forum.rendering import outline as o
from forum.rendering.papers.layout import paper
from forum.rendering.pdf.draw import draw
from forum.store.tables import schema as t
from forum.store.unit import fresh
from tests.support.scene import scene
from tests.support.silence_scene import HOUR, Line, answered, drafted, ended, put, reading, repinned
from tests.support.typed import some


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


@pytest.fixture
async def line(database):
    async with reading(database.app_url) as ask:
        yield lambda subject: Line(ask, subject)


async def told(s):
    """Two rounds, the second with more time and two reservations; the text's symbol."""
    d, [one, two, three] = await drafted(s, "Desks help migrants.", "Cities wait.", "Count everyone.")
    first = await put(s, d)
    await s.do(
        "break_silence",
        "focal.kenya",
        silence=first,
        paragraph=one,
        reason="Which desks?",
        proposed_text="Desks near markets help.",
    )
    await s.do("break_silence", "focal.nepal", silence=first, paragraph=two, reason="They do not wait.")
    await ended(s, first)
    await answered(s, first, "taken_up")
    await s.stage("focused", "drafting")
    await s.do(
        "revise_paragraph", "penholder", paragraph=one, expected_revision=1, text="Desks near markets help migrants."
    )
    await s.do("withdraw_paragraph", "penholder", paragraph=two, expected_revision=1, reason="They do not.")
    await s.stage("focused", "no_objection")
    second = await put(s, d, label="Rev.2")
    row = await s.row(t.silence, id=second)
    longer = {
        "was": row["ends_at"],
        "closes_at": row["ends_at"] + 24 * HOUR,
        "reason": "A holiday.",
        "made_at": row["starts_at"],
    }
    await s.change(t.silence, second, ends_at=longer["closes_at"])
    await s.add(
        t.extension, {"id": fresh(), "edition_id": s.editions["gfmd"], "of": "silence", "silence_id": second, **longer}
    )
    await s.do("place_reservation", "focal.kenya", silence=second, paragraph=three, words="Taken back.")
    await s.do(
        "place_reservation",
        "focal.kenya",
        silence=second,
        paragraph=three,
        words="Kenya counts {reason} by its own law.",
    )
    await s.do("place_reservation", "focal.nepal", silence=second, words="It is no precedent.")
    return d, second, (await s.row(t.document, id=d))["symbol"]


async def test_the_body_reads_the_whole_record(s, line):
    _, second, symbol = await told(s)
    await ended(s, second)
    facts = await silence_facts.record(line("focal.nepal"), symbol)
    one, two = facts.rounds
    assert (one.number, one.state, two.number, two.state) == (1, "broken", 2, "passed")
    assert one.members == two.members == ("Kenya", "Nepal")
    # Paragraph 2 is gone by now; the record says the number it had.
    said = {(x.member, x.passage, x.reason, x.proposed, x.answer_kind, x.answer) for x in one.objections}
    assert said == {
        ("Kenya", "1", "Which desks?", "Desks near markets help.", "taken_up", "As agreed."),
        ("Nepal", "2", "They do not wait.", "", "taken_up", "As agreed."),
    }
    assert one.changes is None
    assert [(c.kind, c.was, c.number) for c in some(two.changes)] == [
        ("changed", "1", "1"),
        ("withdrawn", "2", ""),
        ("unchanged", "3", "2"),
    ]
    assert [why for _, _, why in two.more_time] == ["A holiday."]
    assert {r.sentence for r in two.reservations} == {
        "Kenya placed a reservation on paragraph 2: Kenya counts {reason} by its own law.",
        "Nepal placed a reservation on the text as a whole: It is no precedent.",
    }
    assert two.words == f"{(await s.row(t.document, symbol=symbol))['closing_words']}."
    assert "(Europe/Zurich, UTC+0" in one.begun
    assert one.begun.endswith(" UTC")
    assert one.hash != two.hash
    paper = await drawn.of(line("focal.nepal"), symbol, record=True)
    assert paper == await drawn.of(line("focal.nepal"), symbol, record=True)
    assert paper.startswith(b"%PDF")


async def test_the_public_reads_that_it_passed_and_what_was_printed(s, line):
    _, second, symbol = await told(s)
    for outsider in (None, "rep.stranger"):
        with pytest.raises(NotFound):
            await silence_facts.record(line(outsider), symbol)
    inside = await silence_facts.record(line("rep.network"), symbol)  # takes part, belongs not to the body
    assert [len(r.objections) + len(r.reservations) for r in inside.rounds] == [0, 0]
    await ended(s, second)
    for reader in (None, "rep.network", "rep.stranger"):
        one, two = (await silence_facts.record(line(reader), symbol)).rounds
        assert (one.state, one.objections, one.members) == ("broken", (), ("Kenya", "Nepal"))
        assert len(two.reservations) == 2
        assert (two.changes is None) == (reader != "rep.network")


async def test_a_text_never_put_to_a_body_has_no_record(s, line):
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    with pytest.raises(NotFound, match="no-objection procedure"):
        await silence_facts.record(line("penholder"), (await s.row(t.document, id=d))["symbol"])


@pytest.mark.parametrize("where", ["annex", "footnote", "none"])
async def test_reservations_are_printed_where_the_process_says(s, line, where):
    await repinned(s, ("hours = 72", f'hours = 72\nreservations = "{where}"'),
                   ("[wording]",
                       '[wording]\n'
                       'reservation = "{organisation} reserves its position on {paragraph}: {reason}"'))  # fmt: skip
    _, second, symbol = await told(s)
    document, paragraphs = await drawn.whole(line("penholder"), symbol)
    assert await reservations(line("penholder"), document) == []  # the text has not passed
    await ended(s, second)
    document, paragraphs = await drawn.whole(line(None), symbol)
    reserved = Reserved.of(document, await reservations(line(None), document))
    facts = facts_of(document, paragraphs, [], reserved)
    kenya = "Kenya reserves its position on 2: Kenya counts {reason} by its own law."
    nepal = "Nepal placed a reservation on the text as a whole: It is no precedent."
    # These paragraphs stand before all parts, where no footnote is called: what has no foot stands at the end.
    assert set(facts.reservations) == (set() if where == "none" else {kenya, nepal})
    outline = paper(facts, drawn.layout_of(document))
    headings = [o.plain(part.text) for part in outline.parts if isinstance(part, o.Heading)]
    assert ("Annex: Reservations" in headings) == (where != "none")
    assert draw(outline)


def test_a_footnote_stands_at_its_paragraph_and_nowhere_else():
    process = '[documents.k]\nclosing = "c"\n[closings.c]\nreservations = "footnote"\n'
    document = {"kind": "k", "language": "en", "edition": {"process": {"text": process}}}
    one = {"words": "Ours.", "organisation": {"name": "Kenya"}, "paragraph": {"id": "p1", "wId": "w1", "number": "3"}}
    whole = {"words": "All.", "organisation": {"name": "Nepal"}, "paragraph": None}
    away = {**one, "paragraph": {"id": "p9", "wId": "sec_1__p_1", "number": None}}
    reserved = Reserved.of(document, [one, whole, away])
    assert reserved.under({"id": "p1"}) == ("Kenya placed a reservation on paragraph 3: Ours.",)
    assert reserved.under({"id": "p2"}) == ()
    assert reserved.left() == (
        "Nepal placed a reservation on the text as a whole: All.",
        "Kenya placed a reservation on paragraph sec_1__p_1: Ours.",
    )
    assert reservation({**document, "language": "zh"}, one) == "Kenya对第3段提出保留：Ours."


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "12 May 2020, 14:00 (Europe/Zurich, UTC+02:00); 12:00 UTC"),
        ("zh", "2020-05-12 14:00 (Europe/Zurich, UTC+02:00); 2020-05-12 12:00 UTC"),
    ],
)
def test_an_instant_is_printed_in_its_zone_and_in_utc(language, printed):
    assert silence_facts.instant("2020-05-12T12:00:00.000000Z", "Europe/Zurich", language) == printed


async def test_a_body_of_participants_is_named_by_its_seats(s, line):
    await repinned(
        s,
        ('by = "steering_group"', 'by = "forum"'),
        ('break_silence = { by = ["member"], window = "silence" }',
         'break_silence = { by = ["contributors"], statuses = ["observer"], window = "silence" }'),
    )  # fmt: skip
    d, _ = await drafted(s, "One.")
    await put(s, d, body="gfmd")
    [one] = (await silence_facts.record(line("penholder"), (await s.row(t.document, id=d))["symbol"])).rounds
    assert one.members == ("City of Quito", "Network of Diaspora Groups")
    assert one.state == "running"
