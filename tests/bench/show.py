"""The figures for people: tables at the terminal. Ratios first, then what they are made of."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def ratios(figures: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The service held against the resolvers, by operation and caller: how many times as many answers a second, and how
    many times less processor time (server and database) an answer."""
    sides: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for figure in figures:
        sides.setdefault((figure["operation"], figure["caller"]), {})[figure["side"]] = figure
    found = []
    for (operation, caller), both in sides.items():
        if len(both) == 2:
            ours, theirs = both["compiled"], both["resolvers"]
            found.append(
                {
                    "operation": operation,
                    "caller": caller,
                    "rate": round(ours["rate"] / theirs["rate"], 2),
                    "cpu": round(_cpu(theirs) / max(_cpu(ours), 1e-9), 2),
                    "server_cpu": round(theirs["server_cpu_ms"] / max(ours["server_cpu_ms"], 1e-9), 2),
                    "database_cpu": round(theirs["database_cpu_ms"] / max(ours["database_cpu_ms"], 1e-9), 2),
                }
            )
    return found


def _cpu(figure: dict[str, Any]) -> float:
    return figure["server_cpu_ms"] + figure["database_cpu_ms"]


def show(console: Console, result: dict[str, Any]) -> None:
    """All tables of a run."""
    for table in _tables(result):
        console.print(table)


def _tables(result: dict[str, Any]) -> Iterator[Table]:
    compared = _table("Compiled reads held against resolvers, in one run: above 1, compiled is ahead", "read", "caller")
    for name in ("answers/s", "processor", "server's", "database's"):
        compared.add_column(name, justify="right")
    for one in result["ratios"]:
        numbers = [f"{one[key]:.2f}x" for key in ("rate", "cpu", "server_cpu", "database_cpu")]
        compared.add_row(one["operation"], one["caller"], *numbers)
    yield compared
    each = _table(
        "Each of them: answers a second; milliseconds of waiting; of processor time an answer", "", "caller", "side"
    )
    for name in ("a second", "median", "p99", "server", "database"):
        each.add_column(name, justify="right")
    for figure in result["figures"]:
        numbers = [f"{figure['rate']:,.0f}", *[f"{figure[key]:,.1f}" for key in ("median_ms", "p99_ms")]]
        numbers += [f"{figure[key]:.2f}" for key in ("server_cpu_ms", "database_cpu_ms")]
        each.add_row(figure["operation"], figure["caller"], figure["side"], *numbers)
    yield each
    prices = _table("Prices: points of 10 us beside what is paid; off: by more than 3x", "kind")
    for name in ("points", "paid us", "lowest", "highest", "price/paid", "off"):
        prices.add_column(name, justify="right")
    for one in result["prices"]:
        paid = [f"{one[key]:,.0f}" for key in ("points", "paid_us", "lowest_us", "highest_us")]
        prices.add_row(one["kind"], *paid, f"{one['ratio']:.2f}", "off" if one["off"] else "")
    yield prices
    yield pages(result["pages"])
    papers = _table("R1: a report of many inputs as PDF", "paper")
    for name in ("inputs", "seconds", "pages", "KB", "peak MB", "as Word: s"):
        papers.add_column(name, justify="right")
    for one in result["papers"]:
        sizes = (f"{one['bytes'] / 1e3:,.0f}", f"{one['peak'] / 1e6:,.0f}", f"{one['word']:.1f}")
        papers.add_row(one["name"], f"{one['inputs']:,}", f"{one['seconds']:.1f}", f"{one['pages']:,}", *sizes)
    yield papers
    large = _table("D1: a definition of 200 stages with 1,000 ways, processor time", "")
    large.add_column("seconds", justify="right")
    for one in result["definition"]:
        large.add_row(one["name"], f"{one['seconds']:.2f}")
    yield large


def pages(figures: Sequence[dict[str, Any]]) -> Table:
    """Pages under half of the most they bear."""
    shown = _table("Pages: the most a second; milliseconds while half as many arrive", "page", "by")
    for name in ("most", "p50", "p95", "least", "largest", "p99", "answers"):
        shown.add_column(name, justify="right")
    for one in figures:
        times = [f"{one[key]:.1f}" for key in ("p50_ms", "p95_ms", "least_p95_ms", "largest_p95_ms", "p99_ms")]
        shown.add_row(one["page"], one["by"], f"{one['most']:,.0f}", *times, f"{one['answers']:,}")
    return shown


def _table(title: str, *words: str) -> Table:
    made = Table(title=title)
    for name in words:
        made.add_column(name, no_wrap=True)
    return made
