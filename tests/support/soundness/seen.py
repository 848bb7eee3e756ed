"""What is the case on a running track, in the words of the check (`forum/workflow/effects.py`), read from its rows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from forum.store.clock import moment
from forum.store.tables import schema as t
from forum.store.unit import UnitOfWork
from forum.workflow.effects import WINDOWS
from forum.workflow.process import Process
from forum.workflow.text_sorts import out, sorts, way_of

_OF = """
WITH d AS (SELECT * FROM document WHERE track_id = :track),
  newest AS (SELECT DISTINCT ON (s.document_id) s.* FROM silence s JOIN d ON d.id = s.document_id
             ORDER BY s.document_id, s.starts_at DESC),
  lacking AS (SELECT d.state FROM paragraph p JOIN d ON d.id = p.document_id
              WHERE NOT p.withdrawn AND p.kind IN ('paragraph', 'conclusion', 'quote', 'box')
              AND p.recommendation_id IS NULL AND NOT EXISTS (SELECT FROM source s WHERE s.paragraph_id = p.id))
SELECT
  EXISTS (SELECT FROM contribution c WHERE c.track_id = :track AND c.state IN ('submitted', 'admitted', 'returned')
          AND NOT EXISTS (SELECT FROM disposition x WHERE x.contribution_id = c.id)) AS input,
  EXISTS (SELECT FROM comment k JOIN d ON d.id = k.document_id
          WHERE NOT EXISTS (SELECT FROM disposition x WHERE x.comment_id = k.id)) AS comment,
  EXISTS (SELECT FROM lacking WHERE state IN ('draft', 'circulated', 'silence')) AS source,
  EXISTS (SELECT FROM lacking WHERE state NOT IN ('draft', 'circulated', 'silence')) AS unsourced,
  EXISTS (SELECT FROM objection o JOIN newest s ON s.id = o.silence_id) AS contested,
  EXISTS (SELECT FROM objection o JOIN newest s ON s.id = o.silence_id WHERE o.answered_at IS NULL) AS objection,
  EXISTS (SELECT FROM newest s WHERE s.state = 'running') AS silence,
  (EXISTS (SELECT FROM contribution c WHERE c.track_id = :track AND c.state IN ('submitted', 'admitted', 'returned'))
   OR (SELECT count(*) FROM paragraph p JOIN d ON d.id = p.document_id WHERE NOT p.withdrawn) > 1) AS citable,
  ARRAY(SELECT DISTINCT kind FROM d WHERE state IN ('draft', 'circulated', 'silence')) AS texts,
  EXISTS (SELECT FROM d WHERE state IN ('draft', 'circulated', 'silence')
          AND NOT EXISTS (SELECT FROM paragraph p WHERE p.document_id = d.id AND NOT p.withdrawn)) AS blank,
  EXISTS (SELECT FROM contribution c, d WHERE c.track_id = :track AND c.state IN ('submitted', 'admitted', 'returned')
          AND d.state IN ('draft', 'circulated', 'silence') AND NOT EXISTS
          (SELECT FROM disposition x WHERE x.contribution_id = c.id AND x.document_id = d.id)) AS unanswered,
  ARRAY(SELECT DISTINCT kind FROM d WHERE state NOT IN ('draft', 'circulated', 'silence')) AS outs,
  ARRAY(SELECT DISTINCT kind || ' ' || closing FROM d WHERE closing IS NOT NULL) AS ended,
  EXISTS (SELECT FROM d) AS paper,
  EXISTS (SELECT FROM call WHERE track_id = :track AND state = 'open'
          AND coalesce(late_until, closes_at) > :now) AS call,
  EXISTS (SELECT FROM call k WHERE k.track_id = :track AND k.state = 'closed'
          AND coalesce(k.late_until, k.closes_at) > :since AND NOT EXISTS (SELECT FROM call l
          WHERE l.track_id = :track AND l.opens_at < coalesce(k.late_until, k.closes_at)
          AND coalesce(l.late_until, l.closes_at) > coalesce(k.late_until, k.closes_at))) AS held_call,
  EXISTS (SELECT FROM d WHERE state = 'circulated' AND comments_close_at > :since AND comments_close_at <= :now
          AND NOT EXISTS (SELECT FROM d e WHERE e.state = 'circulated' AND e.comments_open_at < d.comments_close_at
          AND e.comments_close_at > d.comments_close_at)) AS held_consultation,
  EXISTS (SELECT FROM silence s JOIN d ON d.id = s.document_id WHERE s.state = 'passed' AND s.ends_at > :since)
    AS held_silence,
  EXISTS (SELECT FROM call WHERE track_id = :track) AS called,
  EXISTS (SELECT FROM d WHERE state = 'circulated' AND comments_close_at > :now) AS consultation,
  EXISTS (SELECT FROM late_permit l JOIN call k ON k.id = l.call_id
          WHERE k.track_id = :track AND l.until > :now) AS permit
"""


@dataclass(frozen=True)
class Seen:
    """Where a track stands, since when, and what is open there."""

    definition: str
    stage: str
    since: datetime
    now: datetime
    things: frozenset[str]


async def seen(unit: UnitOfWork, process: Process, track_id: UUID) -> Seen:
    """The state of a track at this instant."""
    track = await unit.row(t.track, id=track_id)
    assert track is not None
    now = await unit.ask(moment())
    row = await unit.first(sa.text(_OF), {"track": track_id, "now": now, "since": track["stage_since"]})
    assert row is not None
    path = process.tracks[track["definition"]]
    known, clocks = sorts(process, path), {clock.at for clock in path.stages[track["stage"]].clocks}
    things = {name for name, there in row.items() if there is True}
    things -= {f"held_{window}" for window in WINDOWS if f"{window}_closes" not in clocks}
    things |= {known[way].thing for kind in row["texts"] if (way := way_of(process, kind)) is not None}
    things |= {out(kind) for kind in row["outs"] if (way := way_of(process, kind)) is not None and way.kind}
    things |= {kind.thing for kind in path.twice if f"{kind.kind} {kind.first}" in row["ended"]}
    return Seen(path.name, track["stage"], track["stage_since"], now, frozenset(things))
