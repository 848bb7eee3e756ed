"""A process as Mermaid text, for pages and programs that draw it themselves."""

from collections.abc import Iterator

from .process_parts import Box, Chart
from .svg import plain

# In a quoted label these would end it, or be read as markup.
_MARKS = str.maketrans(
    {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;", "|": "#124;", "\\": "#92;"}
)
_STYLES = {
    "call": "fill:#e3eef8,stroke:#1f6fb2",
    "consultation": "fill:#e4f3eb,stroke:#2b8a5a",
    "silence": "fill:#fbf1dc,stroke:#b7791f",
    "end": "fill:#e9edf1,stroke:#5b6b7b",
    "other": "fill:#edecf7,stroke:#5f5aa2",
}


def mermaid(chart: Chart) -> str:
    """A flowchart: a box for each stage, an arrow for each way, dotted where the clock goes it."""
    return "\n".join(_lines(chart)) + "\n"


def _lines(chart: Chart) -> Iterator[str]:
    yield "%% " + plain(f"{chart.title} ({chart.version})").replace("{", "(").replace("}", ")")
    yield "flowchart TD"
    for p, path in enumerate(chart.paths):
        yield f'  subgraph t{p}["{_label(path.title)}"]'
        yield "    direction TB"
        for b, box in enumerate(path.boxes):
            yield f"    t{p}s{b}{_box(box)}:::{box.runs or 'other'}"
        for b, box in enumerate(path.boxes):
            for way in box.ways:
                words = _label(way.words.rpartition(": ")[0])
                yield f'    t{p}s{b} {"-.->" if way.clock else "-->"}|"{words}"| t{p}s{way.to}'
        for d, paper in enumerate(path.papers):
            words = "<br/>".join(_label(line) for line in (paper.title, *paper.notes))
            yield f'    t{p}d{d}[/"{words}"/]'
        yield "  end"
    for name, style in _STYLES.items():
        yield f"  classDef {name} {style},color:#1d2b3a"


def _box(box: Box) -> str:
    lines = [f"<b>{_label(box.title)}</b>", *(_label(line) for line in (box.dates, *box.notes) if line)]
    lines += [f"<i>{_label(who)}:</i> {_label(acts)}" for who, acts in box.people]
    words = "<br/>".join(lines)
    return f'(["{words}"])' if box.runs == "end" else f'["{words}"]'


def _label(words: str) -> str:
    return plain(words).translate(_MARKS)
