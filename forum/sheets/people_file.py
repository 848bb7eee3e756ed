"""The people of a community, one a row, as a secretariat keeps them: read whole, and every cell that cannot be taken is
named with what to do about it. `docs/coming_in.md` has the template."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from ..domain.contact import Language
from ..domain.mail_address import mail_address
from ..domain.mandate import Role
from ..domain.names import LONGEST_NAME, key, one_line
from ..domain.text import clean
from ..errors import FileRefused, InvalidValue, Refusal
from ..refusal import Phrased, phrased
from ..spoken_words import role as spoken
from ..times import instant, zone_named
from .table_head import Fault, at, columns_of, fault, folded, out_of_sight, where
from .workbook import Cell, Sheet, sheets

NAME, ADDRESS, ROLE, ORGANISATION = "Name", "E-mail address", "Role", "Organisation"
FIRST_DAY, LAST_DAY, MECHANISM, LANGUAGE = "First day", "Last day", "Mechanism", "Language"
COLUMNS = (NAME, ADDRESS, ROLE, ORGANISATION, FIRST_DAY, LAST_DAY, MECHANISM, LANGUAGE)
MAY_LACK = frozenset((LAST_DAY, MECHANISM, LANGUAGE))
MOST_PEOPLE = 500
_NAMED: Mapping[Language, tuple[str, ...]] = {
    Language.AR: ("Arabic", "العربية"), Language.ZH: ("Chinese", "中文"), Language.EN: ("English",),
    Language.FR: ("French", "Français"), Language.RU: ("Russian", "Русский"), Language.ES: ("Spanish", "Español"),
}  # fmt: skip
_LANGUAGES = {folded(name): tag for tag, names in _NAMED.items() for name in (tag.value, *names)}
_ROLES = {
    folded(name): role for role in Role for name in (spoken(role.value), role.value.replace("_", " "), role.value)
}


@dataclass(frozen=True)
class PersonRow:
    """One person. `row`: where they stand in the file, as `place` says in words; `organisation`: its name, as written;
    `last_day`: of the role, that day included; `language`: in which they are written to, where the file says so."""

    row: int
    place: Phrased
    name: str
    address: str
    role: Role
    organisation: str
    first_day: date
    last_day: date | None
    mechanism: str | None
    language: Language | None = None

    def wish(self, zone: str, organisation: str | None) -> dict[str, Any]:
        """The person as invitePeople takes it. `organisation`: the id of theirs; None where it is the one for all."""
        after = None if self.last_day is None else self.last_day + timedelta(days=1)
        return {
            "name": self.name,
            "address": self.address,
            "role": self.role.name,
            "organisation": organisation,
            "startsAt": _begins(self.first_day, zone),
            "endsAt": None if after is None else _begins(after, zone),
            "mechanism": self.mechanism,
            **({} if self.language is None else {"language": self.language.name}),
        }


@dataclass(frozen=True)
class People:
    """What a file holds. `sheet`: where the people stand, None in a CSV file; people are those without a fault."""

    sheet: str | None
    people: tuple[PersonRow, ...]
    faults: tuple[Fault, ...]


def read(file: bytes, zone: str) -> People:
    """The people of a workbook (XLSX) or a CSV file; days are those of the zone.

    Refuses (FileRefused) a file that cannot be read or has not the columns, more than 500 people, and nobody;
    (UnknownCode) a zone that is none. All else that is wrong is a fault of its row.
    """
    zone_named(zone)
    sheet, head = where(sheets(file, COLUMNS), COLUMNS)
    columns = columns_of(sheet, head, COLUMNS, MAY_LACK)
    rows = [
        (n, cells)
        for n, cells in sheet.rows
        if n > head and any(cells[c - 1 : c] != (Cell(),) for c in columns.values())
    ]
    if not rows:
        raise FileRefused(reason=at(sheet.at(head), phrased("nobody stands below the names of the columns.")))
    if len(rows) > MOST_PEOPLE:
        many = phrased(
            "{count} people; at most {most} are invited at once. Send them in parts.",
            count=len(rows),
            most=MOST_PEOPLE,
        )
        raise FileRefused(reason=many)
    faults = list(out_of_sight(sheet, head, columns, [n for n, _ in rows]))
    people = []
    for n, cells in rows:
        reading = _Reading(sheet, n, cells, columns, zone)
        person = reading.person()
        faults += reading.faults
        people += [] if person is None else [person]
    faults += _twice(people)
    bad = {fault.row for fault in faults}
    ordered = sorted(faults, key=lambda fault: fault.row)
    return People(sheet.name, tuple(person for person in people if person.row not in bad), tuple(ordered))


class _Reading:
    """Reads one row, and keeps what is wrong with it."""

    def __init__(self, sheet: Sheet, n: int, cells: Sequence[Cell], columns: Mapping[str, int], zone: str) -> None:
        self.sheet, self.n, self.cells, self.columns, self.zone = sheet, n, cells, columns, zone
        self.faults: list[Fault] = []

    def person(self) -> PersonRow | None:
        """The person of the row; None where something is wrong."""
        name, to = self._checked(NAME), self._checked(ADDRESS)
        role, organisation = self._role(), self._text(ORGANISATION)
        first, last = self._day(FIRST_DAY), self._day(LAST_DAY)
        mechanism, language = self._text(MECHANISM), self._language()
        if first is None and not self.faults:
            missing = phrased("the day from which the role is held is missing. Write it as 2027-03-01.")
            self._wrong(FIRST_DAY, missing)
        if first is not None and last is not None and last < first:
            early = phrased(
                "the role ends before it begins, on {first}. Correct one of the two days.", first=str(first)
            )
            self._wrong(LAST_DAY, early)
        if self.faults or first is None or role is None:
            return None
        where = self.sheet.at(self.n)
        return PersonRow(self.n, where, name, to, role, organisation, first, last, mechanism or None, language)

    def _cell(self, name: str) -> Cell:
        column = self.columns.get(name, 0)
        return self.cells[column - 1] if 0 < column <= len(self.cells) else Cell()

    def _wrong(self, name: str, sentence: Phrased | Refusal) -> None:
        self.faults.append(fault(self.n, self.sheet.at(self.n, self.columns.get(name), name), sentence))

    def _text(self, name: str) -> str:
        cell = self._cell(name)
        if cell.why is not None:
            self._wrong(name, cell.why)
        elif cell.day is not None:
            dated = phrased("the program has made a date of this. Format the cell as text, and write it again.")
            self._wrong(name, dated)
        elif any(sign in cell.text.strip() for sign in "\r\n\t"):
            self._wrong(name, phrased("a line break or a tab stands in the cell. Write it on one line."))
        elif len(cell.text) > LONGEST_NAME * 2:
            long = phrased(
                "the cell has {count:,} characters; {most} are taken. Shorten it.",
                count=len(cell.text),
                most=LONGEST_NAME,
            )
            self._wrong(name, long)
        else:
            return self._clean(name, cell.text)
        return ""

    def _clean(self, name: str, text: str) -> str:
        try:
            return clean(text).strip()
        except InvalidValue as refused:
            self._wrong(name, refused)
            return ""

    def _checked(self, name: str) -> str:
        before, text = len(self.faults), self._text(name)
        if len(self.faults) > before:
            return ""
        if not text:
            empty = phrased("the cell is empty. Write who it is.") if name == NAME else phrased("the cell is empty.")
            self._wrong(name, empty)
            return ""
        try:
            return one_line(text, LONGEST_NAME, "name") if name == NAME else mail_address(text, "address")
        except Refusal as refused:
            self._wrong(name, refused)
            return ""

    def _role(self) -> Role | None:
        before, text = len(self.faults), self._text(ROLE)
        if len(self.faults) > before:
            return None
        role = _ROLES.get(folded(text))
        if role is None:
            self._wrong(ROLE, _no_role(text))
        return role

    def _language(self) -> Language | None:
        text = self._text(LANGUAGE)
        if text and folded(text) not in _LANGUAGES:
            names = ", ".join(names[0] for names in _NAMED.values())
            none = phrased(
                "{written} is none of the languages that people are written to in: {names}.",
                written=repr(text[:40]),
                names=names,
            )
            self._wrong(LANGUAGE, none)
        return _LANGUAGES.get(folded(text))

    def _day(self, name: str) -> date | None:
        cell = self._cell(name)
        if cell.why is not None:
            self._wrong(name, cell.why)
            return None
        text = cell.text.strip()
        if not text:
            return None
        try:
            day = cell.day or date.fromisoformat(text)
            if cell.number or day.isoformat() != text:
                raise ValueError
        except ValueError:
            self._wrong(name, _no_day(cell, text))
            return None
        try:
            _begins(day + timedelta(days=name == LAST_DAY), self.zone)
        except Refusal as refused:
            self._wrong(name, refused)
            return None
        except OverflowError:
            self._wrong(name, phrased("the day lies beyond the years that are kept. Correct it."))
            return None
        return day


def _no_role(text: str) -> Phrased:
    near, written = get_close_matches(folded(text), _ROLES, 1), repr(text[:40])
    roles = ", ".join(spoken(known.value) for known in Role)
    if near:
        return phrased(
            '{written} is no role. Did you mean "{role}"? Roles are: {roles}.',
            written=written, role=spoken(_ROLES[near[0]].value), roles=roles,
        )  # fmt: skip
    return phrased("{written} is no role. Roles are: {roles}.", written=written, roles=roles)


def _no_day(cell: Cell, text: str) -> Phrased:
    if cell.number:
        return phrased("this is a number, not a date. Write the year, the month and the day, as in 2027-03-01.")
    return phrased(
        "this is {written}, which is no date that can be read one way. Write the year, the month and the day, as in "
        "2027-03-01.",
        written=repr(text[:40]),
    )


def _begins(day: date, zone: str) -> str:
    """The first instant of a day in a zone, in UTC. Refuses (InvalidValue) a day that begins with no midnight there,
    and one beyond the years that are kept."""
    return instant(f"{day.isoformat()} 00:00", zone).isoformat()


def _twice(people: Iterable[PersonRow]) -> Iterator[Fault]:
    """Rows of one address: for another name it is no one's own, for the same role one of them is too many."""
    first: dict[str, PersonRow] = {}
    same: dict[tuple[object, ...], PersonRow] = {}
    for person in people:
        before = first.setdefault(person.address.lower(), person)
        role = (person.address.lower(), person.role, key(person.organisation), person.mechanism)
        twin = same.setdefault(role, person)
        if key(before.name) != key(person.name):
            reason = phrased(
                "{address} is the address of {before} in row {row}, here of {name}. Write to each at an address of "
                "their own.",
                address=person.address, before=before.name, row=before.row, name=person.name,
            )  # fmt: skip
            yield fault(person.row, person.place, reason)
        elif twin is not person:
            reason = phrased(
                "{name} stands in row {row} already, at the same address for the same role. Take one of the two out.",
                name=person.name, row=twin.row,
            )  # fmt: skip
            yield fault(person.row, person.place, reason)
