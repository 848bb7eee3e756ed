"""The whole play: the service is set up, every request is sent in its order, and all that was noted is given back."""

from datetime import UTC, datetime
from typing import Any

from tests.corpus import (
    asks_admission,
    asks_agreements,
    asks_bodies,
    asks_calls,
    asks_clearance,
    asks_corrections,
    asks_editions,
    asks_inputs,
    asks_invitations,
    asks_promises,
    asks_reads,
    asks_requests,
    asks_seats,
    asks_sending,
    asks_silences,
    asks_texts,
    asks_versions,
)
from tests.corpus.corpus_player import Player
from tests.corpus.corpus_service import service

# Always seventeen past the hour: see corpus_normal.py.
BEGIN = datetime(2027, 1, 11, 9, 17, 5, tzinfo=UTC)
SCHEMA = """{
  codes: __type(name: "ErrorCode") { enumValues(includeDeprecated: true) { name } }
  mutations: __schema { mutationType { fields(includeDeprecated: true) { name isDeprecated } } }
}"""
CHAPTERS = (
    asks_bodies.begin, asks_requests.play, asks_agreements.play,
    asks_editions.play, asks_bodies.play, asks_versions.play, asks_calls.play,
    asks_inputs.play, asks_clearance.play,
    asks_calls.closed, asks_texts.play, asks_clearance.comment,
    asks_texts.consult, asks_silences.play, asks_sending.play, asks_sending.adopt,
    asks_reads.play, asks_promises.play, asks_seats.play, asks_admission.play, asks_corrections.play,
    asks_invitations.play, asks_requests.sign_ins,
)  # fmt: skip


async def play(app_url: str, superuser_url: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Every request with its answer, and what the contract knows: its codes, its mutations and which of them are
    old."""
    async with service(app_url, superuser_url, BEGIN) as running:
        player = Player(running)
        try:
            await player.begin()
            for chapter in CHAPTERS:
                await chapter(player)
            known = await player.look(None, SCHEMA)
        except Exception as error:
            raise AssertionError("\n".join(["the play stopped; before that:", *player.misfits])) from error
        finally:
            await player.close()
    codes = [value["name"] for value in known["codes"]["enumValues"]]
    mutations = {field["name"]: field["isDeprecated"] for field in known["mutations"]["mutationType"]["fields"]}
    assert not player.misfits, "\n".join(player.misfits)
    return player.noted, {"codes": codes, "mutations": mutations}
