"""R1: a report of a thousand inputs as two papers, drawn in a process of its own: seconds, pages, peak memory.

The response document answers each of the inputs twice; the focused input carries them all, as sources of its paragraphs
and as rows of its annex.
"""

import io
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from random import Random

import pikepdf

from forum.errors import Misconfigured
from forum.rendering.docx import draw as docx
from forum.rendering.outline import Outline
from forum.rendering.papers.facts import (
    AnnexFacts,
    PaperFacts,
    ParagraphFacts,
    PracticeFacts,
    PracticeGroup,
    SectionFacts,
)
from forum.rendering.papers.front import Imprint
from forum.rendering.papers.response import AnswerFacts, ContributorFacts, PlaceFacts, ResponseFacts, response
from forum.rendering.pdf.draw import draw
from tests.bench import processes
from tests.bench._inputs import TARGETS
from tests.bench._words import prose, sentence, title
from tests.support.rendering.laid_out import focused_input

_HASH = "0" * 64


@dataclass(frozen=True)
class Drawn:
    """A paper drawn: which one, of how many inputs, in how many seconds, how many pages and bytes, and the most memory
    its process ever held, in bytes; then in how many seconds as a Word file."""

    name: str
    inputs: int
    seconds: float
    pages: int
    bytes: int
    peak: int
    word: float


def answers(inputs: int) -> Outline:
    """The response document: two answers to each input, with reasons."""
    rng = Random(1)
    contributors = tuple(
        ContributorFacts(
            f"Organisation {n:04}",
            tuple(
                AnswerFacts(
                    f"Section {s}: {title(rng)}",
                    f"taken up in paragraph {1 + n % 60}",
                    prose(rng, 200),
                    (PlaceFacts(str(1 + n % 60)),),
                )
                for s in (1, 2)
            ),
            "Civil Society Mechanism",
            f"No. {n:04}",
        )
        for n in range(inputs)
    )
    figures = (("Inputs received", str(inputs)),)
    return response(
        ResponseFacts(
            _imprint(),
            "A forum",
            "Report",
            "What became of your input",
            "BENCH/1",
            (prose(rng, 400),),
            figures,
            contributors,
        )
    )


def report(inputs: int) -> Outline:
    """The focused input: sixty paragraphs that name their sources, and an annex with a row for each input."""
    rng = Random(2)
    names = [f"Organisation {n:04}" for n in range(inputs)]
    count = min(60, inputs)
    paragraphs = [ParagraphFacts(prose(rng, 700), str(n + 1), tuple(names[n::count])) for n in range(count)]
    sections = tuple(SectionFacts(title(rng), tuple(paragraphs[n : n + 12])) for n in range(0, count, 12))
    rows = tuple(
        PracticeFacts(
            rng.choice(TARGETS),
            title(rng),
            f"https://example.org/{n}",
            "2018 - 2021",
            name,
            prose(rng, 300),
            sentence(rng),
        )
        for n, name in enumerate(names)
    )
    annex = AnnexFacts("Practices", (sentence(rng), sentence(rng)), (PracticeGroup("Inputs to the call", rows),))
    return focused_input(
        PaperFacts(
            _imprint(),
            "A forum",
            "Report",
            "Focused input",
            opening=(ParagraphFacts(prose(rng, 500)),),
            sections=sections,
            practices=annex,
        )
    )


def _imprint() -> Imprint:
    return Imprint("en", "en", _HASH, symbol="BENCH/1", version="zero draft", date="1 January 2020")


PAPERS: dict[str, Callable[[int], Outline]] = {"response document": answers, "focused input": report}


def _draw(name: str, inputs: int, told: Connection) -> None:
    start = time.perf_counter()
    content = draw(PAPERS[name](inputs))
    seconds = time.perf_counter() - start
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    told.send((seconds, pages, len(content)))
    told.recv()  # stay until our memory was looked at
    start = time.perf_counter()
    docx.draw(PAPERS[name](inputs))
    told.send(time.perf_counter() - start)


def drawn(name: str, inputs: int) -> Drawn:
    """Draw one of the papers, in a fresh process."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_draw, args=(name, inputs, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        seconds, pages, size = ours.recv()
        most = processes.peak(process.pid or 0)
        ours.send(None)
        word = ours.recv()
    except EOFError:
        raise Misconfigured(reason=f"The paper was not drawn: {name}, {inputs} inputs.") from None
    finally:
        process.join(30)
    return Drawn(name, inputs, seconds, pages, size, most, word)
