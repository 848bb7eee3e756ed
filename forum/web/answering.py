"""What is done with one button: an input is released, handed in or taken back; a call is answered with no input."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from . import form_fields, public
from .acting import Outcome, act, acting_as, revision_of
from .done import to_done
from .form_key import key_of
from .visits import Site, Visit


async def take_input(site: Site, visit: Visit) -> Response:
    """What the form beside an input asks for: `release`, `submit`, `hand_in` (both, one after the other) or
    `withdraw`. Refuses (BAD_FORM) anything else."""
    fields = await form_fields.fields(visit.request)
    key = key_of(site, visit, fields)
    wanted, id_ = fields.get("act", ""), str(visit.request.path_params["id"])
    done = await _answer(site, visit, wanted, f"Contribution:{id_}", fields, key)
    if done.errors:
        return await public.INPUT.show(site, visit, status=400, errors=done.errors)
    return to_done(site, visit, f"/inputs/{id_}", wanted)


async def _answer(site: Site, visit: Visit, wanted: str, id_: str, fields: Mapping[str, str], key: str) -> Outcome:
    shared = {"contribution": id_, "actingAs": acting_as(fields)}
    if wanted in ("release", "hand_in"):
        done = await act(site, visit, "release_contribution", **shared, expectedRevision=revision_of(fields))
        # A second click finds it released, and handed in: the key then brings the answer that the first one had.
        before = wanted == "hand_in" and {error["code"] for error in done.errors} == {"WRONG_STATE"}
        if wanted == "release" or (done.errors and not before):
            return done
    if wanted in ("submit", "hand_in"):
        again = True if fields.get("again") else None
        return await act(site, visit, "submit_contribution", **shared, idempotencyKey=key, again=again)
    if wanted == "withdraw":
        return await act(site, visit, "withdraw_contribution", **shared, idempotencyKey=key)
    raise form_fields.bad_form("The form names nothing that can be done here.")


async def take_call(site: Site, visit: Visit) -> Response:
    """Answer the call in the address with "no input this time", with a reason or without."""
    fields = await form_fields.fields(visit.request, lines=True)
    key = key_of(site, visit, fields)
    id_ = str(visit.request.path_params["id"])
    reason: Any = fields.get("reason", "").strip() or None
    done = await act(
        site, visit, "decline_call", call=f"Call:{id_}", reason=reason, actingAs=acting_as(fields),
        idempotencyKey=key,
    )  # fmt: skip
    if done.errors:
        return await public.CALL.show(site, visit, status=400, errors=done.errors)
    return to_done(site, visit, f"/calls/{id_}", "declined")
