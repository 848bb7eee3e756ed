"""The only map from refusals to results: each class of `forum/errors.py` is a GraphQL type of the same name.

A refusal is data, not an exception (`api.md`, expected failures): payloads carry `errors: [UserError!]!`. A class added
to `errors.py` joins the contract by itself; clients that do not know it yet read `code`, `message` and `path`.
"""

import dataclasses
import enum
import types
import typing
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import strawberry

from ... import errors
from ...refusal import Refusal

# What each fact of a refusal tells, by its name: one name means one thing in all of them.
_ABOUT = {
    "near": "What was perhaps meant; may be empty.",
    "act": "The act that was asked for.",
    "actual": "What was counted.",
    "agreed": "The widest circle of readers that was agreed to.",
    "agreement": "The agreement that stands, as an id.",
    "allowed": "What the process allows.",
    "application": "The application that waits, as an id.",
    "audience": "Who would read it.",
    "body": "The body, by name.",
    "body_id": "The body, as an id.",
    "calendar": "All its dates, in order, and which of them are over.",
    "call": "The call that stands, as an id.",
    "closed_at": "When it closed.",
    "contribution": "The input with the same words, as an id.",
    "closes_at": "When it ends; null where it only begins.",
    "current": "The revision that stands now.",
    "current_text": "The text that stands now, for a comparison.",
    "deadline": "The first instant that was too late.",
    "code": "The stable code.",
    "count": "How many there are.",
    "document": "The kind of document.",
    "documents": "How many documents of the track are not closed yet.",
    "done_at": "When it was done; null where it is not told.",
    "duty": "What would be left to nobody.",
    "edition": "The edition, by name.",
    "edition_id": "The edition, by id.",
    "expected": "The revision that was edited.",
    "findings": "Each of them, with its place and its remedy.",
    "first": "The first of them, in words.",
    "forum": "The forum, by name.",
    "gate": "The named question that is not answered yet.",
    "given": "What was sent.",
    "hint": "What may have been meant.",
    "meant": "What was perhaps meant, of what is public; null where nothing is near.",
    "how": "Whom to ask, and how.",
    "inputs": "How many inputs were handed in on the track.",
    "ended_at": "Until when it was possible.",
    "invitation": "The invitation that waits, as an id.",
    "key": "The key that was sent.",
    "languages": "Languages that are taken.",
    "limit": "The limit.",
    "line": "The line of the file.",
    "mandate": "The mandate that stands, as an id.",
    "mandates": "Your mandates that wait, are to begin, were declined or have ended, each with how it stands.",
    "matter": "What it has not agreed to, in words.",
    "message": "What is wrong, in a sentence.",
    "missing": "Who has still to clear it, in words.",
    "name": "Its name.",
    "needs": "What would do.",
    "open_calls": "The calls of the track that are open, as ids.",
    "open_count": "How many are still open.",
    "open_ids": "The first 50 of those still open, as ids.",
    "over": "Whether it is over already.",
    "opens_at": "The instant from which it is possible.",
    "options": "The mandates that would do.",
    "organisation": "The organisation that stands, as an id.",
    "own": "The processes of the forum's own, by name.",
    "process": "The process that says so.",
    "purpose": "What it is to agree to, as proposeAgreement takes it.",
    "reason": "What is wrong, and what to do.",
    "receipt": "The number of its receipt.",
    "receiver": "Where it was to go.",
    "remedy": "What to do about it.",
    "roles": "The roles that may.",
    "round": "Which time the text was put to the body, counted from 1.",
    "scheme": "The list of codes.",
    "seat": "The seat that stands, as an id.",
    "section": "The section.",
    "sentence": "What is still open, in a sentence.",
    "server_time": "The time on the server's clock, which decides.",
    "silences": "How many silences run on texts of the track.",
    "stage": "The stage the track stands at.",
    "stages": "The stages at which it is possible.",
    "state": "The state it is in.",
    "title": "Its title.",
    "track": "The track, by name.",
    "track_id": "The track, by id.",
    "twins": "The organisations it may be, by name and id.",
    "unit": "words or characters.",
    "uses": "The tracks that stand at such a stage, and what is under way there.",
    "version": "The version, as its authors count.",
    "what": "What was looked for.",
    "who": "Whose word it takes.",
    "word": "The word that was sent.",
    "words": "The words the process or the contract takes.",
    "yours": "The roles you act in here.",
}
# Of the service itself and of printing: no answer of the contract carries them.
_NOT_ANSWERS = (errors.Misconfigured, errors.NotPrintable)
_SCALARS = (str, int, datetime, UUID, bool)


def refusals() -> tuple[type[Refusal], ...]:
    """Every class of refusal that an answer may carry, by name."""
    classes = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, Refusal)]
    return tuple(sorted((c for c in classes if c is not Refusal and c not in _NOT_ANSWERS), key=lambda c: c.__name__))


# Where the sentence is all facts, the contract says in general what it is about.
_SPOKEN = {
    "FileRefused": "The file cannot be taken as it is; the reason says where and what to do.",
    "GateClosed": "The process asks a question first that is not answered yet; the sentence says what is open.",
    "InvalidValue": "A value cannot be taken; the reason says what to write instead.",
}


def _about(refusal: type[Refusal]) -> str:
    return _SPOKEN.get(refusal.__name__, refusal.says)


def _code_enum() -> Any:
    codes = {c.stable_code(): strawberry.enum_value(c.stable_code(), description=_about(c)) for c in refusals()}
    class_: Any = enum.Enum("ErrorCode", codes)  # type: ignore[misc] # the members are known at run time only
    about = "Why something was not done. Codes are stable; the sentences beside them may be reworded."
    return strawberry.enum(class_, description=about)


ErrorCode: Any = _code_enum()


@strawberry.interface(
    description="Why something was not done, and what to do. Clients switch on `code`; new concrete types are additive."
)
class UserError:
    code: ErrorCode = strawberry.field(description="The stable code.")
    message: str = strawberry.field(description="A sentence that says what to do.")
    path: list[str] = strawberry.field(description="The field of the input it hangs on, outermost first; may be empty.")


def _annotation(hint: object) -> object:
    """The schema's type for a fact's Python type: `tuple[str, ...]` is a list, `| None` stays nullable."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        inner = next(a for a in typing.get_args(hint) if a is not types.NoneType)
        return _annotation(inner) | None  # type: ignore[operator]
    if typing.get_origin(hint) is tuple:
        return list[_annotation(typing.get_args(hint)[0])]  # type: ignore[misc]
    if dataclasses.is_dataclass(hint):
        return part(typing.cast(type, hint))
    if hint not in _SCALARS:
        raise TypeError(f"a refusal's fact cannot be {hint}")
    return hint


@cache
def part(of: type) -> type:
    """The contract's type of a fact that is itself made of facts, such as one finding; of the same name."""
    hints = typing.get_type_hints(of)
    body: dict[str, object] = {f.name: strawberry.field(description=_ABOUT[f.name]) for f in fields(of)}
    body["__annotations__"] = {f.name: _annotation(hints[f.name]) for f in fields(of)}
    return strawberry.type(
        type(of.__name__, (), body), name=of.__name__, description=" ".join((of.__doc__ or "").split())
    )


def _type(refusal: type[Refusal]) -> type:
    hints = typing.get_type_hints(refusal)
    own = [f.name for f in fields(refusal) if f.name != "path"]  # type: ignore[arg-type]
    body: dict[str, object] = {name: strawberry.field(description=_ABOUT[name]) for name in own}
    body["__annotations__"] = {name: _annotation(hints[name]) for name in own}
    class_ = type(refusal.__name__, (UserError,), body)
    return strawberry.type(class_, name=refusal.__name__, description=_about(refusal))


TYPES: tuple[type, ...] = tuple(_type(r) for r in refusals())
