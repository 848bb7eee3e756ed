"""The organisations that a list of people names, found by name among those that the service has."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from ..domain.names import key
from ..refusal import phrased
from .people_file import People, PersonRow
from .table_head import Fault, fault


def keys_of(people: Iterable[PersonRow]) -> frozenset[str]:
    """The keys of the names of the organisations that these people name."""
    return frozenset(key(person.organisation) for person in people if person.organisation)


def ids_by_key(organisations: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The `id` of each of these, by the key of its `name`."""
    return {key(organisation["name"]): organisation["id"] for organisation in organisations}


def asked_of(people: People, known: Mapping[str, str]) -> tuple[list[PersonRow], list[Fault]]:
    """Those who can be asked in, and all that is wrong with the file, in the order of its rows. `known`: the ids of
    organisations by the keys of their names."""
    strangers = [person for person in people.people if person.organisation and key(person.organisation) not in known]
    faults = [*people.faults, *(_unknown(person, known) for person in strangers)]
    asked = [person for person in people.people if person not in strangers]
    return asked, sorted(faults, key=lambda fault: fault.row)


def wishes(asked: Sequence[PersonRow], known: Mapping[str, str], zone: str) -> list[dict[str, object]]:
    """The people as invitePeople takes them."""
    return [person.wish(zone, known.get(key(person.organisation))) for person in asked]


def _unknown(person: PersonRow, known: Mapping[str, str]) -> Fault:
    near, written = get_close_matches(key(person.organisation), known, 1), repr(person.organisation)
    if near:
        reason = phrased(
            "no organisation here is called {written}. There is one that is spelt {near}. Write its name as the "
            "service has it.",
            written=written,
            near=repr(near[0]),
        )
    else:
        reason = phrased(
            "no organisation here is called {written}. Write its name as the service has it.", written=written
        )
    return fault(person.row, person.place, reason)
