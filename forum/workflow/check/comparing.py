"""Dates that can be compared: those of one edition, or those that are counted from the same anchor."""

from ...times import spoken
from ..calendar.calendar import Calendar, Dated, StageWindow
from ..process import Process


class Comparing:
    """The dates of one calendar. Where it is not `concrete`, its anchors only stand in for those of an edition: then
    dates are compared only if they are counted from the same anchor in the same way, and are quoted as the definition
    writes them."""

    def __init__(self, process: Process, calendar: Calendar, concrete: bool) -> None:
        self.process, self.calendar, self.concrete = process, calendar, concrete
        self.windows: dict[str, list[StageWindow]] = {name: [] for name in process.tracks}
        self._of_stage: dict[tuple[str, str], StageWindow] = {}
        for window in calendar.windows:
            self.windows[window.track].append(window)
            self._of_stage[window.track, window.stage] = window
        self.meetings = {meeting.name: meeting for meeting in calendar.meetings}
        self.documents = {document.name: document for document in calendar.documents}

    def window(self, track: str, stage: str) -> StageWindow | None:
        """The planned window of one stage, dated or not."""
        return self._of_stage.get((track, stage))

    def both(self, first: Dated | None, second: Dated | None) -> bool:
        """Whether both are known and can be compared."""
        return first is not None and second is not None and (self.concrete or first.base == second.base)

    def say(self, date: Dated) -> str:
        """A date as people read it: the instant of an edition, else the words of the file."""
        return spoken(date.at, date.zone) if self.concrete or date.when is None else f'"{date.when.written}"'
