"""A body is set up: a working group, a regional consultation, a steering group."""

import re
from dataclasses import dataclass
from uuid import UUID

from ..domain.text import clean
from ..errors import InvalidValue, NotFound, WordNotAllowed
from ..store import tables as t
from ..store.bodies import FORUM_KINDS, LAYERS, POWERS
from ..store.unit import Unit, fresh
from .deeds import Command, Entry, Moment, Outcome, arg


@dataclass(frozen=True)
class EstablishBody(Command):
    """Set up a body under a forum, with its terms of reference, its power, and those who convene it with equal rights."""

    on = ("forum", "parent")
    creates = True
    gives = {"forum": "Forum"}

    parent: UUID = arg("The forum that sets it up.", of="Forum")
    slug: str = arg("Its short name in addresses: small letters, digits, hyphens.")
    name: str = arg("Its name.")
    kind: str = arg("What kind of body it is.", scalar="ForumKind")
    layer: str | None = arg("Its review layer; the parent's when left out.", default=None, scalar="Layer")
    power: str = arg("What it may do.", default="none", scalar="Power")
    terms_of_reference: str | None = arg("What it is for, CommonMark.", default=None)
    convenors: tuple[UUID, ...] = arg("Forums that convene it, with equal rights.", of="Forum", default=())


async def establish_body(do: EstablishBody, at: Moment, unit: Unit) -> Outcome:
    """Refuses a slug that is taken or malformed, words outside the lists, an unknown convenor."""
    layer = do.layer or at.row["layer"]
    for name, value, words in (("kind", do.kind, FORUM_KINDS), ("layer", layer, LAYERS), ("power", do.power, POWERS)):
        if value not in words:
            raise WordNotAllowed(word=value, words=words).at(name)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", do.slug) or await unit.row(t.forum, slug=do.slug):
        raise InvalidValue(reason=f"{do.slug} is taken, or is not small letters, digits and hyphens.").at("slug")
    for n, convenor in enumerate(do.convenors):
        if await unit.row(t.forum, id=convenor) is None:
            raise NotFound(what="forum").at("convenors", str(n))
    id_ = fresh()
    row = {"id": id_, "slug": do.slug, "name": clean(do.name), "kind": do.kind, "layer": layer, "power": do.power}
    reference = None if do.terms_of_reference is None else clean(do.terms_of_reference)
    await unit.add(t.forum, {**row, "parent_id": at.place.id, "terms_of_reference": reference, "zone": at.row["zone"]})
    rows = [{"id": fresh(), "forum_id": id_, "convened_by_id": c} for c in dict.fromkeys(do.convenors)]
    await unit.add(t.convenor, *rows)
    return Outcome({"forum": id_}, (Entry("forum", id_, {"kind": do.kind, "slug": do.slug}),))
