"""The marks of a text, read once for all: its words, its safe HTML and its paper come from the same reading.

The language is CommonMark with fewer marks, because a text of a forum is typed or pasted by people who mean what they
typed. A mark is read only where leaving its sign out takes nothing away:

- A number at the beginning of a line is a word: "1986. A year of change" and "12." stand as they were typed.
- A point of a list begins with "-" or "*" and a space, and says something. "+" is a plus.
- A quotation begins with ">", unless a number follows: "> 50 per cent" is more than half.
- A heading begins with one to six "#" and says something.
- The end of a line is an end of a line. A line of dashes, a line that is set in, three backticks and "[1]: ..." are
  text; so is every tag of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_POINT = re.compile(r"[-*][ \t]+[^\s]")
_QUOTATION = re.compile(r">(?![ \t]*[\d.,]*\d)[ \t]*[^\s>]|>(?=[ \t]*>)")
_HEADING = re.compile(r"#{1,6}[ \t]+(?!#+[ \t]*$)[^\s]")
_NOT_READ = ["code", "fence", "hr", "lheading", "reference", "html_block", "table"]
Rule = Callable[[StateBlock, int, int, bool], bool]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in one manner; `link` is where they lead."""

    words: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or what stands like one: `mark` is paragraph, heading, point or quotation; `depth` how many lists a
    point stands in. A newline in a stretch is the end of a line."""

    mark: str
    depth: int
    stretches: tuple[Stretch, ...]

    @property
    def words(self) -> str:
        return "".join(stretch.words for stretch in self.stretches)


def passages(markdown: str) -> tuple[Passage, ...]:
    """The text as its passages, in order; those without a word are left out."""
    return tuple(passage for passage in _passages(_READER.parse(markdown)) if passage.words.strip())


def html(markdown: str) -> str:
    """The text as HTML, not yet cleaned of anything. Pictures are their descriptions: a remote picture would tell its
    server who reads."""
    rendered: str = _READER.render(markdown)
    return rendered


def unmarked(stretch: str) -> str:
    """A stretch out of the middle of a text without the marks it carries within a line; its white space stays."""
    core = stretch.strip()
    before, _, after = stretch.partition(core) if core else (stretch, "", "")
    tokens = _READER.parseInline(core)[0].children or []
    return before + "".join(map(_words, tokens)) + after


def _passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    depth, quoted, heading, first = 0, 0, False, False
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name == "bullet_list":
            depth += token.nesting
        elif name == "blockquote":
            quoted += token.nesting
        elif name == "heading":
            heading = token.nesting == 1
        elif token.type == "list_item_open":
            first = True
        elif token.type == "inline":
            mark = "heading" if heading else "point" if first else "quotation" if quoted else "paragraph"
            first = False
            yield Passage(mark, depth, tuple(_stretches(token.children or [])))


def _stretches(tokens: Sequence[Token]) -> Iterator[Stretch]:
    bold, italic = 0, 0
    links: list[str] = []
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type == "link_open":
            links.append(str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            links.pop()
        elif words := _words(token):
            yield Stretch(words, bold > 0, italic > 0, links[-1] if links else None)


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "image":
        return _described(token)
    return token.content


def _described(picture: Token) -> str:
    return "".join(_words(token) for token in picture.children or [])


# ---- the reader
def _only(rule: Rule, sign: re.Pattern[str]) -> Rule:
    """The rule where a line begins with the sign as it is read here; elsewhere the line is text."""

    def narrowed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        return sign.match(state.src, at, state.eMarks[start]) is not None and rule(state, start, end, silent)

    return narrowed


def _reader() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "breaks": True})
    md.disable([*_NOT_READ, "html_inline"], ignoreInvalid=True)
    rules: dict[str, Rule] = {rule.name: rule.fn for rule in md.block.ruler.__rules__}
    for name, sign in (("list", _POINT), ("blockquote", _QUOTATION), ("heading", _HEADING)):
        md.block.ruler.at(name, _only(rules[name], sign), {"alt": _alternatives(md.block, name)})
    md.add_render_rule("image", lambda _renderer, tokens, at, _options, _env: escape(_described(tokens[at])))
    return md


def _alternatives(parser: ParserBlock, name: str) -> list[str]:
    """What the rule may break off; it must be told again where a rule is replaced."""
    return next(list(rule.alt) for rule in parser.ruler.__rules__ if rule.name == name)


_READER = _reader()
