"""The definitions that come with the service: sound, true to their forums' words, and fit for the main job."""

import pytest

from forum.domain.gates import GATES
from forum.files import folder, shipped
from forum.workflow.act_names import ACTS
from forum.workflow.check.check import check
from forum.workflow.load import digest, parse, read_file
from forum.workflow.process import Process
from tests.support.workflow.outcomes import closing_words, disposition, may_leave, may_send, needs

FILES = sorted(shipped().glob("*.toml"))
NAMES = {path.stem for path in FILES}


def load(name: str) -> Process:
    return read_file(shipped() / f"{name}.toml")


def test_the_six_are_shipped() -> None:
    assert {"national", "regional", "gfmd", "hlpf", "imrf", "idm"} <= NAMES
    assert folder("graphql").is_dir()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_loads_and_checks_without_a_finding(path) -> None:
    process = read_file(path)
    assert process.name == path.stem
    assert [f.spoken(path.name) for f in check(process, ACTS, GATES, NAMES)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_disposition_and_closing_can_be_said(path) -> None:
    process = read_file(path)
    facts = {"paragraph": 14, "reason": "a reason", "date": "5 June 2020", "body": "Steering Group"}
    for word in process.dispositions:
        assert "{" not in disposition(process, word, facts)
        assert needs(process, word) <= facts.keys()
    for kind in process.documents:
        assert "5 June 2020" in closing_words(process, kind, facts)


def test_the_gfmd_closes_without_the_word_it_never_uses() -> None:
    text = (shipped() / "gfmd.toml").read_text("utf-8").lower()
    assert "adopt" not in text
    assert "reject" not in text
    assert not any(closing.name == "adopted" for closing in load("gfmd").closings.values())


def test_the_endorsement_by_the_steering_group_is_marked_as_our_assumption() -> None:
    text = (shipped() / "gfmd.toml").read_text("utf-8")
    before, closing, _ = text.partition("[closings.no_objection_of_steering_group]")
    assert closing
    assert "OUR ASSUMPTION" in before[-400:]


def test_a_summary_of_the_dialogue_is_issued_and_nothing_more() -> None:
    idm = load("idm")
    assert {closing.name for closing in idm.closings.values()} == {"issued"}
    assert not {"endorse_document", "start_silence"} & idm.acts()


def test_only_the_global_bodies_adopt() -> None:
    adopting = {name for name in NAMES if any(c.name == "adopted" for c in load(name).closings.values())}
    assert adopting == {"hlpf", "imrf"}


def test_the_chain_of_transmissions_is_open_from_home_to_the_hlpf() -> None:
    national, gfmd = load("national"), load("gfmd")
    for layer, receiver in (("regional", "regional"), ("gfmd", "gfmd"), ("global", "hlpf")):
        assert may_send(national, "national_input", layer=layer, receiver=receiver) is None
    assert may_send(national, "national_input", layer="gfmd", receiver="gfmd", track="regional_consultation") is None
    assert may_send(load("regional"), "regional_report", layer="gfmd", receiver="gfmd", track="focused_input") is None
    assert may_send(gfmd, "regional_report", layer="gfmd", receiver="gfmd", track="focused_input") is None
    assert may_send(gfmd, "focused_input", layer="global", receiver="hlpf") is None
    assert may_leave(gfmd, "focused_input") is None


def test_what_a_process_does_not_send_is_refused_with_what_it_does() -> None:
    gfmd = load("gfmd")
    refused = may_send(gfmd, "response_document", layer="global", receiver="hlpf")
    assert refused is not None
    assert (refused.document, refused.receiver, refused.allowed) == ("response_document", "hlpf", ())
    wrong = may_send(gfmd, "regional_report", layer="gfmd", receiver="gfmd", track="regional_consultation")
    assert wrong is not None
    assert "gfmd/focused_input" in wrong.allowed
    assert may_leave(gfmd, "response_document") is not None


def test_the_hash_does_not_depend_on_the_line_ends() -> None:
    text = (shipped() / "gfmd.toml").read_text("utf-8")
    assert digest(text) == digest(text.replace("\n", "\r\n"))
    assert digest(text) != digest(text + "#")
    assert parse(text).text == parse(text.replace("\n", "\r\n")).text


def test_the_code_of_norway_stays_a_text() -> None:
    text = (shipped() / "gfmd.toml").read_text("utf-8").replace("[wording]", '[wording]\nhost_country = "NO"', 1)
    assert parse(text).wording["host_country"] == "NO"
