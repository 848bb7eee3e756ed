"""A closed list of words stands once, in the domain: the contract and the tables take theirs from there."""

import enum

from forum.api.schema import vocabularies
from forum.api.schema.contract import GRAPHQL
from forum.domain.enumeration import Words
from forum.store.tables.columns import one_of
from graphql import GraphQLEnumType
from tests.support.sources import in_rooms


def test_the_contract_says_what_the_domain_says() -> None:
    lists = [words for words in Words.__subclasses__() if words.__name__ in GRAPHQL.type_map]
    assert len(lists) > 20
    for words in lists:
        shown = GRAPHQL.type_map[words.__name__]
        assert isinstance(shown, GraphQLEnumType)
        assert shown.description == " ".join((words.__doc__ or "").split())
        assert {name: value.description for name, value in shown.values.items()} == {w.name: w.says for w in words}


def test_a_member_is_read_as_its_word() -> None:
    assert isinstance(vocabularies.Layer, enum.EnumMeta)
    members: list[enum.Enum] = list(vocabularies.Layer)
    assert [member.value for member in members] == ["local", "national", "regional", "gfmd", "global"]


def test_no_list_of_the_tables_is_written_out_where_the_domain_has_it() -> None:
    known = {str(one_of("x", words.words()).sqltext) for words in Words.__subclasses__()}
    tables = [m for m in in_rooms("store") if m.path.startswith("forum/store/tables/")]
    written = [
        f"{module.at(call)} {call.args[1].lineno}"
        for module in tables
        for call in module.calls()
        if getattr(call.func, "id", "") == "one_of" and str(one_of("x", _constants(call.args[1])).sqltext) in known
    ]
    assert not written


def _constants(node: object) -> tuple[str, ...]:
    """The words of a tuple that is written out; of everything else, none."""
    return tuple(str(getattr(part, "value", "")) for part in getattr(node, "elts", ()))
