"""`/many`: one act on many things. They are chosen by boxes, looked at before anything is done - what is touched, what
would be refused and why - and then done one by one, each with its own answer.

The contract does each act on one thing, and so does this page: what is refused for one leaves the others done, and the
page that answers names each. Where an act has an opposite, that page leads to it, on the same things.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from starlette.responses import Response

from ..api.schema.act_forms import ActForm, FormField, act_form
from . import act_fields, form_fields
from .acting import act, acting_as
from .after_sign_in import ours
from .form_key import key_of, new_key
from .opposites import OPPOSITES, TakenBack
from .read_page import nothing_here
from .visits import Behind, Site, Visit

ADDRESS = "/many"
# The acts that are done with many things, each with the fields that are filled in once for all of them.
ACTS: Mapping[str, Sequence[str]] = {
    "admit_contribution": (),
    "return_contribution": ("reason", "mendUntil"),
    "withdraw_return": (),
    "extend_window": ("closesAt", "reason"),
    "switch_reminders": ("remind",),
}
# What is asked of the things, by their type.
_ASKED = {"Contribution": "inputs_acted_on", "Call": "calls_acted_on"}
MOST = 50  # things at once: what may be done with each is dear to find out


@dataclass(frozen=True)
class _Chosen:
    """What the page is about: the act and the things it is to be done with, in the order in which they were chosen.
    `gone`: how many were chosen that are not there for this reader any more."""

    form: ActForm
    things: Sequence[Mapping[str, Any]]
    back: str
    mandates: Sequence[Mapping[str, Any]]
    gone: int = 0

    @property
    def asked(self) -> Sequence[FormField]:
        """What is filled in once for all of them."""
        return [wanted for wanted in self.form.fields if wanted.name in ACTS[self.form.act]]

    def answer(self, thing: Mapping[str, Any]) -> Mapping[str, Any]:
        """Whether the act is possible with this thing now, and why not."""
        wanted = self.form.act.upper()
        return next((answer for answer in thing["acts"] if answer["act"] == wanted), _NOT_OFFERED)

    @property
    def possible(self) -> Sequence[Mapping[str, Any]]:
        """The things with which it would be done now."""
        return [thing for thing in self.things if self.answer(thing)["yes"]]


_NOT_OFFERED: Mapping[str, Any] = {"yes": False, "possibleFrom": None, "because": None}


async def show(site: Site, visit: Visit) -> Response:
    """What would be done, before it is: `?act=` and `?thing=`, the latter once for each. Refuses (NO_SUCH_PAGE) an act
    that is not done with many things, (BAD_FORM) more than 50 of them."""
    query = visit.request.query_params
    things = list(dict.fromkeys(query.getlist("thing")))
    chosen = await _chosen(site, visit, query.get("act", ""), things, query.get("back", ""))
    return _draw(site, visit, chosen, {})


async def take(site: Site, visit: Visit) -> Response:
    """Do it with each of the things that the form holds; the page that answers names every one."""
    fields = await form_fields.fields(visit.request, form_fields.LONG, lines=True)
    key = key_of(site, visit, fields)
    things = list(dict.fromkeys(fields.get("thing", "").split("\n")))
    chosen = await _chosen(site, visit, fields.get("act", ""), things, fields.get("back", ""))
    filled = act_fields.read(chosen.asked, fields, visit.words.zone)
    if filled.problems:
        texts = [(name, visit.words.plain(text, zone=filled.zone)) for name, text in filled.problems]
        problems = [(name, {"code": "INVALID_VALUE", "message": text}) for name, text in texts]
        return _draw(site, visit, chosen, fields, problems)
    done = [await _done(site, visit, chosen, thing, filled, UUID(key)) for thing in chosen.things]
    shared = {filled.name_of(error["path"]) for outcome in done for error in outcome.errors}
    names = {wanted.name for wanted in chosen.asked}
    # Where nothing was done, what was typed comes back with the reasons.
    typed = any(fields.get(name, "").strip() for name in names)
    if done and all(outcome.errors for outcome in done) and (typed or shared & names):
        errors = {
            (filled.name_of(error["path"]), error["message"]): error for outcome in done for error in outcome.errors
        }
        return _draw(site, visit, chosen, fields, [(name, error) for (name, _), error in errors.items()])
    undo = _undo(chosen, [outcome.thing["id"] for outcome in done if not outcome.errors])
    return site.page(visit, "many_done", form=chosen.form, done=done, back=chosen.back, undo=undo, gone=chosen.gone)


@dataclass(frozen=True)
class _Done:
    """What became of the act on one thing; `errors`: why it was not done."""

    thing: Mapping[str, Any]
    errors: Sequence[Mapping[str, Any]]


async def _done(
    site: Site, visit: Visit, chosen: _Chosen, thing: Mapping[str, Any], filled: act_fields.Filled, key: UUID
) -> _Done:
    on = {chosen.form.on_field: thing["id"]}
    answer = await act(
        site, visit, chosen.form.act, **on, **filled.input, actingAs=acting_as(filled.fields),
        idempotencyKey=str(uuid5(key, thing["id"])),
    )  # fmt: skip
    return _Done(thing, answer.errors)


async def _chosen(site: Site, visit: Visit, name: str, ids: Sequence[str], back: str) -> _Chosen:
    form = act_form(name) if name in ACTS else None
    if form is None:
        raise nothing_here()
    if len(ids) > MOST:
        raise form_fields.bad_form(f"Choose at most {MOST} at once.")
    ids = [id_ for id_ in ids if id_.startswith(f"{form.on}:") and act_fields.is_id(id_)]
    if not ids:
        return _Chosen(form, (), ours(back), ())
    data = await site.ask(visit, _ASKED[form.on], ids=ids)
    things = [thing for thing in data["nodes"] if thing and thing.get("acts") is not None]
    return _Chosen(form, things, ours(back), data["viewer"]["mandates"], len(ids) - len(things))


def _undo(chosen: _Chosen, ids: Sequence[str]) -> TakenBack | None:
    """Where what was done is taken back; None where nothing was, or where no act takes it back."""
    opposite = OPPOSITES.get(chosen.form.act)
    if opposite is None or opposite.act not in ACTS or not ids:
        return None
    query = urlencode([("act", opposite.act), *(("thing", id_) for id_ in ids), ("back", chosen.back)])
    return TakenBack(opposite.act, f"{ADDRESS}?{query}")


def _draw(
    site: Site, visit: Visit, chosen: _Chosen, fields: Mapping[str, str],
    errors: Sequence[tuple[str, Mapping[str, Any]]] = (),
) -> Response:  # fmt: skip
    rows = [(thing, chosen.answer(thing)) for thing in chosen.things]
    return site.page(
        visit, "many", 400 if errors else 200, form=chosen.form, rows=rows, asked=chosen.asked, fields=fields,
        errors=errors, key=new_key(site, visit), back=chosen.back, possible=chosen.possible, gone=chosen.gone,
        mandates=chosen.mandates, zone=fields.get("zone") or visit.words.zone,
        behind=Behind(_ASKED[chosen.form.on], {"ids": [thing["id"] for thing in chosen.things]}),
    )  # fmt: skip
