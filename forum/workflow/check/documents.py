"""Documents, how they are closed, in which languages they come, and where they may go."""

from collections.abc import Collection, Iterator, Mapping

from ..definition_parts import Document, Transmission
from ..finding import Finding
from ..process import Process
from ..toml_table import hint
from ..vocabulary import BODIES, LAYERS, ROLES

# The act that ends a text, by the way it ends.
CLOSED_BY = {
    "issued": "issue_document",
    "endorsed": "endorse_document",
    "adopted": "endorse_document",
    "no_objection": "start_silence",
}


def findings(
    process: Process,
    receivers: Collection[str] | None,
    processes: Mapping[str, Process],
    languages: Collection[str] | None,
) -> Iterator[Finding]:
    """Every document that cannot come about, end, be printed, or arrive."""
    yield from _closings(process)
    yield from _tracks(process)
    yield from _languages(process, languages)
    for sent in process.transmissions:
        yield from _transmission(process, sent, receivers)
        known = {**processes, process.name: process}
        yield from _accepted(process, sent, known, receivers is not None and known.keys() >= set(receivers))


def _closings(process: Process) -> Iterator[Finding]:
    for closing in process.closings.values():
        if closing.by not in (*ROLES, *BODIES):
            text = f"{closing.id} is closed by {closing.by}, which is neither a role nor a kind of body."
            yield Finding("unknown_closer", text, hint(closing.by, (*ROLES, *BODIES)), closing.line)
    for document in process.documents.values():
        if document.closing not in process.closings:
            text = f"{document.kind} is closed by {document.closing}, which is not defined."
            yield Finding("unknown_closing", text, f"Add [closings.{document.closing}].", document.line)
        if document.then:
            yield from _second(process, document)


def _second(process: Process, document: Document) -> Iterator[Finding]:
    first, second = process.closings.get(document.closing), process.closings.get(document.then)
    if second is None:
        text = f"{document.kind} ends once more by {document.then}, which is not defined."
        yield Finding("unknown_closing", text, f"Add [closings.{document.then}].", document.line)
    elif second.name == "no_objection":
        why = "a text that has ended has no drafters to go back to"
        text = f"{document.kind} ends once more by {document.then}, which is a silence: {why}."
        remedy = "Let the silence come first, or let the second closing be endorsed, adopted or issued."
        yield Finding("second_closing_unfit", text, remedy, document.line)
    elif first is not None and first.name == second.name:
        text = f"{document.kind} ends twice in one way, {first.name}: nobody could tell the second time from the first."
        yield Finding("second_closing_unfit", text, "Let the two closings differ in `how`.", document.line)


def _tracks(process: Process) -> Iterator[Finding]:
    for track in process.tracks.values():
        for kind in track.documents:
            document = process.documents.get(kind)
            if document is None:
                text = f"The track makes {kind}, which is not a document of this process."
                yield Finding("unknown_document", text, f"Add [documents.{kind}].", track.line, track.name)
                continue
            endings = (process.closings.get(name) for name in (document.closing, document.then))
            acts = dict.fromkeys(CLOSED_BY[closing.name] for closing in endings if closing)
            for act in (act for act in acts if not track.stages_with(act)):
                text = f"The track makes {kind}, and no stage of it gives {act}: the text could never end."
                yield Finding("cannot_be_closed", text, f"Give {act} at a late stage.", track.line, track.name)


def _transmission(process: Process, sent: Transmission, receivers: Collection[str] | None) -> Iterator[Finding]:
    if sent.document not in process.documents:
        text = f"{sent.document} is sent on, and no such document exists."
        yield Finding("unknown_document", text, f"Add [documents.{sent.document}].", sent.line)
    if not sent.to and not sent.outside:
        yield Finding("goes_nowhere", f"{sent.document} is sent to nobody.", "Fill `to`, or `outside`.", sent.line)
    for receiver in sent.to:
        name, _, track = receiver.partition("/")
        if name == process.name and track and track not in process.tracks:
            text = f"{sent.document} is sent to {receiver}, which is not a track of this process."
            yield Finding("unknown_receiver", text, hint(track, process.tracks), sent.line)
        elif receivers is not None and name not in {*receivers, process.name, *LAYERS}:
            text = f"{sent.document} is sent to {receiver}, which is neither a layer nor a known process."
            yield Finding("unknown_receiver", text, hint(name, {*receivers, *LAYERS}), sent.line)


def _languages(process: Process, languages: Collection[str] | None) -> Iterator[Finding]:
    if languages is None:
        return
    for document in process.documents.values():
        for tag in document.languages:
            if tag.split("-")[0].lower() not in languages:
                text = f"{document.kind} is to come in {tag}, for which papers have neither fonts nor words."
                remedy = f"Papers come in: {', '.join(sorted(languages))}."
                yield Finding("language_not_printed", text, remedy, document.line)


def _accepted(process: Process, sent: Transmission, known: Mapping[str, Process], all_known: bool) -> Iterator[Finding]:
    """Receivers that are known and take nothing in. A layer takes a text in where one of its processes does; that none
    does is reported only where `all_known`."""
    for receiver in sent.to:
        name, _, track = receiver.partition("/")
        candidates = [candidate for candidate in known.values() if name in (candidate.name, candidate.layer)]
        if (
            not candidates
            or (name in LAYERS and not all_known)
            or (name == process.name and track not in ("", *process.tracks))
        ):
            continue  # not known, or reported above
        if track and not any(track in candidate.tracks for candidate in candidates):
            text = f"{sent.document} is sent to {receiver}, and no such track is there."
            yield Finding(
                "unknown_receiver",
                text,
                hint(track, {t for candidate in candidates for t in candidate.tracks}),
                sent.line,
            )
            continue
        if not any(_takes_in(candidate, track) for candidate in candidates):
            text = f"{sent.document} is sent to {receiver}, and no stage there gives receive_contribution."
            remedy = (
                f'Send it elsewhere, or let {receiver} take it in: receive_contribution = {{ by = ["secretariat"] }}.'
            )
            yield Finding("not_accepted", text, remedy, sent.line)


def _takes_in(process: Process, track: str) -> bool:
    paths = [process.tracks[track]] if track in process.tracks else [] if track else list(process.tracks.values())
    return any(path.stages_with("receive_contribution") for path in paths)
