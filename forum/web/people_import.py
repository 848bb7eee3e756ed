"""`/people/import`: a community is asked in from a spreadsheet. It is looked at row by row first, and nothing is done;
then all are asked in, or nobody.

Nothing is kept between the two: the form that confirms holds the people as they were read, and whoever sends it could
send the same by the contract.
"""

import asyncio
import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import orjson
from starlette.responses import Response

from ..api.problem import Problem
from ..languages.speaker import speaker
from ..refusal import Refusal, spoken
from ..sheets.bounds import MOST_BYTES
from ..sheets.organisations_named import asked_of, ids_by_key, keys_of, wishes
from ..sheets.people_file import MOST_PEOPLE, People, PersonRow, read
from . import form_fields
from .acting import Outcome, act
from .done import done_word, to_done
from .form_key import key_of, new_key
from .read_page import nothing_here
from .upload import MULTIPART, file_and_fields
from .visits import Behind, Site, Visit

ADDRESS = "/people/import"
_WAYS = {"leaveOut": "leave_out", "byHand": "by_hand"}


@dataclass(frozen=True)
class _Side:
    """For whom somebody invites: a forum or an organisation, as the contract has it; `may`: its answer whether."""

    thing: Mapping[str, Any]
    may: Mapping[str, Any] | None

    @property
    def named(self) -> Mapping[str, str]:
        """The field of invitePeople that says so."""
        kind = "forum" if self.thing["__typename"] == "Forum" else "organisation"
        return {kind: self.thing["id"]}


@dataclass(frozen=True)
class _Looked:
    """What the page shows: what was filled in, and what came of looking at a file. `asked`: the people as they were
    read, in the order of `rows`; `faults`: what is to be put right; `sent`: the people, for the form that confirms."""

    fields: Mapping[str, str]
    asked: Sequence[PersonRow] = ()
    rows: Sequence[Mapping[str, Any]] = ()
    faults: Sequence[str] = ()
    sent: str = ""
    errors: Sequence[Mapping[str, Any]] = field(default=())

    @property
    def new(self) -> int:
        """How many would be asked in."""
        return sum(1 for row in self.rows if row["outcome"] == "NEW")


async def show(site: Site, visit: Visit) -> Response:
    """The form for a file; `?for=` names the forum or the organisation. Refuses (NOT_SIGNED_IN, 401) nobody in
    particular, (NO_SUCH_PAGE) what is neither."""
    side = await _side(site, visit, visit.request.query_params.get("for", ""))
    return _draw(site, visit, side, _Looked({"zone": side.thing.get("zone") or visit.words.zone}))


async def take(site: Site, visit: Visit) -> Response:
    """A file is looked at; or, by the form below it, its people are asked in."""
    _need_person(visit)
    if visit.request.headers.get("content-type", "").partition(";")[0].strip().lower() != MULTIPART:
        return await _invite(site, visit)
    try:
        content, fields = await file_and_fields(visit.request, MOST_BYTES)
    except Problem as problem:
        if problem.code != "REQUEST_TOO_LARGE":
            raise
        raise replace(
            problem, message=f"A file of people has at most {MOST_BYTES:,} bytes. Send it in parts."
        ) from None
    side = await _side(site, visit, fields.get("for", ""))
    try:
        people = await asyncio.to_thread(read, content, fields.get("zone", ""))
    except Refusal as refused:
        message = refused.spoken_by(speaker(visit.words.language)).message
        errors = ({"code": refused.code, "message": message},)
        return _draw(site, visit, side, _Looked(fields, errors=errors))
    return _draw(site, visit, side, await _looked(site, visit, side, fields, people))


async def _looked(site: Site, visit: Visit, side: _Side, fields: Mapping[str, str], people: People) -> _Looked:
    """What would come of each: nothing is done."""
    known = await _organisations(site, visit, keys_of(people.people))
    asked, faults = asked_of(people, known)
    by = speaker(visit.words.language)
    looked = _Looked(fields, asked, faults=[spoken(fault.sentence, by) for fault in faults])
    if not asked:
        return looked
    wanted = wishes(asked, known, fields["zone"])
    done = await _sent(site, visit, side, fields, wanted, str(uuid4()), only_looks=True)
    rows = done.payload["rows"] or ()
    return replace(looked, rows=rows, errors=done.errors, sent=_packed(wanted))


async def _invite(site: Site, visit: Visit) -> Response:
    fields = await form_fields.fields(visit.request, form_fields.LONG)
    key = key_of(site, visit, fields)
    side = await _side(site, visit, fields.get("for", ""))
    wanted = _unpacked(fields.get("people", ""))
    done = await _sent(site, visit, side, fields, wanted, key, only_looks=False)
    if done.errors:
        errors = [{**error, "message": f"{_whom(wanted, error)}{error['message']}"} for error in done.errors]
        return _draw(site, visit, side, _Looked(fields, errors=errors))
    shown = [(wanted[row["row"]], row) for row in done.payload["rows"] if row["link"]]
    if shown:
        return site.page(visit, "people_invited", shown=shown, home=site.home(visit))
    return to_done(site, visit, f"{ADDRESS}?for={side.thing['id']}", "invite_people")


async def _sent(
    site: Site, visit: Visit, side: _Side, fields: Mapping[str, str], people: Sequence[Mapping[str, Any]], key: str, *,
    only_looks: bool,
) -> Outcome:  # fmt: skip
    ways = {name: True for name in _WAYS if name in fields}
    return await act(
        site, visit, "invite_people", **side.named, **ways, people=people, zone=fields.get("zone"),
        dryRun=only_looks, idempotencyKey=key,
    )  # fmt: skip


async def _side(site: Site, visit: Visit, id_: str) -> _Side:
    _need_person(visit)
    if not id_.startswith(("Forum:", "Organisation:")):
        raise nothing_here()
    data = await site.ask(visit, "inviting_side", id=id_)
    if not data["node"]:
        raise nothing_here()
    may = next((answer for answer in data["acts"] if answer["act"] == "INVITE_PEOPLE"), None)
    return _Side(data["node"], may)


async def _organisations(site: Site, visit: Visit, wanted: frozenset[str]) -> dict[str, str]:
    """The ids of organisations by the keys of their names: page by page, until all that are wanted are found."""
    known, after = dict[str, str](), None
    while wanted - known.keys():
        page = (await site.ask(visit, "organisations", first=100, after=after))["organisations"]
        known |= ids_by_key(page["nodes"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    return known


def _draw(site: Site, visit: Visit, side: _Side, looked: _Looked) -> Response:
    wrong = looked.errors or looked.faults or any(row["errors"] for row in looked.rows)
    key = new_key(site, visit)
    return site.page(
        visit, "people_import", 400 if looked.errors else 200, side=side.thing, may=side.may, looked=looked,
        confirms=looked.new > 0 and not wrong, errors=[("", error) for error in looked.errors], key=key,
        done=done_word(site, visit), behind=Behind("inviting_side", {"id": side.thing["id"]}),
    )  # fmt: skip


def _need_person(visit: Visit) -> None:
    if not visit.signed_in:
        raise Problem("NOT_SIGNED_IN", visit.notice or "Sign in first: this page is about you.", status=401)


def _packed(people: Sequence[Mapping[str, Any]]) -> str:
    return urlsafe_b64encode(orjson.dumps(people)).decode()


def _unpacked(text: str) -> list[Mapping[str, Any]]:
    """The people of the form that confirms. Refuses (BAD_FORM) anything but what `_packed` makes."""
    try:
        people = orjson.loads(urlsafe_b64decode(text.encode("ascii")))
    except (ValueError, binascii.Error):
        raise form_fields.bad_form("The form has lost its people.") from None
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people[: MOST_PEOPLE + 1]):
        raise form_fields.bad_form("The form has lost its people.")
    return people


def _whom(people: Sequence[Mapping[str, Any]], error: Mapping[str, Any]) -> str:
    """The address of whom a refusal is about, before its sentence."""
    path: list[Any] = error["path"] or []
    if len(path) < 2 or path[0] != "people" or not str(path[1]).isdecimal():
        return ""
    return f"{people[int(path[1])].get('address', '')}: "
