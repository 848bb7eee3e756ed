"""`forum agreements`: what bodies agreed to for each other, or are asked; the operator ends what nobody else can."""

import argparse
from collections.abc import Mapping
from uuid import UUID

from .. import administration, app
from ..domain.agreement import Agreement, AgreementState
from ..errors import InvalidValue
from ..settings import Settings
from .terminal import say


async def list_agreements(arguments: argparse.Namespace, settings: Settings) -> int:
    """One line an agreement; a sentence where there is none."""
    async with app.running(settings) as parts:
        found = await administration.agreements(parts)
    shown = [entry for entry in found if not arguments.basis or entry[0].basis == arguments.basis]
    for agreement, names in shown:
        say(line_of(agreement, names))
    if not shown:
        say("No body has agreed to anything here yet, or was asked.")
    return 0


def line_of(agreement: Agreement, names: Mapping[str, str]) -> str:
    """An agreement on a line: its id, the two bodies by short names, for what, for which edition, what it rests on."""
    scope = ", ".join(filter(None, (agreement.edition_name, agreement.track_name))) or "standing"
    waits = "waits for an answer" if agreement.state == AgreementState.PROPOSED else f"by {agreement.basis}"
    return f"{agreement.id}  {names['named']} for {names['asking']}  {agreement.purpose}  {scope}  {waits}"


async def end_agreement(arguments: argparse.Namespace, settings: Settings) -> int:
    """End an agreement now."""
    try:
        id_ = UUID(arguments.agreement.removeprefix("Agreement:"))
    except ValueError:
        raise InvalidValue(reason="An agreement is named by its id, as `forum agreements list` shows it.") from None
    async with app.running(settings) as parts:
        await administration.end_agreement(parts, id_, arguments.reason)
    say(f"{id_}  has ended")
    return 0
