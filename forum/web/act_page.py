"""`/do/{act}`: any act of the contract as a form, made from what its mutation takes.

A page of its own serves an act that is done every day better; here nothing that a process lets somebody do is left to
engineers.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.responses import Response

from ..api.schema.act_forms import ActForm, FormField, act_form
from . import act_fields, form_fields, sent_before
from .acting import Outcome, act, acting_as
from .after_sign_in import ours
from .done import THING, to_done
from .form_key import key_of, new_key
from .opposites import to_be_taken_back
from .read_page import Filled, Reading, nothing_here
from .visits import Behind, Site, Visit

_ROWS = 3  # of a group, in an empty form, and so many more where more are asked for
ROWS_MORE = "more"  # the button that asks for more rows of a group, by the group's name


@dataclass(frozen=True)
class _Drawn:
    """A form as it is drawn: what it holds, and why it was not done."""

    form: ActForm
    fields: Mapping[str, str]
    errors: Sequence[tuple[str, Mapping[str, Any]]] = ()
    more: str = ""


async def show(site: Site, visit: Visit) -> Response:
    """The empty form of an act; the address may fill fields in. Refuses (NO_SUCH_PAGE) what is no act."""
    form = _form_of(visit)
    fields = {name: value for name, value in visit.request.query_params.items() if value.isprintable()}
    return await _draw(site, visit, _Drawn(form, {**_defaults(form), **fields}))


async def take(site: Site, visit: Visit) -> Response:
    """Do the act. What is refused comes back with all that was filled in."""
    fields = await form_fields.fields(visit.request, form_fields.LONG, lines=True)
    return await _take(site, visit, _form_of(visit), fields, partial(_draw, site, visit))


def taking(page: Reading, name: str = "") -> Callable[[Site, Visit], Awaitable[Response]]:
    """What does an act from a form on a page of its own: the act of this name, or else the one that the form names.
    What is refused comes back to that page, with all that was filled in."""

    async def take(site: Site, visit: Visit) -> Response:
        async def again(drawn: _Drawn) -> Response:
            return await page.show(site, visit, 400, filled=Filled(drawn.fields, drawn.errors))

        fields = await form_fields.fields(visit.request, form_fields.LONG, lines=True)
        form = act_form(name or fields.get("act", ""))
        if form is None:
            raise form_fields.bad_form("The form names nothing that can be done here.")
        return await _take(site, visit, form, fields, again)

    return take


async def _take(
    site: Site, visit: Visit, form: ActForm, fields: Mapping[str, str],
    again: Callable[[_Drawn], Awaitable[Response]],
) -> Response:  # fmt: skip
    key = key_of(site, visit, fields)
    if more := fields.get(ROWS_MORE):
        return await again(_Drawn(form, fields, more=more))
    filled = act_fields.read(form.fields, fields, visit.words.zone)
    if filled.problems:
        words = visit.words
        problems = [(name, {"code": "INVALID_VALUE", "message": words.plain(text, zone=filled.zone)})
                    for name, text in filled.problems]  # fmt: skip
        return await again(_Drawn(form, fields, problems))
    if form.creates:
        sent_before.need_new(site, visit, fields, ours(fields.get("back", "")))
    done = await act(site, visit, form.act, **filled.input, actingAs=acting_as(fields), idempotencyKey=key)
    if done.errors:
        return await again(_Drawn(form, fields, [(filled.name_of(error["path"]), error) for error in done.errors]))
    answer = _done(site, visit, form, done, filled)
    return sent_before.remember(site, visit, fields, answer) if form.creates else answer


def _done(site: Site, visit: Visit, form: ActForm, done: Outcome, filled: act_fields.Filled) -> Response:
    once = {name: done.payload.get(name) for name in form.tells if done.payload.get(name)}
    back = ours(filled.fields.get("back", ""))
    if once:
        looked = filled.input.get("dryRun", False)
        return site.page(visit, "act_done", form=form, once=once, back=back, looked=looked, home=site.home(visit))
    taken_back = to_be_taken_back(form.act, filled.input, done.payload)
    return to_done(site, visit, back, f"{form.act}{THING}{taken_back}" if taken_back else form.act)


def _form_of(visit: Visit) -> ActForm:
    form = act_form(visit.request.path_params["act"])
    if form is None:
        raise nothing_here()
    return form


async def _draw(site: Site, visit: Visit, drawn: _Drawn) -> Response:
    mandates = (await site.ask(visit, "who_am_i"))["viewer"]["mandates"] if visit.signed_in else []
    return site.page(
        visit, "act", 400 if drawn.errors else 200, form=drawn.form, fields=drawn.fields, errors=drawn.errors,
        key=new_key(site, visit), mandates=mandates, back=ours(drawn.fields.get("back", "")),
        zone=drawn.fields.get("zone") or visit.words.zone,
        rows=_rows(drawn), fixed=[name for name in drawn.fields.get("fixed", "").split(",") if name],
        behind=Behind(drawn.form.act, {"input": act_fields.read(drawn.form.fields, drawn.fields, "UTC").input}),
    )  # fmt: skip


def _rows(drawn: _Drawn) -> Mapping[str, Sequence[int]]:
    """Of each group, by its name in the form, the rows to draw: those that the form had, and what was asked for. Of a
    group that has others within it or stands in one, one at a time: each is long."""
    found: dict[str, Sequence[int]] = {}

    def find(asked: Sequence[FormField], before: str) -> None:
        for group in (wanted for wanted in asked if wanted.fields):
            name = before + group.name
            step = 1 if before or any(inner.fields for inner in group.fields) else _ROWS
            rows = act_fields.row_numbers(drawn.fields, name)
            least = max(max(rows, default=-1) + 1 + (step if drawn.more == name else 0), step)
            found[name] = range(min(least, act_fields.MOST_ROWS) if group.many else 1)
            for row in found[name]:
                find(group.fields, f"{name}.{row}.")

    find(drawn.form.fields, "")
    return found


def _defaults(form: ActForm) -> Mapping[str, str]:
    """What an empty form holds: what the act would take where nothing is sent."""
    found: dict[str, str] = {}
    for field in form.fields:
        if field.default is True:
            found[field.name] = "yes"
        elif isinstance(field.default, tuple):
            found |= {f"{field.name}.{word}": "yes" for word in field.default}
        elif isinstance(field.default, str):
            found[field.name] = field.default
    return found
