"""The targets of the SDGs that an input is about: looked for by words or codes, chosen by ticking, with their words.

Without a script the form is sent with the button "Find" and comes back as it was, with what was found. With one, the
page asks for the same lines while somebody types.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from .visits import Behind, Site, Visit

ADDRESS = "/targets/found"
_MOST, _LONGEST = 30, 100  # found targets that are shown; characters that are looked for
_BETWEEN = re.compile(r"[,\n]")
Target = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """What the lists show: `found` are the first of `count` targets that match `words`, `chosen` those that are ticked
    and not among the found. `codes`: all that are ticked."""

    words: str = ""
    codes: frozenset[str] = frozenset()
    chosen: Sequence[Target] = ()
    found: Sequence[Target] = ()
    count: int = 0
    address: str = ADDRESS


def looked_for(fields: Mapping[str, str]) -> bool:
    """Whether the form was sent to look for targets, and not to be saved."""
    return "find" in fields


def codes(fields: Mapping[str, str]) -> Sequence[str]:
    """The codes that are ticked, each once, as they were sent."""
    return list(dict.fromkeys(code.strip() for code in _BETWEEN.split(fields.get("targets", "")) if code.strip()))


async def choice(site: Site, visit: Visit, fields: Mapping[str, str], known: Sequence[Target] = ()) -> Choice:
    """What is found for the words in the form, and what is ticked in it. `known`: targets whose words are here
    already. What was ticked and is no code stays, without words: that it is none is said when the form is saved."""
    ticked, words = codes(fields), fields.get("find_targets", "").strip()[:_LONGEST]
    by_code: dict[str, Target] = {target["code"]: target for target in known}
    found: Sequence[Target] = ()
    if words or any(code not in by_code for code in ticked):
        data = await site.ask(visit, "sdg_targets", **_variables(visit, words, ticked))
        by_code |= {target["code"]: target for target in data["chosen"]}
        found = data["found"] if words else ()
    shown = found[:_MOST]
    among = {target["code"] for target in shown}
    chosen = [by_code.get(code, {"code": code, "words": ""}) for code in ticked if code not in among]
    return Choice(words, frozenset(ticked), chosen, shown, len(found))


async def show(site: Site, visit: Visit) -> Response:
    """The lists alone, for the page that asks while somebody types: `?find_targets=migra&targets=10.7&targets=8.8`."""
    query = visit.request.query_params
    fields = {"find_targets": query.get("find_targets", ""), "targets": "\n".join(query.getlist("targets")[:200])}
    targets = await choice(site, visit, fields)
    behind = Behind("sdg_targets", _variables(visit, targets.words, codes(fields)))
    return site.page(visit, "target_choice", targets=targets, behind=behind, by_itself=True)


def _variables(visit: Visit, words: str, ticked: Sequence[str]) -> Mapping[str, Any]:
    return {"search": words or None, "chosen": list(ticked), "language": visit.words.language.name}
