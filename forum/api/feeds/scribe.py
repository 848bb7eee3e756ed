"""What has a date in an edition -> the entries of a calendar, in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ...domain.contact import Language
from ...domain.saying import Instant, Saying, saying
from ...languages.say import Reader
from ...rendering.feeds.entries import Category, Entry, Status
from .reading import EditionDates, Row
from .set_at import SetAt

_OF_FORUM = "{forum}: {what}"
_INPUTS = "Inputs close: {title}"
_COMMENTS = "Comments close: {title}"
_SILENCE = "A silence ends: {title}"
_DUE = "A text is due: {title}"
_OUT = "A text came out: {title}"
_MEETING = "Meeting: {title}"
_PERMIT = "Inputs close, later for you: {title}"
_MEND = saying("An input that was returned is to be mended")
_NOT_PUBLIC = saying("a text that is not public")
_UNTIL = "Until {instant}; that instant itself is too late."
_MIDNIGHT = "This is midnight at the end of {day}."
_IN_UTC = "In UTC: {instant}."
_LATE = "Inputs that come later are marked late. They are taken until {instant}."
_TAKEN_BACK = saying("The call was taken back: nothing is handed in to it.")
_EARLY = saying("The text was closed before its time; nobody comments on it any more.")
_PLANNED = saying("As planned: it may still move.")


@dataclass(frozen=True)
class Scribe:
    """Writes entries in a language. `forum`: what stands before each, since programs show many calendars as one."""

    language: Language
    forum: str

    def entries(self, dates: EditionDates) -> Iterator[Entry]:
        """Every date of an edition."""
        set_at = SetAt(dates)
        for call in dates.calls:
            yield self.call(call, set_at)
        for document in dates.documents:
            yield from self.text(document, dates.head["zone"], set_at)
            for silence in document["silences"]["nodes"]:
                yield self.silence(silence, document, dates.head["zone"], set_at)
        for meeting in dates.meetings:
            yield self.meeting(meeting, dates.head["zone"], set_at)
        yield from self.planned(dates, set_at)

    def call(self, call: Row, set_at: SetAt) -> Entry:
        """The end of a call."""
        zone, closes = call["timeZone"], _at(call["closesAt"])
        if call["state"] == "WITHDRAWN":
            lines, status, when = [self._said(_TAKEN_BACK)], Status.CANCELLED, set_at.counted(call, call["closedAt"])
        else:
            lines, status, when = self._until(closes, zone), Status.CONFIRMED, set_at.counted(call)
            if call["lateUntil"]:
                lines.append(self._said(saying(_LATE, instant=Instant(_at(call["lateUntil"]), zone)), zone))
        return self._deadline(f"call-{_uuid(call)}", closes, zone, when, _INPUTS, call["title"], lines, status)

    def permit(self, permit: Row, call: Row, set_at: SetAt) -> Entry:
        """That one organisation may hand in later. It is not named: it is the reader's."""
        zone, until, when = call["timeZone"], _at(permit["until"]), set_at.alone(call, permit["givenAt"])
        uid, lines = f"permit-{_uuid(call)}-{_uuid(permit['organisation'])}", self._until(until, zone)
        return self._deadline(uid, until, zone, when, _PERMIT, call["title"], lines)

    def mend(self, notice: Row) -> Entry:
        """Until when an input that was returned may be mended. Its title is not written: an address may leak."""
        returned = notice["contribution"]
        until, zone = _at(returned["mendUntil"]), returned["edition"]["zone"]
        lines = "\n".join(self._until(until, zone))
        return Entry(
            f"mend-{_uuid(returned)}", until, zone, _at(notice["sentAt"]), self._of_forum(_MEND), lines,
            Category.DEADLINE, ends_day=True,
        )  # fmt: skip

    def text(self, document: Row, zone: str, set_at: SetAt) -> Iterator[Entry]:
        """The consultation on a text, and that it came out."""
        title, closed = _title(document), document["closedAt"]
        if document["commentsCloseAt"]:
            closes = _at(document["commentsCloseAt"])
            early = closed is not None and _at(closed) < closes
            at = _at(closed) if early else closes
            when = set_at.counted(document, document["commentsOpenAt"], closed if early else None)
            lines = [self._said(_EARLY)] if early else self._until(closes, zone)
            yield self._deadline(f"comments-{_uuid(document)}", at, zone, when, _COMMENTS, title, lines)
        if closed is not None:
            yield Entry(
                f"out-{_uuid(document)}", _at(closed), zone, set_at.alone(document, closed),
                self._summary(_OUT, title), category=Category.TEXT,
            )  # fmt: skip

    def silence(self, silence: Row, document: Row, zone: str, set_at: SetAt) -> Entry:
        """The end of a silence on a text."""
        ends, when = _at(silence["endsAt"]), set_at.alone(silence, silence["startsAt"])
        uid, lines = f"silence-{_uuid(silence)}", self._until(ends, zone)
        return self._deadline(uid, ends, zone, when, _SILENCE, _title(document), lines)

    def meeting(self, meeting: Row, zone: str, set_at: SetAt) -> Entry:
        """A meeting, on its whole days: its hours stand in its agenda."""
        return Entry(
            f"meeting-{_uuid(meeting)}", date.fromisoformat(meeting["startsOn"]), zone,
            set_at.alone(meeting, meeting["revisedAt"]), self._summary(_MEETING, meeting["title"]),
            place=", ".join(filter(None, (meeting["venue"], meeting["city"]))), category=Category.MEETING,
            until=date.fromisoformat(meeting["endsOn"]),
            status=Status.CONFIRMED if meeting["status"] == "FINAL" else Status.TENTATIVE,
        )  # fmt: skip

    def planned(self, dates: EditionDates, set_at: SetAt) -> Iterator[Entry]:
        """What an edition plans beside what stands: texts that are due, meetings not entered yet, its anchors."""
        rehearsal, when = dates.head["calendar"]["rehearsal"], set_at.planned()
        for planned in rehearsal["happenings"] if rehearsal else ():
            at, zone, title = _at(planned["at"]), planned["zone"], planned["title"]
            uid, note = f"{planned['key']}-{_uuid(dates.head)}", self._said(_PLANNED)
            if planned["kind"] == "DUE":
                summary = self._summary(_DUE, title)
                yield Entry(uid, at, zone, when, summary, note, Category.TEXT, ends_day=True, status=Status.TENTATIVE)
            elif planned["kind"] == "MEETING" and not _entered(at, zone, dates.meetings):
                until = _at(planned["until"]) if planned["until"] else None
                summary = self._summary(_MEETING, title)
                yield Entry(
                    uid, at, zone, when, summary, note, Category.MEETING, until=until, status=Status.TENTATIVE
                )  # fmt: skip
            elif planned["kind"] == "ANCHOR":
                day, summary = at.astimezone(ZoneInfo(zone)).date(), self._of_forum(title)
                yield Entry(uid, day, zone, when, summary, note, Category.DATE, status=Status.TENTATIVE)

    def _deadline(
        self, uid: str, at: datetime, zone: str, when: datetime, text: str, title: str | Saying, lines: list[str],
        status: Status = Status.CONFIRMED,
    ) -> Entry:  # fmt: skip
        summary = self._summary(text, title)
        return Entry(uid, at, zone, when, summary, "\n".join(lines), Category.DEADLINE, ends_day=True, status=status)

    # ---- words
    def _summary(self, text: str, title: str | Saying) -> str:
        return self._of_forum(saying(text, title=title))

    def _of_forum(self, what: Saying | str) -> str:
        return self._said(saying(_OF_FORUM, forum=self.forum, what=what))

    def _until(self, at: datetime, zone: str) -> list[str]:
        """A deadline in whole sentences: midnight is named by the day that it ends."""
        local = at.astimezone(ZoneInfo(zone))
        lines = [self._said(saying(_UNTIL, instant=Instant(at, zone)), zone)]
        if (local.hour, local.minute, local.second) == (0, 0, 0):
            day = Reader(self.language, zone).day(local.date() - timedelta(days=1))
            lines.append(self._said(saying(_MIDNIGHT, day=day)))
        if zone != "UTC":
            lines.append(self._said(saying(_IN_UTC, instant=Instant(at, "UTC"))))
        return lines

    def _said(self, what: Saying, zone: str = "UTC") -> str:
        """A sentence, its instants in the zone."""
        return Reader(self.language, zone).say(what)


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _title(document: Row) -> str | Saying:
    """How a text is called in an entry: whoever finds an address is not to learn what is not public."""
    return str(document["title"]) if document["audience"] == "PUBLIC" else _NOT_PUBLIC


def _uuid(row: Row) -> str:
    """The uuid of a thing's id: `Call:...`."""
    return str(row["id"]).partition(":")[2]


def _entered(at: datetime, zone: str, meetings: tuple[Row, ...]) -> bool:
    """Whether a planned meeting is one that was entered: it has its days then."""
    day = at.astimezone(ZoneInfo(zone)).date().isoformat()
    return any(meeting["startsOn"] <= day <= meeting["endsOn"] for meeting in meetings)
