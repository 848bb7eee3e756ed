"""The tables and keys of an operator's file of bodies, each with what it takes: for the reader, the docs, editors."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .agreement import AgreementPurpose
from .body import ForumKind, Layer, OrganisationKind, ParticipationStatus, Power
from .contact import Language
from .mandate import Office, Role

TEXT, TEXTS, INSTANT, ZONE, COUNTRY, SLUG, FLAG = "text", "texts", "instant", "zone", "country", "slug", "flag"
_SPOKEN = {
    TEXT: "a text in quotes",
    TEXTS: "a list of names",
    INSTANT: 'a day or a local time: "2027-01-01", "2027-01-01 12:00"',
    ZONE: "a zone by its name: Europe/Zurich",
    COUNTRY: "two capital letters (ISO 3166): NO",
    SLUG: "small letters, digits and hyphens",
    FLAG: "true or false",
}
SLUGS, COUNTRIES = r"[a-z0-9]+(-[a-z0-9]+)*", "[A-Z]{2}"


@dataclass(frozen=True)
class Key:
    """One key: what it says, of what kind its value is, the words it takes, whether it must be there."""

    about: str
    kind: str = TEXT
    words: tuple[str, ...] = ()
    needed: bool = False

    @property
    def takes(self) -> str:
        """What may stand there, in words."""
        return f"one of {', '.join(self.words)}" if self.words else _SPOKEN[self.kind]


def _must(about: str, kind: str = TEXT, words: tuple[str, ...] = ()) -> Key:
    return Key(about, kind, words, needed=True)


_ZONE = Key("In which zone its days begin; Europe/Zurich when left out.", ZONE)
_ENDS = Key("The first instant after it.", INSTANT)
TABLES: Mapping[str, Mapping[str, Key]] = MappingProxyType(
    {
        "organisations": {
            "name": _must("Its full name."),
            "kind": _must("What sort of body it is.", words=OrganisationKind.words()),
            "short_name": Key("Its acronym, or a shorter name in use."),
            "country_code": Key("Of a state or a city, its country.", COUNTRY),
        },
        "forums": {
            "slug": _must("Its short name in addresses.", SLUG),
            "name": _must("Its name."),
            "layer": _must("At which level it works.", words=Layer.words()),
            "kind": _must("What sort of forum it is.", words=ForumKind.words()),
            "acronym": Key("Its acronym."),
            "parent": Key("The forum that set it up, by slug.", SLUG),
            "convenors": Key("Forums that convene it with equal rights, by slug.", TEXTS),
            "periodicity": Key("How often it meets, in words."),
            "power": Key("What it can do for its parent; none when left out.", words=Power.words()),
            "zone": _ZONE,
            "terms_of_reference": Key("What it is for, CommonMark."),
            "mechanism": Key("The mechanism whose own body it is, by code."),
            "process": Key("The process it works by: a template by name, any text by hash."),
            "registrar": Key("Whether its office admits organisations; false when left out.", FLAG),
        },
        "agreements": {
            "asking": _must("The forum that uses the other's name or sends it texts, by slug.", SLUG),
            "named": _must("The forum that agreed, by slug.", SLUG),
            "purpose": _must("What it agreed to.", words=AgreementPurpose.words()),
            "edition": Key("The one edition for which it holds, by name; standing when left out."),
        },
        "mechanisms": {
            "code": _must("Its short code."),
            "name": _must("Its name."),
            "forum": Key("Its own body, by slug.", SLUG),
        },
        "participations": {
            "forum": _must("The forum, by slug.", SLUG),
            "status": _must("As what they take part.", words=ParticipationStatus.words()),
            "starts": _must("From when on.", INSTANT),
            "organisations": _must("Those that take part, by name.", TEXTS),
            "ends": _ENDS,
            "mechanisms": Key("In which mechanisms, by code.", TEXTS),
        },
        "offices": {
            "forum": _must("The forum, by slug.", SLUG),
            "organisation": _must("The organisation that holds it, by name."),
            "office": _must("The office.", words=Office.words()),
            "starts": _must("From when on.", INSTANT),
            "ends": _ENDS,
            "zone": _ZONE,
        },
        "roles": {
            "subject": _must("The person, as the token's `sub` says."),
            "name": _must("The person's name."),
            "role": _must("The role.", words=Role.words()),
            "organisation": _must("For whom the person acts, by name."),
            "starts": _must("From when on.", INSTANT),
            "forum": Key("In which forum, by slug; everywhere when left out.", SLUG),
            "mechanism": Key("The mechanism a coordinator coordinates, by code."),
            "address": Key("The person's mail address, until the person says another."),
            "language": Key("The language the person is written to in; English when left out.", words=Language.words()),
            "ends": _ENDS,
            "zone": _ZONE,
        },
    }
)


def json_schema() -> Mapping[str, Any]:
    """The file as a JSON schema: editors that know TOML complete keys and words with it, and mark what is none."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The bodies of an installation",
        "description": "Read by `forum import bodies FILE`.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            table: {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": [name for name, key in keys.items() if key.needed],
                    "properties": {name: {"description": key.about, **_value(key)} for name, key in keys.items()},
                },
            }
            for table, keys in TABLES.items()
        },
    }


def _value(key: Key) -> Mapping[str, Any]:
    if key.words:
        return {"enum": list(key.words)}
    patterns = {SLUG: SLUGS, COUNTRY: COUNTRIES}
    if key.kind in patterns:
        return {"type": "string", "pattern": f"^{patterns[key.kind]}$"}
    if key.kind == TEXTS:
        return {"type": "array", "items": {"type": "string"}}
    if key.kind == FLAG:
        return {"type": "boolean"}
    return {"type": "string"}
