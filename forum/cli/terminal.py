"""What the commands say at the terminal: whole lines, as they are, however narrow the terminal is."""

from rich.console import Console

console = Console()


def say(line: str) -> None:
    """One line on standard output, neither coloured nor broken."""
    console.print(line, highlight=False, markup=False, soft_wrap=True)
