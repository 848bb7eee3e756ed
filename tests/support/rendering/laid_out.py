"""The usual layouts of the workflow room, for facts at hand: papers without a process or a service."""

from forum.rendering.outline import Outline
from forum.rendering.papers.facts import PaperFacts
from forum.rendering.papers.laid import Laid
from forum.rendering.papers.layout import paper
from forum.workflow.definition_parts import PaperPart
from forum.workflow.layouts import REPORT, SUMMARY, sources


def laid(*blocks: str) -> tuple[Laid, ...]:
    """These blocks, each as it is laid out where a file says no more than its name."""
    return tuple(Laid(block, sources=sources(PaperPart(block))) for block in blocks)


def focused_input(facts: PaperFacts) -> Outline:
    """A report with its annex of practices."""
    at = REPORT.index("reservations")
    return paper(facts, laid(*REPORT[:at], "practices", *REPORT[at:]))


def summary(facts: PaperFacts) -> Outline:
    """A summary of conclusions."""
    return paper(facts, laid(*SUMMARY))
