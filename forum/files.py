"""Finds the two folders of plain files beside the code: `graphql` (the contract) and `workflows` (the processes).

In a checkout they lie at the root, where people edit them; in an installed wheel they lie in `forum/_files`.
"""

from pathlib import Path

from .errors import Misconfigured

FOLDERS = ("graphql", "workflows")


def folder(name: str) -> Path:
    """The folder `graphql` or `workflows`, wherever this copy of the service keeps it.

    Refuses with `Misconfigured` when the installation has lost it, or when the name is neither of the two.
    """
    package = Path(__file__).resolve().parent
    if name in FOLDERS:
        # The wheel's copy first: beside an installed package there is no checkout, only other people's packages.
        for place in (package / "_files" / name, package.parent / name):
            if place.is_dir():
                return place
    raise Misconfigured(reason=f"The folder {name!r} is not part of this installation. Install the package again.")


def shipped() -> Path:
    """The folder of the process definitions that come with the service."""
    return folder("workflows")
