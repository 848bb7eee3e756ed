"""The response document, "what became of your input": asked for through the contract, and made into facts."""

from ..errors import NotFound
from ..rendering.papers.response import AnswerFacts, ContributorFacts, ResponseFacts
from .asking import Asks
from .in_common import Json, answering_kind, disclaimers, imprint, kind_title, with_imprint

ITS_KIND = "What became of your input"  # where the process has no kind of document that says what became of inputs
UNATTRIBUTED = "Shared without attribution"


async def responses(session: Asks, symbol: str) -> ResponseFacts:
    """What became of each input to a text, by contributor. Refuses (NotFound) a text the reader may not see."""
    answers: list[Json] = []
    after = None
    while True:
        asked = await session.ask("ResponsePaper", symbol=symbol, after=after)
        document = asked["document"]
        if document is None:
            raise NotFound(what=f"document {symbol}")
        page = document["dispositions"]
        answers += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    contributors: dict[str, list[AnswerFacts]] = {}
    for a in answers:
        name, piece = whose(a["of"])
        reached = (a["reflectedIn"]["number"],) if a["reflectedIn"] and a["reflectedIn"]["number"] else ()
        contributors.setdefault(name, []).append(AnswerFacts(piece, a["words"], a["reason"] or "", reached))
    kind = answering_kind(document)
    together = sum(1 for a in answers if a["notedTogether"])
    return ResponseFacts(
        imprint=imprint(await with_imprint(session, asked["viewer"], document)),
        series=f"{document['forum']['name']} · {document['edition']['name']}",
        title=document["title"],
        kind=kind_title(document, kind) if kind else ITS_KIND,
        about=document["symbol"],
        figures=(("Answers given", str(len(answers))), ("Of these noted together", str(together))),
        contributors=tuple(
            ContributorFacts(name, tuple(sorted(facts, key=lambda f: f.piece)))
            for name, facts in sorted(contributors.items())
        ),
        disclaimers=disclaimers(document, kind),
    )


def whose(of: Json | None) -> tuple[str, str]:
    """Under whose name an answer stands, and what it is an answer to."""
    if of is None:
        return UNATTRIBUTED, "An input"
    if of["__typename"] == "Recommendation":
        return "Recommendations", of["heading"]
    # Under one heading for all: "a participant" over two of them would say that the same one sent both.
    name = UNATTRIBUTED if of["attribution"]["kind"] == "NONE" else of["attribution"]["label"]
    if of["__typename"] == "Contribution":
        return name, of["title"]
    return name, f"Comment on paragraph {of['paragraph']['number']}" if of["paragraph"] else "Comment"
