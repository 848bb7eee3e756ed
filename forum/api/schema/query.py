"""The roots of reading, and the list of all types that a schema must hold."""

from datetime import datetime
from typing import Any

import strawberry

from ...reading import derived, derived_process
from ...reading.cost import FORMULA
from ...reading.declare import Connection, arg, many, node, nodes, part, single, sql
from ..limits import Limits
from .acts import ActAnswer, acts_on_root
from .calendar_types import DrawingAnswer, RehearsalAnswer
from .calendars import draw_root, rehearse_root
from .calls import ORDERS, Call, CallFilter, CallOrder
from .calls import narrowed as calls_narrowed
from .common import Node
from .contribution_filter import ContributionFilter, matching
from .contributions import Contribution
from .documents import Document
from .editions import Edition
from .forums import Forum, ForumFilter
from .forums import narrowed as forums_narrowed
from .mechanisms import Mechanism
from .meetings import Meeting
from .offers import InvitationAnswer, invitation_root
from .organisations import Organisation
from .process_check import ProcessCheckAnswer, check_root
from .processes import Process
from .sdg_targets import SdgTarget, targets_root
from .text_lengths import count_root
from .viewer import Viewer
from .vocabularies import OrganisationKind

ABOUT = (
    "All that can be read. Every answer holds what you may see, and nothing tells of the rest.\n\n"
    f"{FORMULA}\n\n{Limits().published()}"
)


def _of_kind(other: Any, arguments: Any) -> list[Any]:
    return [other.c.kind == arguments["kind"]] if "kind" in arguments else []


def _of_name(other: Any, arguments: Any) -> list[Any]:
    return [other.c.name == arguments["name"]] if "name" in arguments else []


@strawberry.type(description=ABOUT)
class Query:
    viewer: Viewer = part(description="Who is asking.")
    server_time: datetime = sql(
        lambda row: derived.now(), description="The server's clock: deadlines are measured by this one alone."
    )
    node: Node | None = node(description="Any thing by its id; null where there is none or you may not see it.")
    nodes: list[Node | None] = nodes(description="Things by their ids, in the order asked.")
    forums: Connection[Forum] = many(
        filter=ForumFilter, narrow=forums_narrowed, description="Forums, by their short names."
    )
    forum: Forum | None = single(
        lambda other, arguments: other.c.slug == arguments["slug"],
        args={"slug": arg(str, "Its short name, as in `gfmd`.")},
        description="A forum by its short name.",
    )
    edition: Edition | None = single(
        derived.edition_named,
        args={
            "forum": arg(str, "The forum's short name."),
            "name": arg(str, "The edition's name within it, as in `2020`."),
        },
        description="An edition by its forum and name.",
    )
    calls: Connection[Call] = many(
        filter=CallFilter,
        narrow=calls_narrowed,
        order_by=CallOrder,
        orders=ORDERS,
        description="Calls of all forums, the next deadline first unless asked otherwise.",
    )
    contributions: Connection[Contribution] = many(
        filter=ContributionFilter,
        narrow=matching,
        description="What was handed in anywhere, as far as you may see it; in an order that tells nothing.",
    )
    document: Document | None = single(
        lambda other, arguments: other.c.symbol == arguments.spelled("symbol"),
        args={"symbol": arg(str, "Its symbol.")},
        description="A text by its symbol.",
    )
    meetings: Connection[Meeting] = many(description="Meetings of all forums, the latest first.")
    processes: Connection[Process] = many(
        args={"name": arg(str | None, "Only versions of this process.", strawberry.UNSET)},
        narrow=_of_name,
        description="Definitions published here, the newest first.",
    )
    process: Process | None = single(
        derived_process.process_of_hash,
        args={"hash": arg(str, "sha256 of its text, in hex.")},
        description="A published definition by its hash: of several forums' copies the template they are made from.",
    )
    organisations: Connection[Organisation] = many(
        args={"kind": arg(OrganisationKind | None, "Only of this kind.", strawberry.UNSET)},
        narrow=_of_kind,
        description="Organisations, by name.",
    )
    acts: list[ActAnswer] = acts_on_root()
    rehearse: RehearsalAnswer = rehearse_root()
    draw: DrawingAnswer = draw_root()
    check_process: ProcessCheckAnswer = check_root()
    count_length: int = count_root()
    sdg_targets: list[SdgTarget] = targets_root()
    invitation: InvitationAnswer = invitation_root()
    mechanisms: Connection[Mechanism] = many(description="The mechanisms, by code.")
