"""`/forums/<slug>/process`: how a forum works, for everybody; and for its office the next version, from the first line
written to the edition that runs under it. Each step is a button of a form that comes back with all that was typed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from . import form_fields
from .acting import act, acting_as
from .done import done_word, to_done
from .form_key import key_of, new_key
from .process_text import FoundIn, found_in
from .read_page import nothing_here
from .upload import MULTIPART, file_and_fields
from .visits import Behind, Site, Visit

# With whose eyes a definition is rehearsed: the words of `rehearse(readAs:)`.
READERS = (
    "secretariat", "penholder", "state", "observer_state", "delegate", "ngo", "business", "mayor", "youth", "observer",
    "participant", "coordinator", "steering_group_member", "public",
)  # fmt: skip
_BEGUN = 200  # characters
_LARGEST = 512 * 1024  # bytes of a file
_MOVE = "move."  # before the track and the stage that it stands at, in the name of a select


@dataclass(frozen=True)
class _Drawn:
    """The page as it is drawn: what its forms hold, why something was not done, and what was asked about."""

    fields: Mapping[str, str]
    errors: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    behind: Behind | None = None
    check: Mapping[str, Any] | None = None
    findings: tuple[FoundIn, ...] = ()
    rehearsal: Mapping[str, Any] | None = None
    compared: Mapping[str, Any] | None = None
    moving: Mapping[str, Any] | None = None


async def show(site: Site, visit: Visit) -> Response:
    """The process in force and its versions. The address may name a version to begin from (`?from=`), two to compare
    (`?compare=&since=`), or an edition to move (`?edition=&to=`). Refuses (NO_SUCH_PAGE) where there is no forum."""
    data, asked = await _page_data(site, visit), visit.request.query_params
    drawn = _Drawn({})
    if hash_ := asked.get("from"):
        behind = Behind("process_text", {"hash": hash_})
        process = _there((await site.ask(visit, behind.operation, **behind.variables))["process"])
        drawn = _Drawn({"text": process["text"]}, behind=behind)
    elif hash_ := asked.get("compare"):
        behind = Behind("process_changes", {"hash": hash_, "since": asked.get("since", "")})
        process = _there((await site.ask(visit, behind.operation, **behind.variables))["process"])
        drawn = _Drawn({}, behind=behind, compared=process)
    elif edition := asked.get("edition"):
        drawn = await _moving(site, visit, {"edition": edition, "to": asked.get("to", "")})
    return _draw(site, visit, data, drawn)


async def take(site: Site, visit: Visit) -> Response:
    """Do the step that the form's button names. Refuses (BAD_FORM) any other."""
    if visit.request.headers.get("content-type", "").startswith(MULTIPART):
        return await _opened(site, visit)
    fields = await form_fields.fields(visit.request, form_fields.LONG, lines=True)
    step = _STEPS.get(fields.get("step", ""))
    if step is None:
        raise form_fields.bad_form("The form names nothing that can be done here.")
    if step in _ACTS:
        key_of(site, visit, fields)  # before anything else: whose form it is
    data = await _page_data(site, visit)
    done = await step(site, visit, data["forum"], fields)
    return _draw(site, visit, data, done) if isinstance(done, _Drawn) else done


async def _opened(site: Site, visit: Visit) -> Response:
    """A definition from a file, in its field, and checked. A byte order mark and the ends of lines of another system
    are left out."""
    content, _ = await file_and_fields(visit.request, _LARGEST)
    data = await _page_data(site, visit)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or form_fields.controls(text):
        problem = {"code": "INVALID_VALUE", "message": visit.words.term("FieldProblem", "TEXT")}
        return _draw(site, visit, data, _Drawn({}, (("file", problem),)))
    return _draw(site, visit, data, await _check(site, visit, data["forum"], {"text": text}))


Step = Callable[[Site, Visit, Mapping[str, Any], Mapping[str, str]], Awaitable[_Drawn | Response]]


async def _check(site: Site, visit: Visit, forum: Mapping[str, Any], fields: Mapping[str, str]) -> _Drawn:
    since = forum["process"]["id"] if forum["process"] else None
    asked: dict[str, Any] = {"text": fields.get("text", ""), "since": since}
    answer = (await site.ask(visit, "process_check", **asked))["checkProcess"]
    findings = answer["check"]["findings"] if answer["check"] else ()
    found, errors = found_in(asked["text"], (*findings, *_in_errors(answer["errors"]))), answer["errors"]
    behind = Behind("process_check", _begun(asked))
    return _Drawn(fields, _beside(errors, "text"), behind, check=answer["check"], findings=found)


async def _rehearse(site: Site, visit: Visit, forum: Mapping[str, Any], fields: Mapping[str, str]) -> _Drawn:
    asked = {name: fields.get(name, "") for name in ("text", "starts", "readAs")}
    if len(asked["starts"]) != len("2027-03-01"):
        words = visit.words.term("FieldProblem", "MUST")
        return _Drawn(fields, (("starts", {"code": "INVALID_VALUE", "message": words}),))
    answer = (await site.ask(visit, "rehearse", **asked))["rehearse"]
    found = found_in(asked["text"], (answer["rehearsal"] or {"findings": ()})["findings"])
    errors, behind = _beside(answer["errors"], "text"), Behind("rehearse", _begun(asked))
    return _Drawn(fields, errors, behind, findings=found, rehearsal=answer["rehearsal"])


async def _publish(site: Site, visit: Visit, forum: Mapping[str, Any], fields: Mapping[str, str]) -> _Drawn | Response:
    text = fields.get("text", "")
    done = await act(
        site, visit, "publish_process", forum=forum["id"], text=text, actingAs=acting_as(fields),
        idempotencyKey=key_of(site, visit, fields),
    )  # fmt: skip
    refused = _Drawn(fields, _beside(done.errors, "text"), findings=found_in(text, _in_errors(done.errors)))
    return refused if done.errors else _done(site, visit, "publish_process")


async def _adopt(site: Site, visit: Visit, forum: Mapping[str, Any], fields: Mapping[str, str]) -> _Drawn | Response:
    done = await act(
        site, visit, "adopt_process", forum=forum["id"], process=fields.get("process", "").strip(),
        actingAs=acting_as(fields), idempotencyKey=key_of(site, visit, fields),
    )  # fmt: skip
    refused = _Drawn(fields, _beside(done.errors), findings=found_in("", _in_errors(done.errors)))
    return refused if done.errors else _done(site, visit, "adopt_process")


async def _migrate(site: Site, visit: Visit, forum: Mapping[str, Any], fields: Mapping[str, str]) -> _Drawn | Response:
    done = await act(
        site, visit, "migrate_edition", edition=fields.get("edition", ""), process=fields.get("to", ""),
        reason=fields.get("reason", ""), moves=_moves(fields), actingAs=acting_as(fields),
        idempotencyKey=key_of(site, visit, fields),
    )  # fmt: skip
    if not done.errors:
        return _done(site, visit, "migrate_edition")
    errors, findings = _beside(done.errors), found_in("", _in_errors(done.errors))
    return replace(await _moving(site, visit, fields), errors=errors, findings=findings)


_ACTS: tuple[Step, ...] = (_publish, _adopt, _migrate)
_STEPS: Mapping[str, Step] = {
    "check": _check, "rehearse": _rehearse, "publish": _publish, "adopt": _adopt, "migrate": _migrate,
}  # fmt: skip


async def _page_data(site: Site, visit: Visit) -> Mapping[str, Any]:
    data = await site.ask(visit, "process_page", slug=visit.request.path_params["slug"], signedIn=visit.signed_in)
    _there(data["forum"])
    return data


async def _moving(site: Site, visit: Visit, fields: Mapping[str, str]) -> _Drawn:
    """The form that moves an edition to another version."""
    behind = Behind("migration_map", {"edition": fields.get("edition", ""), "process": fields.get("to", "")})
    found = await site.ask(visit, behind.operation, **behind.variables)
    if not found["edition"] or not found["process"]:
        raise nothing_here()
    return _Drawn(fields, behind=behind, moving=found)


def _moves(fields: Mapping[str, str]) -> list[dict[str, str]]:
    """Where stages go otherwise than the new version says: of each select that names a track and a stage."""
    moves = []
    for name, to in fields.items():
        track, _, stage = name.removeprefix(_MOVE).partition("/")
        to_track, _, to_stage = to.partition("/")
        if name.startswith(_MOVE) and to:
            moves.append({"track": track, "stage": stage, "toTrack": to_track, "toStage": to_stage})
    return moves


def _done(site: Site, visit: Visit, word: str) -> Response:
    return to_done(site, visit, visit.request.url.path, word)


def _beside(errors: Any, otherwise: str = "") -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Each error with the field that it is about; `otherwise` where it names none."""
    return tuple(((error["path"] or [otherwise])[0], error) for error in errors)


def _begun(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same with the beginning of the text alone: an address does not hold all of it."""
    return {**asked, "text": asked["text"][:_BEGUN]}


def _in_errors(errors: Any) -> list[Mapping[str, Any]]:
    return [finding for error in errors for finding in error.get("findings", ())]


def _there(thing: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if not thing:
        raise nothing_here()
    return thing


def _draw(site: Site, visit: Visit, data: Mapping[str, Any], drawn: _Drawn) -> Response:
    forum = data["forum"]
    return site.page(
        visit, "process", 400 if drawn.errors else 200, data=data, thing=forum, drawn=drawn, fields=drawn.fields,
        errors=drawn.errors, key=new_key(site, visit), done=done_word(site, visit), readers=READERS, move=_MOVE,
        may={answer["act"]: answer for answer in forum.get("acts") or ()}, path=visit.request.url.path,
        behind=drawn.behind
        or Behind("process_page", {"slug": visit.request.path_params["slug"], "signedIn": visit.signed_in}),
    )  # fmt: skip
