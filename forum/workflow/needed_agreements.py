"""Which agreements a process will need: of whom it says that they convene, or have texts.

A process names layers and processes, not forums; which forum it is, an edition says. So this tells beforehand whom to
ask, and refuses nothing: an act refuses where the forum it names has not agreed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .holders import convenors
from .process import Process


@dataclass(frozen=True)
class NeededAgreement:
    """What one kind of forum must agree to: `purpose` as an agreement knows it, `of` a layer or process, `sentence` for
    people."""

    purpose: str
    of: str
    sentence: str


# AgreementPurpose -> what is agreed to, in a sentence.
_SAID = {"convene": "to convene: ", "receive": "to take in: "}


def needed(process: Process) -> tuple[NeededAgreement, ...]:
    """All of them, each kind of forum once for each purpose, in the order of the file."""
    titles: dict[tuple[str, str], dict[str, None]] = {}
    for purpose, of, title in (*_convening(process), *_receiving(process)):
        titles.setdefault((purpose, of), {})[title] = None
    return tuple(
        NeededAgreement(purpose, of, f"A forum ({of}) must have agreed {_SAID[purpose]}{', '.join(which)}.")
        for (purpose, of), which in titles.items()
    )


def _convening(process: Process) -> Iterator[tuple[str, str, str]]:
    titles = {body.title: body.convened_by for body in process.bodies.values()}
    titles |= {track.title: convenors(process, track) for track in process.tracks.values()}
    for title, words in titles.items():
        # A mechanism convenes as a body of the forum itself.
        others = (of for of in _others(process, words) if of not in process.mechanisms)
        yield from (("convene", of, title) for of in others)


def _receiving(process: Process) -> Iterator[tuple[str, str, str]]:
    for sent in process.transmissions:
        title = process.documents[sent.document].title if sent.document in process.documents else sent.document
        names = (to.partition("/")[0] for to in sent.to)
        yield from (("receive", of, title) for of in _others(process, names))


def _others(process: Process, words: Iterable[str]) -> Iterator[str]:
    """A text that stays with the process's own forum needs no agreement."""
    return (word for word in words if word != process.name)
