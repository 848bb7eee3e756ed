"""Drafting: documents, paragraphs in their order, recommendations, sources, circulation, comments."""

import json
import uuid
from datetime import datetime, timedelta

import pytest

from forum import errors
from forum.actions.contribution.parts import PracticeText
from forum.actions.document.draft_document import PartText
from forum.domain.snapshot import fits
from forum.store.tables import schema as t
from forum.store.unit import begin
from tests.support.scene import DAY, scene
from tests.support.typed import Refused

PARTS = (PartText(number="I", heading="Where we are"), PartText(number="II", heading="What to do"))


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def order(s, document):
    rows = sorted(await s.rows(t.paragraph, document_id=document), key=lambda r: r["ordinal"])
    assert [r["ordinal"] for r in rows] == list(range(1, len(rows) + 1))
    return [(r["markdown"], r["number"], r["e_id"]) for r in rows]


async def test_a_document_of_a_kind_the_track_makes(s):
    await s.stage("main", "drafting")
    id_ = await s.document("main", "consolidated_report", symbol="GFMD/2020/1", parts=PARTS)
    row = await s.row(t.document, id=id_)
    assert (row["state"], row["audience"], row["version_label"], row["forum_id"]) == (
        "draft",
        "team",
        "Zero draft",
        s.forums["gfmd"],
    )
    assert [p["heading"] for p in await s.rows(t.part, document_id=id_)] == ["Where we are", "What to do"]
    refused: Refused = [
        ({"kind": "focused_input"}, errors.WordNotAllowed, ("kind",)),
        ({"language": "ru"}, errors.WordNotAllowed, ("language",)),
        ({"symbol": "GFMD/2020/1"}, errors.InvalidValue, ("symbol",)),
        ({"title": " "}, errors.InvalidValue, ("title",)),
        ({"meeting": uuid.uuid4()}, errors.NotFound, ("meeting",)),
    ]
    for wrong, refusal, path in refused:
        with pytest.raises(refusal) as caught:
            await s.document("main", **{"kind": "consolidated_report", **wrong})
        assert caught.value.path == path
    with pytest.raises(errors.RoleNotAllowed):
        await s.do(
            "draft_document",
            "focal.kenya",
            track=s.tracks["main"],
            kind="consolidated_report",
            title="x",
            symbol="y",
            language="en",
        )


async def test_a_consultations_text_is_its_own(s):
    await s.stage("regional", "drafting")
    fields = {"track": s.tracks["regional"], "kind": "regional_report", "title": "Report", "language": "en"}
    for n, convenor in enumerate(("secretariat", "secretariat.rcp")):  # convened with equal rights
        ids = await s.do("draft_document", convenor, symbol=f"RC/{n}", **fields)
        assert (await s.row(t.document, id=ids["document"]))["forum_id"] == s.forums["consultation"]


async def test_paragraphs_are_numbered_through_and_keep_their_identity(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report", parts=PARTS)
    await s.write(d, "Opening.", kind="preamble", part=1)
    one = await s.write(d, "One.", part=1)
    three = await s.write(d, "Three.", part=2, weight="several speakers")
    await s.write(d, "Bullet.", kind="bullet", parent=one)
    two = await s.write(d, "Two.", after=one)
    await s.write(d, "Own.", part=2, number="3 bis")
    assert await order(s, d) == [
        ("Opening.", None, "sec_1__p_1"),
        ("One.", "1", "sec_1__para_1"),
        ("Bullet.", None, "sec_1__p_2"),
        ("Two.", "2", "sec_1__para_2"),
        ("Three.", "3", "sec_2__para_3"),
        ("Own.", "3 bis", "sec_2__p_1"),
    ]
    identity = {r["id"]: r["w_id"] for r in await s.rows(t.paragraph, document_id=d)}
    assert (identity[one], identity[three], identity[two]) == ("sec_1__para_1", "sec_2__para_2", "sec_1__para_3")
    await s.do("withdraw_paragraph", "penholder", paragraph=one, expected_revision=1, reason="Not needed.")
    assert (await order(s, d))[3:5] == [("Two.", "1", "sec_1__para_1"), ("Three.", "2", "sec_2__para_2")]
    await s.write(d, "Four.", part=2)
    now = {r["markdown"]: r["w_id"] for r in await s.rows(t.paragraph, document_id=d)}
    assert now["Four."] == "sec_2__para_4"  # never an identity that was somebody else's
    assert now["One."] == "sec_1__para_1"
    await s.do("revise_paragraph", "penholder", paragraph=one, expected_revision=2, put_back=True)
    assert [n for _, n, _ in await order(s, d)] == [None, "1", None, "2", "3", "3 bis", "4"]


async def test_where_a_paragraph_cannot_stand(s):
    await s.stage("main", "drafting")
    d, other = (
        await s.document("main", "consolidated_report", parts=PARTS),
        await s.document("main", "consolidated_report"),
    )
    one, strange = await s.write(d, "One.", part=2), await s.write(other, "Elsewhere.")
    refused: Refused = [
        ({"kind": "amendment"}, errors.WordNotAllowed, ("kind",)),
        ({"part": 3}, errors.NotFound, ("part",)),
        ({"after": strange}, errors.NotFound, ("after",)),
        ({"parent": strange}, errors.NotFound, ("parent",)),
        ({"after": one, "part": 1}, errors.InvalidValue, ("after",)),
        ({"recommendation": uuid.uuid4()}, errors.NotFound, ("recommendation",)),
        ({"text": ""}, errors.InvalidValue, ("text",)),
    ]
    for wrong, refusal, path in refused:
        with pytest.raises(refusal) as caught:
            await s.write(d, **{"text": "Text.", **wrong})
        assert caught.value.path == path
    assert len(await s.rows(t.paragraph, document_id=d)) == 1


async def test_without_parts_closings_stay_where_they_were_put(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "summary_of_conclusions")
    await s.write(d, "Held in New York.", kind="preamble")
    first = await s.write(d, "Desks help.", kind="conclusion")
    await s.write(d, "Near markets.", kind="bullet", parent=first)
    await s.write(d, "Not all-encompassing.", kind="closing")
    await s.write(d, "Cities lead.", kind="conclusion", after=first)
    assert [(text, number) for text, number, _ in await order(s, d)] == [
        ("Held in New York.", None), ("Desks help.", "1"), ("Near markets.", None), ("Cities lead.", "2"),
        ("Not all-encompassing.", None),
    ]  # fmt: skip


async def test_a_stale_revision_shows_what_stands_there(s):
    await s.stage("main", "drafting")
    p = await s.write(await s.document("main", "consolidated_report"), "As it was.")
    await s.do(
        "revise_paragraph", "penholder", paragraph=p, expected_revision=1, text="As it is.", weight="many speakers"
    )
    with pytest.raises(errors.StaleRevision) as refused:
        await s.do("revise_paragraph", "secretariat", paragraph=p, expected_revision=1, text="As I would have it.")
    assert (refused.value.current, refused.value.current_text) == (2, "As it is.")
    await s.do("revise_paragraph", "secretariat", paragraph=p, expected_revision=2, weight="")
    row = await s.row(t.paragraph, id=p)
    assert (row["markdown"], row["weight"], row["revision"]) == ("As it is.", None, 3)


async def test_recommendations_are_nodes_with_paragraphs(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    first = await s.do("add_recommendation", "penholder", document=d, heading="Open desks", addressee="States")
    second = await s.do("add_recommendation", "penholder", document=d, heading="Count them")
    p = await s.write(d, "States open desks.", recommendation=first["recommendation"])
    assert (await s.row(t.paragraph, id=p))["recommendation_id"] == first["recommendation"]
    assert {r["ordinal"] for r in await s.rows(t.recommendation, document_id=d)} == {1, 2}
    assert (await s.row(t.recommendation, id=second["recommendation"]))["addressee"] is None


async def test_what_may_be_cited(s):
    practice = PracticeText(name="Desk", sdg="10.7", place="Quito", aim="Register")
    mine = await s.input("rep.quito", practices=(practice,))
    hidden = await s.input("rep.network", visibility="secretariat", attribution="none")
    draft = (await s.do("save_contribution", "rep.network", call=s.call, title="Not yet", language="en"))[
        "contribution"
    ]
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    p = await s.write(d, "Desks help.")
    advice = (await s.do("add_recommendation", "penholder", document=d, heading="Open desks"))["recommendation"]
    section = (await s.row(t.contribution_section, contribution_id=mine))["id"]
    row = (await s.row(t.practice, contribution_id=mine))["id"]
    for source in (
        f"Contribution:{mine}",
        f"ContributionSection:{section}",
        f"Practice:{row}",
        f"Contribution:{hidden}",
    ):
        await s.do("cite_source", "penholder", document=d, paragraph=p, source=source)
    ids = await s.do(
        "cite_source", "penholder", document=d, recommendation=advice, source=f"Paragraph:{p}", relation="rewords"
    )
    again = await s.do(
        "cite_source", "penholder", document=d, recommendation=advice, source=f"Paragraph:{p}", relation="rewords"
    )
    assert again == ids
    assert len(await s.rows(t.source, document_id=d)) == 5
    lines = await s.rows(t.history, act="cite_source")
    assert len(lines) == 5
    assert not [line for line in lines if str(hidden) in line["detail"]]
    refused: Refused = [
        ({"source": f"Contribution:{draft}"}, errors.NotFound, ("source",)),
        ({"source": f"Contribution:{uuid.uuid4()}"}, errors.NotFound, ("source",)),
        ({"source": f"Organisation:{uuid.uuid4()}"}, errors.InvalidValue, ("source",)),
        ({"source": "Contribution:1"}, errors.InvalidValue, ("source",)),
        ({"source": f"Contribution:{str(mine).replace('-', 'x')}"}, errors.InvalidValue, ("source",)),
        ({"source": f"Contribution:{mine}", "relation": "steals"}, errors.WordNotAllowed, ("relation",)),
        ({"source": f"Contribution:{mine}", "recommendation": advice}, errors.InvalidValue, ("paragraph",)),
        ({"source": f"Contribution:{mine}", "speaker": uuid.uuid4()}, errors.NotFound, ("speaker",)),
        ({"source": f"Paragraph:{p}"}, errors.InvalidValue, ("source",)),
    ]
    for wrong, refusal, path in refused:
        with pytest.raises(refusal) as caught:
            await s.do("cite_source", "penholder", document=d, **{"paragraph": p, **wrong})
        assert caught.value.path == path


async def test_another_forums_inputs_are_not_to_be_cited(s):
    mine = await s.input("rep.quito")
    await s.stage("main", "drafting")
    own = await s.write(await s.document("main", "consolidated_report"), "Ours.")
    await s.stage("hlpf", "drafting")
    fields = {
        "track": s.tracks["hlpf"],
        "kind": "synthesis",
        "title": "Synthesis",
        "symbol": "HLPF/1",
        "language": "en",
    }
    d = (await s.do("draft_document", "secretariat.hlpf", **fields))["document"]
    p = (await s.do("write_paragraph", "secretariat.hlpf", document=d, text="Theirs."))["paragraph"]
    for source in (f"Contribution:{mine}", f"Paragraph:{own}"):
        with pytest.raises(errors.NotFound):
            await s.do("cite_source", "secretariat.hlpf", document=d, paragraph=p, source=source)


async def test_circulating_freezes_and_opens_to_comments(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report", parts=PARTS)
    circulate = {"document": d, "label": "v.3", "initials": "KN", "comments_close_at": s.now + 15 * DAY}
    with pytest.raises(errors.InvalidValue):
        await s.do("circulate_document", "penholder", **circulate)  # nothing in it
    await s.write(d, "One.", part=1, weight="several speakers")
    with pytest.raises(errors.InvalidValue, match="consultation on a draft lasts at least 10 days"):
        await s.do("circulate_document", "penholder", **{**circulate, "comments_close_at": s.now + 9 * DAY})
    for wrong, refusal in ((s.now - DAY, errors.InvalidValue), (datetime(2030, 1, 1), errors.NaiveTime)):  # noqa: DTZ001
        with pytest.raises(refusal):
            await s.do("circulate_document", "penholder", **{**circulate, "comments_close_at": wrong})
    ids = await s.do("circulate_document", "penholder", **circulate)
    row, revision = await s.row(t.document, id=d), await s.row(t.revision, id=ids["revision"])
    assert (row["state"], row["audience"], row["version_label"], row["revision"]) == (
        "circulated",
        "participants",
        "v.3 KN",
        1,
    )
    kept = await s.row(t.snapshot, subject_id=revision["id"])
    content = json.loads(kept["content"])
    assert fits(content, bytes(revision["salt"]), revision["hash"])
    assert content["paragraphs"][0]["w_id"] == "sec_1__para_1"
    assert content["paragraphs"][0]["weight"] == "several speakers"
    again = await s.do("circulate_document", "penholder", **circulate)
    other = await s.row(t.revision, id=again["revision"])
    assert other["number"] == 2
    assert other["hash"] != revision["hash"]  # salted


async def test_comments_and_who_made_them(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    p = await s.write(d, "One.")
    await s.stage("main", "consultation")
    with pytest.raises(errors.WrongState):
        await s.do("add_comment", "focal.kenya", document=d, text="Too early.")
    with pytest.raises(errors.Refusal):
        await s.do("add_comment", "rep.stranger", document=d, text="Nobody asked.")
    revision = await s.circulate(d)
    ids = await s.do(
        "add_comment", "focal.kenya", document=d, paragraph=p, text="Add cities.", proposed_text="One, and cities."
    )
    row = await s.row(t.comment, id=ids["comment"])
    assert (row["named_organisation_id"], row["label"], row["audience"]) == (
        s.organisations["kenya"],
        "Kenya",
        "participants",
    )
    assert (row["revision_id"], row["paragraph_id"]) == (revision, p)
    chair = await s.do("add_comment", "secretariat", document=d, text="A slip in the title.")
    assert (await s.row(t.comment, id=chair["comment"]))["attribution"] == "forum"
    with pytest.raises(errors.RoleNotAllowed):
        await s.do("add_comment", "rep.stranger", document=d, text="I take no part.")
    await s.shift(timedelta(days=11, seconds=1))
    with pytest.raises(errors.DeadlinePassed):
        await s.do("add_comment", "focal.kenya", document=d, text="Too late.")


async def test_a_non_attributed_comment_holds_nothing_to_leak(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "consolidated_report")
    await s.write(d, "One.")
    await s.circulate(d)
    await s.stage("main", "consultation")
    ids = await s.do("add_comment", "focal.nepal", document=d, text="Between us.", attribution="none")
    row = await s.row(t.comment, id=ids["comment"])
    assert (row["named_organisation_id"], row["named_mechanism"], row["written_at"]) == (None, None, None)
    assert row["label"] == "A participant"
    line = await s.row(t.history, subject_id=ids["comment"])
    assert (line["actor_id"], line["mandate_id"], line["at"], line["detail"]) == (None, None, None, "{}")
    async with begin(s.engine) as unit:
        await unit.claim(
            {"forum.organisations": str(s.organisations["nepal"]), "forum.coordinates": "", "forum.teams": ""}
        )
        kept = await unit.rows(t.authorship, "written_at", organisation_id=s.organisations["nepal"])
    assert {r["subject_id"] for r in kept} == {ids["comment"], line["id"]}


async def test_a_retry_writes_one_paragraph(s):
    await s.stage("main", "drafting")
    d, key = await s.document("main", "consolidated_report"), uuid.uuid4()
    first = await s.do("write_paragraph", "penholder", key=key, document=d, text="Once.")
    assert await s.do("write_paragraph", "penholder", key=key, document=d, text="Once.") == first
    assert len(await s.rows(t.paragraph, document_id=d)) == 1
