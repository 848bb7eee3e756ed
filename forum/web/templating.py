"""The templates and the one stylesheet."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any
from urllib.parse import quote, quote_plus

import jinja2
from jinja2.runtime import Context, Macro
from starlette.requests import Request
from starlette.responses import Response

from ..api.schema.act_forms import act_form
from ..spoken_words import role
from ..times import spoken
from . import opposites, picture_answers, picture_dates, picture_lineage, picture_stages
from .short_forms import can

_LAYERS = ("GLOBAL", "GFMD", "REGIONAL", "NATIONAL", "LOCAL")
_TEMPLATES = Path(__file__).parent / "templates"
STYLE = (_TEMPLATES / "style.css").read_bytes()
# Its address changes with it, so that browsers may keep it for long.
STYLE_ADDRESS = f"/style-{hashlib.sha256(STYLE).hexdigest()[:16]}.css"


async def style(_: Request) -> Response:
    """The one stylesheet."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(STYLE, 200, headers, media_type="text/css")


# Of these, nothing that our templates call wants to be handed the context.
_CALLED = frozenset((FunctionType, MethodType, BuiltinMethodType, partial, Macro))


class _Context(Context):
    """Calls at once: Jinja would look at each thing that is called for what it wants handed over, a third of the time
    of a template. Two names come along for those that want the context, and are for nobody else (Jinja 3.1)."""

    def call(self, called: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        if type(called) not in _CALLED:
            return super().call(called, *arguments, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*arguments, **named)


class _Environment(jinja2.Environment):
    """Looks for `thing.title` among the keys first: what pages show are answers, and Jinja would try an attribute of
    each and catch the error."""

    context_class = _Context

    def getattr(self, obj: Any, attribute: str) -> Any:
        return obj[attribute] if type(obj) is dict and attribute in obj else super().getattr(obj, attribute)


def environment() -> jinja2.Environment:
    """The templates, each value escaped; a name that a template asks for and nobody handed over is a fault."""
    templates = _Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    templates.filters["role"] = lambda word: role(word.lower())
    templates.filters["when"] = _when
    templates.filters["urlencode"] = _urlencode
    templates.filters["uuid"] = lambda id_: id_.partition(":")[2]
    templates.filters["by_layer"] = lambda forums: groupby(sorted(forums, key=_layer), key=lambda forum: forum["layer"])
    templates.globals |= _PICTURES
    templates.tests["in_targets"] = lambda code, goals: any(f"{code}.".startswith(f"{goal}.") for goal in goals)
    templates.filters["language_name"] = lambda tag, names: names.get(tag, tag)
    templates.filters["by_act"] = lambda answers: {answer["act"]: answer for answer in answers or ()}
    templates.globals["form_of"] = act_form
    templates.globals["possible"] = can
    templates.globals["taken_back_at"] = opposites.address_of
    templates.globals["style"] = STYLE_ADDRESS
    return templates


_PICTURES = {
    "rows_of_track": picture_dates.rows_of_track, "rows_of_edition": picture_dates.rows_of_edition,
    "timeline": picture_dates.timeline, "stage_map": picture_stages.stage_map,
    "by_mechanism": picture_answers.by_mechanism, "by_region": picture_answers.by_region,
    "answers_picture": picture_answers.answers_picture,
    "layers_of": picture_lineage.layers_of, "lineage_counted": picture_lineage.counted,
    "lineage_tree": picture_lineage.lineage_tree, "lineage_picture": picture_lineage.lineage_picture,
}  # fmt: skip


def _urlencode(value: str | Mapping[str, Any]) -> str:
    """A piece of a path, or the query of an address."""
    if isinstance(value, Mapping):
        return "&".join(f"{name}={_asked(str(asked))}" for name, asked in value.items())
    return quote(value)


@lru_cache(maxsize=1024)
def _asked(value: str) -> str:
    """A value of a query. Kept: a page has the same in many addresses."""
    return quote_plus(value)


def _layer(forum: Mapping[str, Any]) -> int:
    """Its place among the layers, from a city to the world."""
    return _LAYERS.index(forum["layer"])


def _when(at: str | datetime, zone: str = "UTC") -> str:
    return spoken(datetime.fromisoformat(at) if isinstance(at, str) else at, zone).replace("(UTC, UTC+00:00)", "UTC")
