"""What one document may ask for. Every figure stands here, is published in the contract, and is checked before work.

The bytes are checked before parsing, the tokens while parsing, the rest on the tree before validation. The tree is
measured as if every fragment were written out where it is spread, yet each fragment is visited once: a chain of
fragments that each spread the next one twice has 2^n fields and n visits.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    Visitor,
    visit,
)

from .problem import Problem

ENDLESS = 10**9  # where counting stops: the figure only has to be over every limit
LEVELS = 64  # selection sets inside one another, fragments included: bounds our own recursion
INTROSPECTION = ("__schema", "__type")


@dataclass(frozen=True)
class Limits:
    """The figures. `published()` puts them into words, for the description of the schema."""

    body_bytes: int = 1024 * 1024  # a whole request
    document_bytes: int = 64 * 1024  # the GraphQL text in it
    json_depth: int = 32  # arrays and objects inside one another in a body
    tokens: int = 2_000
    depth: int = 12  # fields inside one another
    introspection_depth: int = 20  # below __schema and __type: the usual tools ask for 16
    fields: int = 500
    aliases: int = 30
    alias_bytes: int = 63  # PostgreSQL cuts longer names silently, and two columns become one
    directives: int = 50
    repeats: int = 20  # of one response name written in one selection set: their comparison is quadratic
    fragments: int = 50
    operations: int = 20  # named operations in one document
    root_mutations: int = 10
    cost: int = 10_000
    list_read: int = 100  # entries of one list that reading takes: a filter's codes, ids
    list_written: int = 2_000  # of one list that an act takes: the people of a meeting, who is asked by a call
    list_entries: int = 5_000  # of all lists in a request's variables together
    values: int = 40_000  # of any kind in the variables: texts in them are looked through one by one
    request_seconds: float = 20.0  # for the answer to be made, waiting for a connection included
    refused_seconds: float = 0.25  # before one who asks too much is told so

    def published(self) -> str:
        """The limits in words, as they stand in the description of the schema."""
        return (
            f"A request has at most {self.body_bytes // 1024} KiB, JSON nested at most {self.json_depth} deep, and its "
            f"document at most {self.document_bytes // 1024} KiB and {self.tokens} tokens. With every fragment written "
            f"out, an operation has at most {self.fields} fields, {self.depth} inside one another, {self.aliases} "
            f"aliases of at most {self.alias_bytes} bytes and {self.directives} directives; a mutation has at most "
            f"{self.root_mutations} acts, performed one after the other. A document holds at most {self.operations} "
            f"operations and {self.fragments} fragments. A list has at most {self.list_read} entries where things are "
            f"read and {self.list_written} where they are written, and all lists of the variables together at most "
            f"{self.list_entries}. Its cost is computed before it is executed and may reach "
            f"{self.cost}; every answer says what it cost in `extensions.cost`."
        )


class Size(NamedTuple):
    """A selection set with every fragment written out. `width`: the fields of its first level."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    width: int = 0
    introspection: int = 0  # the depth reached below __schema or __type

    def beside(self, other: "Size") -> "Size":
        """Two selections of one set: what is wide adds up, what is deep does not."""
        return Size(
            max(self.depth, other.depth),
            min(self.fields + other.fields, ENDLESS),
            min(self.aliases + other.aliases, ENDLESS),
            min(self.directives + other.directives, ENDLESS),
            min(self.width + other.width, ENDLESS),
            max(self.introspection, other.introspection),
        )


class Measure:
    """Measures the operations of one document. `visited` counts the selections looked at: linear in the document."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self.limits = limits
        self.fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self.known: dict[str, Size] = {}
        self.open: set[str] = set()
        self.visited = 0

    def size(self, selection_set: SelectionSetNode | None, level: int = 0) -> Size:
        """The size of a selection set. Refuses at once what repeats, is named too long or nests beyond `LEVELS`."""
        if selection_set is None:
            return Size()
        if level > LEVELS:
            raise too_large("selection sets inside one another", level, LEVELS)
        total, names = Size(), dict[str, int]()
        for selection in selection_set.selections:
            self.visited += 1
            total = total.beside(Size(directives=len(selection.directives or ())))
            if isinstance(selection, FieldNode):
                self._name(selection, names)
                total = total.beside(self._field(selection, level))
            elif isinstance(selection, InlineFragmentNode):
                total = total.beside(self.size(selection.selection_set, level + 1))
            elif isinstance(selection, FragmentSpreadNode):
                total = total.beside(self._spread(selection.name.value, level))
        return total

    def _name(self, field: FieldNode, names: dict[str, int]) -> None:
        alias = field.alias.value if field.alias else ""
        if len(alias.encode()) > self.limits.alias_bytes:
            raise too_large("bytes in an alias", len(alias.encode()), self.limits.alias_bytes)
        name = alias or field.name.value
        names[name] = names.get(name, 0) + 1
        if names[name] > self.limits.repeats:
            raise too_large("repetitions of one name in a selection set", names[name], self.limits.repeats)

    def _field(self, field: FieldNode, level: int) -> Size:
        inner = self.size(field.selection_set, level + 1)
        aliases = inner.aliases + (field.alias is not None)
        grown = inner._replace(fields=inner.fields + 1, aliases=aliases, width=1)
        if field.name.value in INTROSPECTION:
            return grown._replace(depth=1, introspection=max(inner.depth, inner.introspection))
        return grown._replace(depth=inner.depth + 1)

    def _spread(self, name: str, level: int) -> Size:
        # A cycle or an unknown name adds nothing here: validation reports both.
        if name in self.open or name not in self.fragments:
            return Size()
        if name not in self.known:
            self.open.add(name)
            self.known[name] = self.size(self.fragments[name].selection_set, level + 1)
            self.open.discard(name)
        return self.known[name]


def too_large(counted: str, actual: int, limit: int) -> Problem:
    """QUERY_TOO_LARGE: the document asks for more than `Limits` grants."""
    return Problem(
        "QUERY_TOO_LARGE",
        f"The document has too many {counted}: {min(actual, ENDLESS)}, and at most {limit} are taken. "
        "Ask for less at once, or in several requests.",
        of_document=True,
        facts={"what": counted, "actual": min(actual, ENDLESS), "limit": limit},
    )


def check_document(document: DocumentNode, limits: Limits) -> Measure:
    """Refuse (QUERY_TOO_LARGE) a document with an operation over the limits; say how it was measured."""
    measure = Measure(document, limits)
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    _within("operations", len(operations), limits.operations)
    _within("fragments", len(measure.fragments), limits.fragments)
    for operation in operations:
        size = measure.size(operation.selection_set)
        _within("fields inside one another", size.depth, limits.depth)
        _within("fields of introspection inside one another", size.introspection, limits.introspection_depth)
        _within("fields", size.fields, limits.fields)
        _within("aliases", size.aliases, limits.aliases)
        _within("directives", size.directives, limits.directives)
        if operation.operation is OperationType.MUTATION:
            _within("acts in one mutation", size.width, limits.root_mutations)
    return measure


def _within(counted: str, actual: int, limit: int) -> None:
    if actual > limit:
        raise too_large(counted, actual, limit)


# ---- text that no database takes
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def bad_text(where: str) -> Problem:
    """BAD_TEXT: PostgreSQL stores neither U+0000 nor half of a surrogate pair."""
    return Problem(
        "BAD_TEXT",
        f"{where} holds a character that cannot be stored: U+0000, or half of a surrogate pair (U+D800 to U+DFFF), "
        "or bytes that are not UTF-8. Remove it and send the text again.",
    )


def check_text(value: object, where: str = "A variable", most: int = ENDLESS) -> None:
    """Refuse (BAD_TEXT) a NUL or a lone surrogate in any string or key of this JSON value; OverflowError where there
    are more than `most` values to look at."""
    waiting, looked_at = [value], 0
    while waiting:
        item = waiting.pop()
        looked_at += 1
        if looked_at + len(waiting) > most:
            raise OverflowError
        if isinstance(item, str):
            if _UNWRITABLE.search(item):
                raise bad_text(where)
        elif isinstance(item, dict):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, (list, tuple)):
            waiting.extend(item)


class _Strings(Visitor):
    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        check_text(node.value, "A string in the document")


def check_strings(text: str, document: DocumentNode) -> None:
    """Refuse (BAD_TEXT) a string of the document that an escape gives a NUL or a lone surrogate."""
    if "\\u" in text:  # the lexer takes neither of them unescaped
        visit(document, _Strings())
