"""A paper of every kind in each of six languages, and the command that prints them into `docs/specimen`:
`python -m tests.support.rendering.specimen`."""

from collections.abc import Callable
from functools import partial

from forum.rendering import outline as o
from forum.rendering.papers import facts as fi
from forum.rendering.papers import response as re_
from forum.rendering.papers.front import FigureFacts, Imprint
from forum.rendering.papers.silence_record import ReservationFacts, RoundFacts, SilenceRecordFacts, silence_record
from forum.rendering.pdf.draw import draw
from tests.support.rendering.laid_out import focused_input, summary
from tests.support.rendering.sample_summaries import HASH
from tests.support.rendering.specimen_texts import TEXTS, Texts
from tests.support.sources import ROOT

FOLDER = ROOT / "docs" / "specimen"
_PAGE = "https://forum.example.org/documents/GFMD/2020/HLPF/1"


def _imprint(language: str, texts: Texts) -> Imprint:
    return Imprint(language, "en", HASH, texts.closed, "GFMD/2020/HLPF/1", "Rev.1", texts.date, address=_PAGE)


def summary_in(language: str) -> o.Outline:
    """A summary of conclusions."""
    texts = TEXTS[language]
    bullets = (texts.point, texts.aim)
    return summary(
        fi.PaperFacts(
            imprint=_imprint(language, texts),
            series=texts.forum,
            title=texts.title,
            kind=texts.summary,
            subtitles=(texts.place,),
            meeting=fi.MeetingFacts(
                texts.forum,
                texts.place,
                texts.date,
                (FigureFacts("speakers", 32, "32"), FigureFacts("women", 11, "10")),
            ),
            preamble=(fi.ParagraphFacts(texts.opening), fi.ParagraphFacts(texts.symbols)),
            conclusions=(
                fi.ConclusionGroup(
                    texts.section,
                    (
                        fi.ConclusionFacts("1", texts.paragraph, bullets, (texts.source,)),
                        fi.ConclusionFacts("2", texts.symbols, bullets),
                    ),
                ),
            ),
            closing=(fi.ParagraphFacts(texts.quote),),
        )
    )


def focused_in(language: str) -> o.Outline:
    """A focused input with every kind of block, and the annex of practices."""
    texts, p = TEXTS[language], fi.ParagraphFacts
    practice = fi.PracticeFacts(
        "10.7", texts.practice, "https://example.org/desk", "2018 – 2021", texts.city, texts.aim, texts.forum
    )
    section = fi.SectionFacts(
        texts.section,
        (
            p(texts.paragraph, "1", (texts.source,), (texts.reserved,)),
            p(texts.symbols, "2"),
            fi.BulletFacts((p(texts.point), p(texts.aim))),
            fi.QuoteFacts(p(texts.quote), texts.credit),
            fi.BoxFacts("1", texts.box, (p(texts.aim), p(texts.opening))),
        ),
    )
    return focused_input(
        fi.PaperFacts(
            imprint=_imprint(language, texts),
            series=texts.forum,
            title=texts.title,
            kind=texts.focused,
            subtitles=(texts.theme,),
            opening=(p(texts.opening),),
            sections=(section,),
            recommendations=(fi.RecommendationFacts(texts.advice, (p(texts.aim, "3"),), texts.addressee),),
            practices=fi.AnnexFacts(
                texts.practice, (texts.opening,), (fi.PracticeGroup(texts.source, (practice,) * 4),)
            ),
            disclaimers=(texts.quote,),
        )
    )


def response_in(language: str) -> o.Outline:
    """What became of inputs."""
    texts, places = TEXTS[language], (re_.PlaceFacts("1", f"{_PAGE}#1"),)
    alike = tuple(re_.AnswerFacts(words, texts.disposition, texts.reason) for words in (texts.aim, texts.point))
    return re_.response(
        re_.ResponseFacts(
            imprint=_imprint(language, texts),
            series=texts.forum,
            title=texts.title,
            kind=texts.answered,
            opening=(texts.opening,),
            contributors=(
                re_.ContributorFacts(texts.city, (re_.AnswerFacts(texts.symbols, texts.disposition, "", places),)),
                re_.ContributorFacts(texts.addressee, alike),
                re_.ContributorFacts(texts.forum, no_input=True),
            ),
            disclaimers=(texts.quote,),
        )
    )


def record_in(language: str) -> o.Outline:
    """The record of a no-objection procedure."""
    texts = TEXTS[language]
    reserved = (ReservationFacts(texts.reserved), ReservationFacts(texts.symbols))
    round_facts = RoundFacts(
        1, texts.forum, "Rev.1", HASH, texts.date, texts.date, "passed", f"{texts.closed}.",
        (texts.addressee, texts.city), reservations=reserved,
    )  # fmt: skip
    return silence_record(
        SilenceRecordFacts(_imprint(language, texts), texts.forum, texts.title, texts.focused, (round_facts,))
    )


_KINDS = {"summary": summary_in, "focused": focused_in, "response": response_in, "record": record_in}
SPECIMEN: dict[str, Callable[[], o.Outline]] = {
    f"{kind}-{language}": partial(make, language) for kind, make in _KINDS.items() for language in sorted(TEXTS)
}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in SPECIMEN.items():
        (FOLDER / f"{name}.pdf").write_bytes(draw(make()))
