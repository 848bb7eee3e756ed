"""Words in their manner, as Markdown: emphasis, links, and signs that would otherwise be read as marks."""

import re

from ..outline import Run, Text

# All that CommonMark lets a backslash stand before and that can begin a mark within a line.
_SIGNS = re.compile(r"([\\`*_\[\]|~&$^])")
# What makes a line a list, a heading, a quotation or a rule where it stands first.
_FIRST = re.compile(r"^(\s*)([-+#=])", re.M)
_NUMBER = re.compile(r"^(\s*\d{1,9})([.)])", re.M)
_ADDRESS = re.compile(r"[\s<>()\\\"]")


def literal(words: str) -> str:
    """Words as they are, none of their signs a mark: not a tag either, to programs that know no backslash."""
    escaped = _SIGNS.sub(r"\\\1", words.replace("\r", " ")).replace("<", "&lt;").replace(">", "&gt;")
    return _NUMBER.sub(r"\1\\\2", _FIRST.sub(r"\1\\\2", escaped))


def inline(words: Text, *, on_one_line: bool = False) -> str:
    """A text with its emphasis and links; a line that ends is a hard break, or `<br>` where all must stand on one line
    (in a table, a heading, a footnote)."""
    edges = ["", *(run.text for run in words), ""]
    written = "".join(_run(run, edges[n][-1:], edges[n + 2][:1]) for n, run in enumerate(words))
    return written.strip(" ").replace("\n", "<br>" if on_one_line else "\\\n")


def _run(run: Run, before: str, after: str) -> str:
    """A stretch between two characters."""
    first, inside, last = _trimmed(run.text)
    if not inside:
        return run.text
    written = literal(inside)
    # Between letters, or at a sign, CommonMark takes an asterisk for one: there a tag is the only way.
    free = not (last or after).strip() and not (first[-1:] or before).strip()
    plain = free and inside[0].isalnum() and inside[-1].isalnum() and "\n" not in inside
    gone, new = run.struck or run.change == "removed", run.change == "added"
    marks = (("**", "strong", run.bold), ("*", "em", run.italic), ("~~", "del", gone), ("", "ins", new))
    for mark, tag, wanted in marks:
        if wanted:
            written = f"{mark}{written}{mark}" if plain and mark else f"<{tag}>{written}</{tag}>"
    if run.link:
        address = _ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", run.link)
        written = f"[{written}]({address})"
    return f"{first}{written}{last}"


def _trimmed(words: str) -> tuple[str, str, str]:
    inside = words.strip()
    if not inside:
        return words, "", ""
    before, _, after = words.partition(inside)
    return before, inside, after
