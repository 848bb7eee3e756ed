"""What was promised to those who handed something in must not be widened by a later version of the process.

`findings(old, new)` looks at everything in a definition by which inputs, comments and reservations could come before
more readers than their authors were told of. To narrow is allowed. Who may see authorship and drafts no definition
says: that is a floor in the code (`forum/reading/visibility.py`).
"""

from collections.abc import Iterator

from ..definition_parts import Moves
from ..finding import Finding
from ..moves import moves_from
from ..process import Process
from ..vocabulary import VISIBILITIES

CODE = "promise_widened"
_READ_BY = {"team": "the team alone", "participants": "the participants", "public": "everybody"}


def findings(old: Process, new: Process, moves: Moves | None = None) -> Iterator[Finding]:
    """All that `new` would widen of what `old` promises. `moves`: where the map of the definition is overridden."""
    yield from _comments(old, new, moves_from(new, old.version) if moves is None else moves)
    yield from _texts(old, new)
    yield from _reservations(old, new)


def _wider(was: str, now: str) -> bool:
    return VISIBILITIES.index(now) > VISIBILITIES.index(was)


def _in_both(old: Process, new: Process) -> list[str]:
    """The kinds of document that both versions have."""
    return [kind for kind in old.documents if kind in new.documents]


def _comments(old: Process, new: Process, moves: Moves) -> Iterator[Finding]:
    for track in old.tracks.values():
        new_track = new.tracks.get(moves.tracks.get(track.name, track.name))
        if new_track is None or not _wider(track.comments, new_track.comments):
            continue
        message = (
            f"Comments on {track.name} were promised to {_READ_BY[track.comments]}; "
            f"on {new_track.name} {_READ_BY[new_track.comments]} would read them."
        )
        yield Finding(CODE, message, f'Keep comments = "{track.comments}" there.', new_track.line, track.name)


def _texts(old: Process, new: Process) -> Iterator[Finding]:
    """A comment is read by nobody who cannot read its text: whoever wrote one counted on that."""
    for kind in _in_both(old, new):
        was, now = old.documents[kind].visibility, new.documents[kind].visibility
        if _wider(was, now):
            message = f"A {kind}, with comments on it, was promised to {_READ_BY[was]}; {_READ_BY[now]} would read it."
            yield Finding(CODE, message, f'Keep visibility = "{was}".', new.documents[kind].line)


def _reservations(old: Process, new: Process) -> Iterator[Finding]:
    """A reservation that was not to be printed is told to the text's readers once it is."""
    for kind in _in_both(old, new):
        was = old.closings.get(old.documents[kind].closing)
        now = new.closings.get(new.documents[kind].closing)
        if was and now and was.reservations == "none" and now.reservations != "none":
            message = f"Reservations to a {kind} were promised not to be printed; now its readers would read them."
            yield Finding(CODE, message, 'Keep reservations = "none".', now.line)
