"""The tracks and stages of a definition by the contract: in its order, with what may follow by hand or by clock."""

from forum.api.schema.process_stages import process_tracks, track_stages
from tests.support.sources import ROOT

GFMD = (ROOT / "workflows/gfmd.toml").read_text("utf-8")


def test_each_track_has_its_stages_in_the_order_of_the_file() -> None:
    tracks = {track.name: track for track in process_tracks(GFMD)}
    assert [stage.name for stage in tracks["main"].stages] == [
        "preparation", "call", "drafting", "consultation", "closing", "closed",
    ]  # fmt: skip
    assert [stage.name for stage in tracks["main"].stages if stage.final] == ["closed"]
    assert tracks["main"].stages[2].title == "Drafting"


def test_what_the_clock_does_is_among_what_may_follow() -> None:
    for track in process_tracks(GFMD):
        for stage in track.stages:
            assert set(stage.by_clock) <= set(stage.leads_to) <= {stage.name for stage in track.stages}
    [call] = [stage for stage in track_stages("main", GFMD) if stage.name == "call"]
    assert (call.leads_to, call.by_clock) == (["drafting"], ["drafting"])


def test_what_has_no_process_or_an_unreadable_one_has_no_stages() -> None:
    assert track_stages("main", None) == track_stages("no_such", GFMD) == []
    assert process_tracks("name = 1") == track_stages("main", "not toml [") == []
