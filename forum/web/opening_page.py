"""`/forums/<slug>/open`: an edition is opened, from a definition of the forum or like an earlier edition. Its calendar
is drawn before anything is done, so that a mistyped year is seen; what was changed since is drawn again first."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from ..api.schema.act_forms import ActForm, act_form
from . import act_fields, form_fields
from .acting import act, acting_as
from .done import THING, to_done
from .form_key import key_of, new_key
from .opposites import to_be_taken_back
from .picture_dates import Row
from .read_page import nothing_here
from .visits import Behind, Site, Visit

_BEFORE, _FIRST = timedelta(days=1_000), date(1900, 1, 1)  # what hangs on an anchor lies at most so long before it
_Errors = Sequence[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Basis:
    """From what an edition can be opened. `value`: how forms name it; `like`: the earlier edition, where it is one."""

    value: str
    process: Mapping[str, Any]
    like: Mapping[str, Any] | None = None

    @property
    def form(self) -> ActForm:
        """The form of the act that opens from it."""
        form = act_form("clone_edition" if self.like else "open_edition")
        assert form is not None
        return form


@dataclass(frozen=True)
class _Drawn:
    """The page as it is drawn: what its form holds, why something was not done, the calendar that was looked at."""

    fields: Mapping[str, str]
    errors: _Errors = ()
    calendar: Mapping[str, Any] | None = None
    looked: str = ""
    changed: bool = False


async def show(site: Site, visit: Visit) -> Response:
    """From what there is to choose; with `?basis=`, the form. Refuses (NO_SUCH_PAGE) where there is no forum."""
    query = visit.request.query_params
    return await _draw(site, visit, await _page_data(site, visit), _Drawn({"basis": query.get("basis", "")}))


async def take(site: Site, visit: Visit) -> Response:
    """Draw the calendar of what was filled in; open the edition where that very calendar was drawn before."""
    fields = await form_fields.fields(visit.request, form_fields.LONG, lines=True)
    key, data = key_of(site, visit, fields), await _page_data(site, visit)
    basis = _chosen(data, fields)
    if basis is None:
        raise form_fields.bad_form("The form names nothing from which an edition can be opened.")
    on = {"forum": data["forum"]["id"], "process": basis.process["name"], "like": (basis.like or {}).get("id", "")}
    filled = act_fields.read(basis.form.fields, {**fields, **on}, "UTC")
    if filled.problems:
        plain = visit.words.plain
        problems = [(name, _invalid(plain(text, zone=filled.zone))) for name, text in filled.problems]
        return await _draw(site, visit, data, _Drawn(fields, problems))
    looked = _mark(fields["basis"], filled)
    if fields.get("step") != "open" or fields.get("looked") != looked:
        changed = fields.get("step") == "open"
        errors, calendar = await _calendar(site, visit, data, basis, filled)
        return await _draw(site, visit, data, _Drawn(fields, errors, calendar, looked, changed))
    done = await act(
        site, visit, basis.form.act, **filled.input, actingAs=acting_as(fields), idempotencyKey=key,
    )  # fmt: skip
    if done.errors:
        refused = [(filled.name_of(error["path"]), error) for error in done.errors]
        _, calendar = await _calendar(site, visit, data, basis, filled)
        return await _draw(site, visit, data, _Drawn(fields, refused, calendar, looked))
    forum, name = data["forum"]["slug"], done.payload["edition"]["name"]
    taken_back = to_be_taken_back(basis.form.act, filled.input, done.payload)
    word = f"{basis.form.act}{THING}{taken_back}" if taken_back else basis.form.act
    return to_done(site, visit, f"/forums/{quote(forum, safe='')}/{quote(name, safe='')}/desk", word)


async def _page_data(site: Site, visit: Visit) -> Mapping[str, Any]:
    data = await site.ask(visit, "opening", slug=visit.request.path_params["slug"], signedIn=visit.signed_in)
    if not data["forum"]:
        raise nothing_here()
    return data


def bases(forum: Mapping[str, Any]) -> Iterator[Basis]:
    """What the forum works by, of each name the version that it took up last; then its editions."""
    own: dict[str, Mapping[str, Any]] = {}
    for process in sorted(forum["processes"]["nodes"], key=lambda known: known["adoptedAt"] or known["publishedAt"]):
        own[process["name"]] = process
    for process in own.values():
        yield Basis(process["hash"], process)
    for edition in forum["editions"]["nodes"]:
        if edition["process"]:
            yield Basis(f"{edition['process']['hash']} {edition['id']}", edition["process"], edition)


def _chosen(data: Mapping[str, Any], fields: Mapping[str, str]) -> Basis | None:
    wanted = fields.get("basis", "")
    return next((basis for basis in bases(data["forum"]) if basis.value == wanted), None)


async def _calendar(
    site: Site, visit: Visit, data: Mapping[str, Any], basis: Basis, filled: act_fields.Filled
) -> tuple[_Errors, Mapping[str, Any] | None]:
    """What would happen when, from before the first of the dates on; or why that cannot be said."""
    anchors = filled.input.get("anchors", [])
    dates = [datetime.fromisoformat(anchor["at"]).date() for anchor in anchors]
    starts = max(min(dates) - _BEFORE, _FIRST) if dates else _today(data)
    answer = await _rehearsed(site, visit, basis, anchors, starts)
    return [("", error) for error in answer["errors"]], answer["rehearsal"]


async def _rehearsed(
    site: Site, visit: Visit, basis: Basis, anchors: Sequence[Mapping[str, Any]], starts: date
) -> Mapping[str, Any]:
    text = (await site.ask(visit, "process_text", hash=basis.process["hash"]))["process"]["text"]
    asked = {"text": text, "starts": starts.isoformat(), "readAs": "secretariat", "anchors": list(anchors)}
    answer: Mapping[str, Any] = (await site.ask(visit, "rehearse", **asked))["rehearse"]
    return answer


def _today(data: Mapping[str, Any]) -> date:
    return datetime.fromisoformat(data["serverTime"]).date()


def rows_of(calendar: Mapping[str, Any], zone: str) -> list[Row]:
    """The dates from which others are counted, and the stages of each track, as rows of a line of time."""
    anchors = [Row("anchor", anchor["title"], _at(anchor["at"]), None, zone) for anchor in calendar["anchors"]]
    stages = [
        Row("stage", stage["title"], _at(stage["begins"]), _at(stage["closes"] or stage["ends"]), track["zone"],
            of=track["title"])
        for track in calendar["tracks"]
        for stage in track["stages"]
    ]  # fmt: skip
    return [*anchors, *stages]


def _at(instant: str | None) -> datetime | None:
    return datetime.fromisoformat(instant) if instant else None


def _mark(basis: str, filled: act_fields.Filled) -> str:
    """Tells one set of dates from another."""
    dates = {name: filled.input.get(name) for name in ("anchors", "zone")}
    return sha256(json.dumps([basis, dates], sort_keys=True).encode()).hexdigest()[:16]


def _invalid(message: str) -> Mapping[str, Any]:
    return {"code": "INVALID_VALUE", "message": message}


async def _draw(site: Site, visit: Visit, data: Mapping[str, Any], drawn: _Drawn) -> Response:
    forum, basis = data["forum"], _chosen(data, drawn.fields)
    anchors: Sequence[Mapping[str, Any]] = ()
    if basis:
        known = drawn.calendar or (await _rehearsed(site, visit, basis, (), _today(data)))["rehearsal"]
        anchors = known["anchors"] if known else ()
    may = {answer["act"]: answer for answer in forum.get("acts") or ()}
    return site.page(
        visit, "opening", 400 if drawn.errors else 200, data=data, thing=forum, basis=basis, bases=list(bases(forum)),
        anchors=anchors, drawn=drawn, fields=drawn.fields, errors=drawn.errors, may=may, key=new_key(site, visit),
        rows=rows_of(drawn.calendar, drawn.fields.get("zone", "UTC")) if drawn.calendar else (),
        path=visit.request.url.path,
        behind=Behind("opening", {"slug": visit.request.path_params["slug"], "signedIn": visit.signed_in}),
    )  # fmt: skip
