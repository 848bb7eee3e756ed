"""The lineage as one recursive statement: from an input up to all it reached, from a text down to all it came from.

Nodes are contributions, comments, paragraphs and panels. Edges are sources (a paragraph carries a contribution, one of
its sections or practices, a comment, a panel, another paragraph; what a recommendation carries, its paragraphs carry)
and receptions (a section of a received contribution was a paragraph at its origin). The predicates of `visibility.py`
stand inside the recursion: it stops at what the viewer may not see, so that nothing beyond it is reached or guessed.
"""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from ..store.tables import names as t
from .me import Me
from .source_ends import end_of
from .values import const
from .visibility import end_is_seen, end_may_be_told

DEEPEST = 12
RECEIVED = "received"  # the relation of a section to the paragraph it was
KINDS = ("comment", "contribution", "panel", "paragraph")
Branch = Callable[[Any], list[sa.Select[Any]]]


def walk(kind: str) -> Callable[[Any, Me, Any], sa.Select[Any]]:
    """The hook of a field: the lineage of a row of that kind, in the direction and to the depth that were given."""

    def of(row: Any, me: Me, arguments: Any) -> sa.Select[Any]:
        branches = _down if arguments.shape("direction") == "down" else _up
        return _steps(kind, row, me, arguments["depth"], branches)

    return of


def _steps(kind: str, row: Any, me: Me, depth: Any, branches: Branch) -> sa.Select[Any]:
    """Rows of depth, kind, id, relation, layer, place and the node before it: each node once, where it is nearest. What
    is withheld has a layer in place of kind and id, and one row for each layer, relation and depth, without the node
    before it: their number and places would tell as well. The node before is always one that the viewer sees, since
    the walk goes on from nothing else."""
    w = _walked(kind, row, me, depth, branches)
    may_be_told = sa.case(*[(w.c.kind == const(k), end_may_be_told(k, w.c.id)) for k in KINDS])
    layer = sa.case(*[(w.c.kind == const(k), layer_of(k, w.c.id)) for k in KINDS])
    shown = sa.select(
        w.c.depth,
        w.c.relation,
        sa.case((w.c.seen, w.c.kind), else_=const("withheld")).label("kind"),
        sa.case((w.c.seen, w.c.id)).label("id"),
        sa.case((sa.not_(w.c.seen), layer)).label("layer"),
        *[sa.case((w.c.seen, w.c[name])).label(name) for name in ("previous_kind", "previous_id")],
    ).where(w.c.depth > 0, sa.or_(w.c.seen, may_be_told))
    x = shown.subquery("shown")
    withheld = [sa.case((x.c.id.is_(None), c)) for c in (x.c.depth, x.c.relation, x.c.layer)]
    nearest = [x.c.depth, x.c.relation, x.c.previous_id, x.c.previous_kind]
    rank = sa.func.row_number().over(partition_by=[x.c.kind, x.c.id, *withheld], order_by=nearest)
    place = sa.func.coalesce(sa.cast(x.c.id, sa.Text), sa.func.concat("~", x.c.layer, x.c.relation), type_=sa.Text)
    n = sa.select(*x.c, place.label("place"), rank.label("rank")).subquery("ranked")
    return sa.select(n).where(n.c.rank == sa.literal_column("1", sa.Integer))


def _walked(kind: str, row: Any, me: Me, depth: Any, branches: Branch) -> Any:
    """Every node reached, with the length of the way and the node before it. UNION drops what was reached before at
    the same depth from the same node, and the depth ends it: no circle of texts can hang it."""
    zero, start = sa.literal_column("0", sa.Integer), const(kind)
    begin = sa.select(
        zero.label("depth"),
        start.label("kind"),
        row.c.id.label("id"),
        _WHOLE.label("part"),
        const(RECEIVED).label("relation"),
        sa.true().label("seen"),
        sa.cast(sa.null(), sa.Text).label("previous_kind"),
        _WHOLE.label("previous_id"),
    )
    w = begin.correlate(row).cte("walk", recursive=True, nesting=True)
    e = sa.union_all(*[b.correlate(w) for b in branches(w)]).lateral("e")
    deepest = sa.literal_column(str(DEEPEST), sa.Integer)
    is_seen = sa.case(*[(e.c.kind == const(k), end_is_seen(k, e.c.id, me)) for k in KINDS])
    reached = w.c.depth + 1, e.c.kind, e.c.id, e.c.part, e.c.relation, is_seen, w.c.kind, w.c.id
    further = sa.select(*reached).where(w.c.seen, w.c.depth < sa.func.least(depth, deepest))
    return w.union(further)


# ---- edges: selects of kind, id, part and relation, of what the node `w` leads to
_WHOLE = sa.cast(sa.null(), sa.Uuid)  # the part of a contribution that was reached: all of it


def _edge(kind: str, id_: Any, relation: Any, part: Any = _WHOLE) -> sa.Select[Any]:
    return sa.select(const(kind).label("kind"), id_.label("id"), part.label("part"), relation.label("relation"))


def _reached(w: Any, section: Any) -> sa.ColumnElement[bool]:
    """Whether the walk came by this section: who came by one does not go on by its neighbours."""
    return sa.or_(w.c.part.is_(None), w.c.part == section.c.id)


def _down(w: Any) -> list[sa.Select[Any]]:
    """What a paragraph carries, and what the sections of a received contribution were."""
    edges = []
    for kind in KINDS:
        s, p = t.source.alias(), t.paragraph.alias()
        end, part = end_of(s)[kind], s.c.section_id if kind == "contribution" else _WHOLE
        carried = sa.or_(s.c.paragraph_id == p.c.id, s.c.recommendation_id == p.c.recommendation_id)
        edges.append(
            _edge(kind, end, s.c.relation, part).where(
                _is(w, "paragraph"), p.c.id == w.c.id, s.c.document_id == p.c.document_id, carried, end.isnot(None)
            )
        )
    x = t.contribution_section.alias()
    received = (
        _is(w, "contribution"),
        x.c.contribution_id == w.c.id,
        _reached(w, x),
        x.c.origin_paragraph_id.isnot(None),
    )
    edges.append(_edge("paragraph", x.c.origin_paragraph_id, const(RECEIVED)).where(*received))
    return edges


def _up(w: Any) -> list[sa.Select[Any]]:
    """The paragraphs that carry the node, and the contributions as which a paragraph was received elsewhere."""
    x = t.contribution_section.alias()
    received = _is(w, "paragraph"), x.c.origin_paragraph_id == w.c.id
    edges = [_edge("contribution", x.c.contribution_id, const(RECEIVED), x.c.id).where(*received)]
    for kind, ends in _reaching(w).items():
        for s, end in ends:
            p = t.paragraph.alias()
            carries = sa.or_(
                p.c.id == s.c.paragraph_id,
                sa.and_(p.c.recommendation_id == s.c.recommendation_id, p.c.document_id == s.c.document_id),
            )
            edges.append(_edge("paragraph", p.c.id, s.c.relation).where(_is(w, kind), end, carries))
    return edges


def _reaching(w: Any) -> Mapping[str, list[tuple[Any, Any]]]:
    """The sources whose end the node is, by its kind: each way by its own index."""
    s = [t.source.alias() for _ in range(6)]
    section, practice = t.contribution_section.alias(), t.practice.alias()
    return {
        "contribution": [
            (s[0], s[0].c.contribution_id == w.c.id),
            (
                s[1],
                sa.and_(s[1].c.section_id == section.c.id, section.c.contribution_id == w.c.id, _reached(w, section)),
            ),
            (
                s[2],
                sa.and_(s[2].c.practice_id == practice.c.id, practice.c.contribution_id == w.c.id, w.c.part.is_(None)),
            ),
        ],
        "comment": [(s[3], s[3].c.comment_id == w.c.id)],
        "panel": [(s[4], s[4].c.panel_id == w.c.id)],
        "paragraph": [(s[5], s[5].c.from_paragraph_id == w.c.id)],
    }


def _is(w: Any, kind: str) -> sa.ColumnElement[bool]:
    condition: sa.ColumnElement[bool] = w.c.kind == const(kind)
    return condition


# ---- where a thing stands
def layer_of(kind: str, key: Any) -> sa.ColumnElement[str]:
    """The layer of the forum in which the contribution, comment, paragraph or panel of that id stands."""
    f = t.forum.alias()
    if kind == "contribution":
        c = t.contribution.alias()
        return sa.select(f.c.layer).join_from(c, f, f.c.id == c.c.forum_id).where(c.c.id == key).scalar_subquery()
    if kind == "panel":
        p, m, e = t.panel.alias(), t.meeting.alias(), t.edition.alias()
        joined = p.join(m, m.c.id == p.c.meeting_id).join(e, e.c.id == m.c.edition_id).join(f, f.c.id == e.c.forum_id)
        return sa.select(f.c.layer).select_from(joined).where(p.c.id == key).scalar_subquery()
    x, d = (t.comment if kind == "comment" else t.paragraph).alias(), t.document.alias()
    joined = x.join(d, d.c.id == x.c.document_id).join(f, f.c.id == d.c.forum_id)
    return sa.select(f.c.layer).select_from(joined).where(x.c.id == key).scalar_subquery()


def withheld_layer(row: Any) -> sa.ColumnElement[str]:
    """The layer of what is withheld: of a step of the lineage it is known, of a source it is its end's."""
    if "layer" in row.c:
        layer: sa.ColumnElement[str] = row.c.layer
        return layer
    return sa.func.coalesce(*[layer_of(kind, key) for kind, key in end_of(row).items()], type_=sa.Text)


def contribution_of(s: Any, key: Any) -> sa.ColumnElement[bool]:
    """Whether a source leads to the contribution of that id, or into it."""
    section, practice = t.contribution_section.alias(), t.practice.alias()
    return sa.or_(
        s.c.contribution_id == key,
        s.c.section_id.in_(sa.select(section.c.id).where(section.c.contribution_id == key)),
        s.c.practice_id.in_(sa.select(practice.c.id).where(practice.c.contribution_id == key)),
    )


def end_kind(s: Any) -> sa.ColumnElement[str]:
    """Of a source: the kind of its end, a section or practice being its contribution."""
    other = {"comment": s.c.comment_id, "paragraph": s.c.from_paragraph_id, "panel": s.c.panel_id}
    return sa.case(*[(key.isnot(None), const(kind)) for kind, key in other.items()], else_=const("contribution"))


def end_id(s: Any) -> sa.ColumnElement[Any]:
    """Of a source: the id of its end."""
    return sa.func.coalesce(*end_of(s).values(), type_=sa.Uuid)
