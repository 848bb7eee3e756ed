"""`forum import people`: a community from a spreadsheet, looked at row by row, asked in by one act or not at all."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid5

from ..domain.names import key
from ..errors import NotFound
from ..sheets.organisations_named import asked_of, ids_by_key, keys_of, wishes
from ..sheets.people_file import People, PersonRow, read
from ..sheets.table_head import Fault
from ..spoken_words import role as spoken
from .session import Json, Session

# Any UUID of our own: the key made in it is the same for the same file, side and day, so an import can be run again.
_SPACE = UUID("0d6bb6a2-3f55-4c1e-9d0e-8f4f9a4f6f0b")
_OUTCOMES = {"NEW": "is invited", "WAITS": "waits for the answer already", "HOLDS": "holds the role already"}
_LINKS = ("E-mail address", "Name", "Link", "Open until")
_BEGINS_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Side:
    """Who invites, and how: a forum's office by the forum's short name, or the administrator of an organisation by its
    name; `zone`: of the days in the file; `leave_out`: whether those who are here already are passed over."""

    forum: str | None
    organisation: str | None
    zone: str
    leave_out: bool = False


@dataclass(frozen=True)
class Imported:
    """What came of it, line by line; `refused`: whether anything is wrong, so that nothing was done; `links`: a CSV
    file of the links to be handed over, where any were shown."""

    lines: tuple[str, ...]
    refused: bool
    links: bytes | None = None


async def import_people(session: Session, content: bytes, side: Side, today: date, *, plan: bool) -> Imported:
    """Ask in all people of a file, or with `plan` say what would come of each. Sent again on the same day it is the
    same request: nobody is asked twice, and the same links are shown.

    Refuses (FileRefused) a file that cannot be read as a whole, (NotFound) a forum or organisation that is not there,
    (Refused) what the service refuses as a whole.
    """
    people = read(content, side.zone)
    forum, own = await _side(session, side)
    known = await _organisations(session, keys_of(people.people))
    asked, faults = asked_of(people, known)
    rows: list[Json] = []
    if asked and (plan or not faults):
        fields = {
            "forum": forum, "organisation": own, "zone": side.zone, "leaveOut": side.leave_out,
            "people": wishes(asked, known, side.zone),
        }  # fmt: skip
        once = uuid5(_SPACE, f"{forum} {own} {side.zone} {side.leave_out} {today} {sha256(content).hexdigest()}")
        rows, refused = await _sent(session, fields, once, asked, plan=plan)
        faults = sorted([*faults, *refused], key=lambda fault: fault.row)
    page = f"{str(session.http.base_url).rstrip('/')}/invitation?link="
    return _imported(people, asked, rows, faults, page if not plan and not faults else None)


async def _side(session: Session, side: Side) -> tuple[str | None, str | None]:
    """The ids of the forum and of the one organisation, where they are named."""
    forum = None
    if side.forum is not None:
        found = (await session.ask("ForumInvitations", slug=side.forum, state=None, first=1, after=None))["forum"]
        if found is None:
            raise NotFound(what=f"forum {side.forum}")
        forum = found["id"]
    if side.organisation is None:
        return forum, None
    known = await _organisations(session, frozenset((key(side.organisation),)))
    if key(side.organisation) not in known:
        raise NotFound(what=f"organisation named {side.organisation}")
    return forum, known[key(side.organisation)]


async def _organisations(session: Session, wanted: frozenset[str]) -> dict[str, str]:
    """The ids of organisations by the keys of their names: page by page, until all that are wanted are found."""
    known, after = dict[str, str](), None
    while wanted - known.keys():
        page = (await session.ask("Organisations", first=100, after=after))["organisations"]
        known |= ids_by_key(page["nodes"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    return known


async def _sent(
    session: Session, fields: Json, once: UUID, asked: Sequence[PersonRow], *, plan: bool
) -> tuple[list[Json], list[Fault]]:
    """The rows of the answer, and what the service refuses of each; in its own words, with our place before them."""
    sent = {**fields, "dryRun": plan, "idempotencyKey": str(once)}
    payload = (await session.ask("InvitePeople", input=sent))["invitePeople"]
    rows: list[Json] = payload["rows"] or []
    errors = [*payload["errors"], *(error for row in rows for error in row["errors"])]
    faults = []
    for error in errors:
        path = error["path"]
        person = asked[int(path[1])] if path[:1] == ["people"] and len(path) > 1 else None
        where = "The service refuses it" if person is None else person.place
        faults.append(Fault(0 if person is None else person.row, f"{where}: {error['message']}"))
    return rows, faults


def _imported(
    people: People, asked: Sequence[PersonRow], rows: Sequence[Json], faults: Sequence[Fault], page: str | None
) -> Imported:
    """The report. `page`: where a link leads, once people were invited; None where nobody was."""
    done = page is not None
    lines = [f'People of the sheet "{people.sheet}":'] if people.sheet else []
    for row in rows:
        person = asked[row["row"]]
        if row["outcome"] in _OUTCOMES and not row["errors"]:
            outcome = _OUTCOMES[row["outcome"]].replace("is invited", "is invited" if done else "would be invited")
            of = f" of {person.organisation}" if person.organisation else ""
            lines.append(
                f"  {person.place}: {person.name} <{person.address}>, {spoken(person.role.value)}{of}: {outcome}"
            )
    lines += [f"  {fault.sentence}" for fault in faults]
    new = sum(1 for row in rows if row["outcome"] == "NEW")
    if done:
        lines.append(f"{new} of {len(asked)} people are invited.")
    elif faults:
        lines.append(
            f"{len(faults)} {'thing is' if len(faults) == 1 else 'things are'} to be put right; nobody is invited."
        )
    else:
        lines.append(f"{new} of {len(asked)} people would be invited.")
    return Imported(tuple(lines), bool(faults), None if page is None else _links(page, asked, rows))


def _links(page: str, asked: Sequence[PersonRow], rows: Sequence[Json]) -> bytes | None:
    """The address of the page of each invitation, as CSV; None where none was shown. A spreadsheet works out what
    begins like a formula: such a name gets a quotation mark before it (OWASP, CSV injection)."""
    shown = [(asked[row["row"]], row) for row in rows if row["link"]]
    if not shown:
        return None
    out = io.StringIO(newline="")
    file = csv.writer(out)
    file.writerow(_LINKS)
    for person, row in shown:
        cells = (person.address, person.name, f"{page}{row['link']}", row["openUntil"])
        file.writerow([f"'{cell}" if cell.startswith(_BEGINS_FORMULA) else cell for cell in cells])
    return ("\ufeff" + out.getvalue()).encode()
