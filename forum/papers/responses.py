"""The response document, "what became of your input": asked for through the contract, and made into facts."""

from ..errors import NotFound
from ..rendering.papers.response import AnswerFacts, ContributorFacts, PlaceFacts, ResponseFacts
from ..rendering.papers.words import word
from .asking import Asks
from .in_common import Json, address, answering_kind, disclaimers, imprint, kind_title, with_imprint


async def responses(session: Asks, symbol: str) -> ResponseFacts:
    """What became of each input to a text, by contributor. Refuses (NotFound) a text the reader may not see."""
    answers: list[Json] = []
    after = None
    while True:
        asked = await _page(session, symbol, after)
        document = asked["document"]
        page = document["dispositions"]
        answers += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    language = document["language"]
    contributors: dict[str, list[AnswerFacts]] = {}
    for a in answers:
        name, piece = whose(a["of"], language)
        at = a["reflectedIn"]
        place = PlaceFacts(at["number"], address(session.home, document, at)) if at and at["number"] else None
        contributors.setdefault(name, []).append(
            AnswerFacts(piece, a["words"], a["reason"] or "", (place,) if place else ())
        )
    kind = answering_kind(document)
    together = sum(1 for a in answers if a["notedTogether"])
    return ResponseFacts(
        imprint=imprint(await with_imprint(session, asked["viewer"], document), session.home),
        series=f"{document['forum']['name']} · {document['edition']['name']}",
        title=document["title"],
        kind=kind_title(document, kind) if kind else word("became", language),
        about=document["symbol"],
        figures=(
            (word("answers_given", language), str(len(answers))),
            (word("noted_together", language), str(together)),
        ),
        contributors=tuple(
            ContributorFacts(name, tuple(sorted(facts, key=lambda f: f.piece)))
            for name, facts in sorted(contributors.items())
        ),
        disclaimers=disclaimers(document, kind),
    )


async def _page(session: Asks, symbol: str, after: str | None) -> Json:
    """A page of the answers, in the words that the process has in the language of the text. Refuses (NotFound) a text
    the reader may not see."""
    asked = await session.ask("ResponsePaper", symbol=symbol, after=after)
    if asked["document"] is None:
        raise NotFound(what=f"document {symbol}")
    if session.language == asked["document"]["language"]:
        return asked
    session.speak(asked["document"]["language"])
    return await session.ask("ResponsePaper", symbol=symbol, after=after)


def whose(of: Json | None, language: str) -> tuple[str, str]:
    """Under whose name an answer stands, and what it is an answer to, in a language."""
    if of is None:
        return word("unattributed", language), word("an_input", language)
    if of["__typename"] == "Recommendation":
        return word("recommendations", language), of["heading"]
    # Under one heading for all: "a participant" over two of them would say that the same one sent both.
    unnamed = of["attribution"]["kind"] == "NONE"
    name = word("unattributed", language) if unnamed else of["attribution"]["label"]
    if of["__typename"] == "Contribution":
        return name, of["title"]
    on = of["paragraph"]
    return name, word("comment_on", language, number=on["number"]) if on else word("comment", language)
