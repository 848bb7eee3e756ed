"""Words in their manner, as Akoma Ntoso, with footnotes where they are called."""

from collections.abc import Sequence

from ..markup import element, escaped, passages
from ..outline import Run, Text


class Words:
    """Words of one document: its footnotes are numbered as they are called."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._notes = 0

    def text(self, words: Text) -> str:
        """A text in one piece."""
        return "".join(map(self._run, words))

    def lines(self, words: Text, notes: Sequence[Text] = ()) -> list[str]:
        """The passages of a text as what stands in `p`, with footnotes at the end of the last."""
        whole = [self.text(passage) for passage in passages(words)]
        whole[-1] += "".join(map(self._note, notes))
        return whole

    def paragraphs(self, words: Text, notes: Sequence[Text] = ()) -> str:
        """The same, each in its `p`."""
        return "".join(element("p", {}, line) for line in self.lines(words, notes))

    def _note(self, words: Text) -> str:
        self._notes += 1
        known = {"eId": f"note_{self._notes}", "marker": str(self._notes), "placement": "bottom"}
        return element("authorialNote", known, element("p", {}, self.text(words)))

    def _run(self, run: Run) -> str:
        inside = escaped(run.text).replace("\n", "<eol/>")
        gone, new = run.struck or run.change == "removed", run.change == "added"
        for name, wanted in (("b", run.bold), ("i", run.italic), ("del", gone), ("ins", new)):
            inside = element(name, {}, inside) if wanted else inside
        language = run.language if run.language != self.language else None
        if run.small or language:
            inside = element("span", {"class": "remark" if run.small else None, "xml:lang": language}, inside)
        return element("a", {"href": run.link}, inside) if run.link else inside
