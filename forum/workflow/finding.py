"""One fault of a definition: where it is, what it is, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`code` is stable, for programs; `message` and `remedy` are sentences, for people. `line` is None when unknown."""

    code: str
    message: str
    remedy: str
    line: int | None = None
    track: str | None = None
    stage: str | None = None

    def spoken(self, label: str) -> str:
        """The finding in one line: `gfmd.toml, line 12 (main, drafting): message remedy`."""
        place = f"{label}, line {self.line}" if self.line else label
        where = ", ".join(part for part in (self.track, self.stage) if part)
        return f"{place} ({where}): {self.message} {self.remedy}" if where else f"{place}: {self.message} {self.remedy}"
