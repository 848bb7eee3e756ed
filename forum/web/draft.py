"""The form in which an input is written: new to a call, or a draft that is written on."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from . import autosave, form_fields, sent_before, target_choice
from .acting import Outcome, act, acting_as, revision_of
from .done import to_done
from .form_key import key_of, new_key
from .held_back import HeldBack
from .read_page import nothing_here
from .visits import Behind, Site, Visit

VISIBILITIES = ("PUBLIC", "PARTICIPANTS", "SECRETARIAT")
ATTRIBUTIONS = ("ORGANISATION", "MECHANISM", "NONE")
_TEXT = "text-"  # before the code of a section, in the name of its field
# Why a form that saves by itself is held back, as the page says it.
_HELD_BACK = {"ended": "SIGNED_OUT_HERE", "another": "ANOTHER_HERE", "sent": "SENT_BEFORE"}
# A path of the contract leads to the field of the form that the sentence is about.
_FIELDS = {"title", "language", "visibility", "attribution", "targets", "actingAs"}


async def show_new(site: Site, visit: Visit) -> Response:
    """An empty form for the call in the address. Refuses (NO_SUCH_PAGE) where there is none."""
    data = await _call(site, visit)
    return await _form(site, visit, data, data["node"], {"visibility": "PARTICIPANTS", "attribution": "ORGANISATION"})


async def take_new(site: Site, visit: Visit) -> Response:
    """Save a first draft."""
    fields = await form_fields.fields(visit.request, form_fields.LONG, lines=True)
    try:
        key = key_of(site, visit, fields)
        if not target_choice.looked_for(fields):
            sent_before.need_new(site, visit, fields, f"/calls/{visit.request.path_params['id']}")
    except HeldBack as held:
        return await _held_back(site, visit, fields, held)
    data = await _call(site, visit)
    call = data["node"]
    if target_choice.looked_for(fields):
        return await _form(site, visit, data, call, fields)
    done = await act(site, visit, "save_contribution", call=call["id"], **_input(fields, call["sections"], key))
    if autosave.by_itself(visit.request):
        return await _by_itself(site, visit, done, fields, call, new=True)
    if done.errors:
        return await _form(site, visit, data, call, fields, done.errors)
    saved = to_done(site, visit, f"/inputs/{_uuid(done.payload['contribution']['id'])}", "saved")
    return sent_before.remember(site, visit, fields, saved)


async def show(site: Site, visit: Visit) -> Response:
    """The draft in the address, in its form. Refuses (NO_SUCH_PAGE) what is not of the visitor's own side."""
    data = await _draft(site, visit)
    return await _form(site, visit, data, data["node"]["call"], _fields_of(data["node"]))


async def take(site: Site, visit: Visit) -> Response:
    """Save the draft anew. What somebody else saved meanwhile is not written over: the form comes back with both."""
    fields = await form_fields.fields(visit.request, form_fields.LONG, lines=True)
    try:
        key = key_of(site, visit, fields)
    except HeldBack as held:
        return await _held_back(site, visit, fields, held)
    data = await _draft(site, visit)
    draft, call = data["node"], data["node"]["call"]
    if target_choice.looked_for(fields):
        return await _form(site, visit, data, call, fields)
    done = await act(
        site, visit, "save_contribution", contribution=draft["id"], expectedRevision=revision_of(fields),
        **_input(fields, call["sections"] if call else (), key),
    )  # fmt: skip
    if autosave.by_itself(visit.request):
        return await _by_itself(site, visit, done, fields, call)
    if any(error["code"] == "STALE_REVISION" for error in done.errors):
        now = _fields_of((await _draft(site, visit))["node"])
        return await _form(site, visit, data, call, {**fields, "revision": now["revision"]}, done.errors, now)
    if done.errors:
        return await _form(site, visit, data, call, fields, done.errors)
    return to_done(site, visit, f"/inputs/{_uuid(draft['id'])}", "saved")


async def _held_back(site: Site, visit: Visit, fields: Mapping[str, str], held: HeldBack) -> Response:
    """A form that is not sent on: where it was sent by itself, what was typed stays where it is."""
    if not autosave.by_itself(visit.request):
        raise held
    words = visit.words.term("Problem", _HELD_BACK[held.why])
    return await autosave.answer(site, visit, autosave.Saved(problem=words), fields, (), _TEXT)


async def _by_itself(
    site: Site, visit: Visit, done: Outcome, fields: Mapping[str, str], call: Mapping[str, Any] | None,
    new: bool = False,
) -> Response:  # fmt: skip
    """What a form that saves by itself is answered."""
    asked = call["sections"] if call else ()
    if done.errors:
        stale = any(error["code"] == "STALE_REVISION" for error in done.errors)
        words = visit.words.term("Problem", "SAVED_MEANWHILE") if stale else ""
        saved = autosave.Saved(problem=words or str(done.errors[0]["message"]))
    else:
        draft = done.payload["contribution"]
        address = f"/inputs/{_uuid(draft['id'])}/edit" if new else ""
        saved = autosave.Saved(str(draft["revision"]), address)
    return await autosave.answer(site, visit, saved, fields, asked, _TEXT)


async def _call(site: Site, visit: Visit) -> Mapping[str, Any]:
    id_ = f"Call:{visit.request.path_params['id']}"
    data = await site.ask(visit, "call_answer", id=id_, mine={"call": id_}, signedIn=visit.signed_in)
    if not data["node"]:
        raise nothing_here()
    return data


async def _draft(site: Site, visit: Visit) -> Mapping[str, Any]:
    data = await site.ask(visit, "draft", id=f"Contribution:{visit.request.path_params['id']}")
    if not data["node"] or not data["node"]["mine"]:
        raise nothing_here()
    return data


def _fields_of(draft: Mapping[str, Any]) -> Mapping[str, str]:
    return {
        "title": draft["title"], "language": draft["language"], "visibility": draft["visibility"],
        "attribution": draft["attribution"]["kind"], "revision": str(draft["revision"]),
        "targets": "\n".join(target["code"] for target in draft["targets"]),
        **{_TEXT + section["code"]: section["text"]["markdown"] for section in draft["sections"]},
    }  # fmt: skip


def _input(fields: Mapping[str, str], asked: Sequence[Mapping[str, Any]], key: str) -> dict[str, Any]:
    texts = [{"code": section["code"], "text": fields.get(_TEXT + section["code"], "")} for section in asked]
    return {
        "title": fields.get("title", ""),
        "language": fields.get("language", ""),
        "visibility": fields.get("visibility") or None,
        "attribution": fields.get("attribution") or None,
        "sections": [text for text in texts if text["text"].strip()],
        "targets": target_choice.codes(fields),
        "idempotencyKey": key,
        "actingAs": acting_as(fields),
    }


async def _form(
    site: Site, visit: Visit, data: Mapping[str, Any], call: Mapping[str, Any] | None, fields: Mapping[str, str],
    errors: Sequence[Mapping[str, Any]] = (), saved: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The form with these values, each refusal in the summary and beside the field that it is about. `saved`: what
    somebody else saved meanwhile, to be compared."""
    asked = call["sections"] if call else ()
    targets = await target_choice.choice(site, visit, fields, (data["node"] or {}).get("targets", ()))
    sent = [section["code"] for section in asked if fields.get(_TEXT + section["code"], "").strip()]
    response = site.page(
        visit, "draft", 400 if errors else 200, scripts=autosave.ADDRESSES, data=data, call=call, fields=fields,
        saved=saved, key=new_key(site, visit), text=_TEXT, targets=targets,
        mandates=data["viewer"]["mandates"] if data.get("viewer") else [],
        visibilities=VISIBILITIES, attributions=ATTRIBUTIONS,
        errors=[(_field(error["path"], sent), error) for error in errors],
        behind=Behind("save_contribution", {"input": _input(fields, asked, str(uuid4()))}),
    )  # fmt: skip
    return autosave.scripted(response)


def _field(path: Sequence[str], sent: Sequence[str]) -> str:
    """The name of the form's field for a path of the contract: `sections.1.text` is the second section that was
    sent."""
    if path and path[0] in _FIELDS:
        return path[0]
    if len(path) > 1 and path[0] == "sections":
        if path[1].isdecimal() and int(path[1]) < len(sent):
            return _TEXT + sent[int(path[1])]
        return _TEXT + path[1]
    return ""


def _uuid(id_: str) -> str:
    return id_.partition(":")[2]
