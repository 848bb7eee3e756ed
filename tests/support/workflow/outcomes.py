"""What a process says of outcomes, read in a second way: what became of an input, how a text ended, where it may
go."""

import string
from collections.abc import Mapping

from forum.errors import InvalidValue, TransmissionNotAllowed, WordNotAllowed
from forum.workflow.definition_parts import Closing
from forum.workflow.process import Process


def needs(process: Process, word: str) -> frozenset[str]:
    """The facts a disposition's sentence asks for, such as `paragraph`. Refuses a word the process does not use."""
    return frozenset(_asked(_template(process, word)))


def disposition(process: Process, word: str, facts: Mapping[str, object]) -> str:
    """The sentence an author reads: `taken_up` -> "taken up in paragraph 14".

    Refuses (`WordNotAllowed`) a word that is not the process's, and (`InvalidValue`) a missing fact, naming it.
    """
    return _filled(_template(process, word), facts, f"The disposition {word}")


def closing_of(process: Process, kind: str) -> Closing:
    """How a kind of document ends. Refuses a kind the process does not make."""
    document = process.documents.get(kind)
    if document is None:
        known = ", ".join(process.documents)
        raise InvalidValue(reason=f"The process {process.name} makes no {kind}. It makes: {known}.")
    return process.closings[document.closing]


def closing_words(process: Process, kind: str, facts: Mapping[str, object]) -> str:
    """What stands on screen and paper once a document is closed, from the facts `date`, `body` and the like."""
    closing = closing_of(process, kind)
    return _filled(closing.word_on_paper, {"hours": closing.hours, **facts}, f"The closing {closing.id}")


def allowed_receivers(process: Process, kind: str) -> tuple[str, ...]:
    """The layers, processes and tracks a kind of document may go to, "outside" among them where it may leave."""
    receivers: dict[str, None] = {}
    for sent in process.transmissions:
        if sent.document == kind:
            receivers.update(dict.fromkeys(sent.to))
            if sent.outside:
                receivers["outside"] = None
    return tuple(receivers)


def may_send(
    process: Process, kind: str, *, layer: str, receiver: str, track: str | None = None
) -> TransmissionNotAllowed | None:
    """None when a kind of document may go to an edition of this layer, run by the process `receiver`, on this track."""
    allowed = allowed_receivers(process, kind)
    if {layer, receiver, f"{receiver}/{track}", f"{layer}/{track}"} & set(allowed):
        return None
    place = f"{receiver}/{track}" if track else receiver
    return TransmissionNotAllowed(process=process.name, document=kind, receiver=place, allowed=allowed)


def may_leave(process: Process, kind: str) -> TransmissionNotAllowed | None:
    """None when a kind of document may be delivered to a body that is not on this service."""
    allowed = allowed_receivers(process, kind)
    if "outside" in allowed:
        return None
    return TransmissionNotAllowed(process=process.name, document=kind, receiver="outside", allowed=allowed)


def _template(process: Process, word: str) -> str:
    if word not in process.dispositions:
        raise WordNotAllowed(word=word, words=tuple(process.dispositions))
    return process.dispositions[word]


def _asked(template: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(template) if name]


def _filled(template: str, facts: Mapping[str, object], subject: str) -> str:
    missing = [name for name in _asked(template) if facts.get(name) is None]
    if missing:
        raise InvalidValue(reason=f"{subject} needs: {', '.join(missing)}.")
    return template.format(**{name: str(value) for name, value in facts.items()})
