"""Where texts go: to another edition, where they arrive as contributions, and outside."""

from datetime import date, timedelta

import pytest

from forum import errors
from forum.store.tables import schema as t
from tests.support.scene import scene

TODAY = date(2020, 3, 1)


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


async def issued(s):
    """A report of the regional consultation, with one input answered."""
    await s.stage("regional", "drafting")
    d = await s.document("regional", "regional_report", title="Report of the consultation")
    await s.write(d, "Held in Quito.", kind="preamble")
    one = await s.write(d, "Desks help.")
    await s.write(d, "Near markets.", kind="bullet", parent=one)
    two = await s.write(d, "Cities lead.")
    gone = await s.write(d, "Not this.")
    await s.do("withdraw_paragraph", "penholder", paragraph=gone, expected_revision=1, reason="Not needed.")
    await s.stage("regional", "issued")
    return d, one, two


async def test_a_report_arrives_as_a_contribution(s):
    d, one, two = await issued(s)
    with pytest.raises(errors.WrongState):
        await s.do("transmit_document", "secretariat", document=d, to_track=s.tracks["focused"])
    await s.do("issue_document", "secretariat", document=d)
    ids = await s.do("transmit_document", "secretariat", document=d, to_track=s.tracks["focused"])
    row = await s.row(t.contribution, id=ids["contribution"])
    expected = ("received", "submitted", "forum", "Consultation", "public", None, s.forums["gfmd"])
    assert (
        row["kind"],
        row["state"],
        row["attribution"],
        row["label"],
        row["visibility"],
        row["call_id"],
        row["forum_id"],
    ) == expected
    assert row["length"] == 9
    sections = sorted(await s.rows(t.contribution_section, contribution_id=row["id"]), key=lambda x: x["ordinal"])
    preamble = (await s.row(t.paragraph, document_id=d, kind="preamble"))["id"]
    assert [(x["origin_paragraph_id"], x["markdown"]) for x in sections] == [
        (preamble, "Held in Quito."), (one, "Desks help.\n\n- Near markets."), (two, "Cities lead."),
    ]  # fmt: skip
    assert [x["heading"] for x in sections] == [
        "Report of the consultation", "1. Report of the consultation", "2. Report of the consultation",
    ]  # fmt: skip
    assert row["receipt_hash"] == (await s.row(t.snapshot, subject_id=row["id"]))["hash"]
    sent = await s.row(t.transmission, id=ids["transmission"])
    assert sent["hash"] == (await s.row(t.revision, document_id=d))["hash"]
    with pytest.raises(errors.WrongState, match="there already"):
        await s.do("transmit_document", "secretariat", document=d, to_track=s.tracks["focused"])


async def test_what_arrived_is_received_cited_and_answered(s):
    d, one, _ = await issued(s)
    await s.do("issue_document", "secretariat", document=d)
    ids = await s.do("transmit_document", "secretariat", document=d, to_track=s.tracks["focused"])
    arrived = ids["contribution"]
    await s.do("receive_contribution", "secretariat", contribution=arrived)
    assert (await s.row(t.contribution, id=arrived))["state"] == "admitted"
    with pytest.raises(errors.WrongState):
        await s.do("receive_contribution", "secretariat", contribution=arrived)
    with pytest.raises(errors.WrongState):
        await s.do("receive_contribution", "secretariat", contribution=await s.input("rep.quito"))
    await s.stage("focused", "drafting")
    focused = await s.document("focused", "focused_input")
    p = await s.write(focused, "As the regions say.")
    section = next(x for x in await s.rows(t.contribution_section, contribution_id=arrived) if x["ordinal"] == 2)
    for source in (f"ContributionSection:{section['id']}", f"Paragraph:{one}"):
        await s.do("cite_source", "penholder", document=focused, paragraph=p, source=source)
    await s.do(
        "record_disposition",
        "penholder",
        document=focused,
        subject=f"Contribution:{arrived}",
        word="taken_up",
        paragraph=p,
    )
    assert (await s.row(t.disposition, contribution_id=arrived))["words"] == "taken up in paragraph 1"


async def test_only_where_the_process_sends_it(s):
    d, _, _ = await issued(s)
    await s.do("issue_document", "secretariat", document=d)
    with pytest.raises(errors.TransmissionNotAllowed) as refused:
        await s.do("transmit_document", "secretariat", document=d, to_track=s.tracks["hlpf"])
    assert (refused.value.receiver, refused.value.allowed) == (
        "hlpf/main",
        ("gfmd/main", "gfmd/focused_input", "regional"),
    )
    with pytest.raises(errors.NotFound):
        await s.do("transmit_document", "secretariat", document=d, to_track=d)
    await s.change(t.edition, s.editions["gfmd"], state="closed")
    with pytest.raises(errors.WrongState):
        await s.do("transmit_document", "secretariat", document=d, to_track=s.tracks["main"])


async def test_the_chain_goes_on_to_the_next_layer_and_the_next_forum_may_cite_it(s):
    await s.stage("focused", "drafting")
    d = await s.document("focused", "focused_input")
    p = await s.write(d, "Desks help.")
    advice = (await s.do("add_recommendation", "penholder", document=d, heading="Open desks"))["recommendation"]
    await s.stage("focused", "no_objection")
    silence = (await s.do("start_silence", "secretariat", document=d, body=s.forums["steering"]))["silence"]
    await s.shift(timedelta(hours=73))
    assert await s.by_clock("close_silence", silence=silence)
    ids = await s.do("transmit_document", "secretariat", document=d, to_track=s.tracks["hlpf"])
    await s.stage("hlpf", "drafting")
    await s.do("receive_contribution", "secretariat.hlpf", contribution=ids["contribution"])
    fields = {
        "track": s.tracks["hlpf"],
        "kind": "synthesis",
        "title": "Synthesis",
        "symbol": "HLPF/S",
        "language": "en",
    }
    theirs = (await s.do("draft_document", "secretariat.hlpf", **fields))["document"]
    q = (await s.do("write_paragraph", "secretariat.hlpf", document=theirs, text="Desks."))["paragraph"]
    await s.do(
        "cite_source", "secretariat.hlpf", document=theirs, paragraph=q, source=f"Paragraph:{p}", relation="rewords"
    )
    await s.do(
        "record_disposition", "secretariat.hlpf", document=theirs, subject=f"Recommendation:{advice}", word="noted"
    )
    assert (await s.row(t.disposition, recommendation_id=advice))["document_id"] == theirs


async def test_delivered_outside_and_later_what_became_of_it(s):
    d, _, _ = await issued(s)
    delivery = {
        "document": d,
        "name": "African Union Commission",
        "symbol": "AU/7",
        "person": "The Director",
        "delivered_on": TODAY,
    }
    with pytest.raises(errors.WrongState):
        await s.do("deliver_document", "liaison", **delivery)
    await s.do("issue_document", "secretariat", document=d)
    with pytest.raises(errors.InvalidValue) as refused:
        await s.do("deliver_document", "liaison", **{**delivery, "delivered_on": date(2900, 1, 1)})
    assert refused.value.path == ("deliveredOn",)
    with pytest.raises(errors.InvalidValue):
        await s.do("deliver_document", "liaison", **{**delivery, "name": None})
    ids = await s.do("deliver_document", "liaison", **delivery)
    await s.do("deliver_document", "liaison", document=d, outcome="Welcomed in its report.", **ids)
    row = await s.row(t.transmission, id=ids["transmission"])
    assert (row["kind"], row["outside_name"], row["delivered_on"]) == ("outside", "African Union Commission", TODAY)
    assert (row["outside_symbol"], row["outcome"]) == ("AU/7", "Welcomed in its report.")
    with pytest.raises(errors.NotFound):
        await s.do("deliver_document", "liaison", document=d, transmission=d, outcome="Nothing.")


async def test_a_body_that_is_here_has_agreed_to_receive_however_it_is_called(s):
    d, _, _ = await issued(s)
    await s.do("issue_document", "secretariat", document=d)
    for name in ("Rcp", " rcp ", "RCP"):
        with pytest.raises(errors.AgreementMissing, match="Rcp has not agreed that texts are sent to it") as refused:
            await s.do("deliver_document", "liaison", document=d, name=name)
        assert refused.value.path == ("name",)
    ids = await s.do("deliver_document", "liaison", document=d, name="Hlpf")  # it agreed, for all time
    with pytest.raises(errors.AgreementMissing):
        await s.do("deliver_document", "liaison", document=d, name="Rcp", **ids)
    await s.do("deliver_document", "liaison", document=d, outcome="Read.", **ids)
    assert (await s.row(t.transmission, document_id=d))["outside_name"] == "Hlpf"


async def test_what_the_process_keeps_inside_is_not_delivered_outside(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "response_document")
    await s.write(d, "One.")
    await s.stage("main", "closing")
    await s.do("issue_document", "secretariat", document=d)
    assert (await s.row(t.document, id=d))["audience"] == "participants"
    with pytest.raises(errors.TransmissionNotAllowed):
        await s.do("deliver_document", "liaison", document=d, name="Anybody")
