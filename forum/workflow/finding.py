"""One fault of a definition: where it is, what it is, and what to do about it."""

from dataclasses import dataclass

from .lines import place


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
        where = ", ".join(part for part in (self.track, self.stage) if part)
        at = f"{place(label, self.line)} ({where})" if where else place(label, self.line)
        return f"{at}: {self.message} {self.remedy}"
