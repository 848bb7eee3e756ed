"""The statements of the resolvers, and how keys asked for at one time become one of them."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NAME = re.compile(r"(?<!:):([a-z]+)")

# ---- who sees what: visibility.py, written a second time
_OWN = """OR EXISTS (SELECT 1 FROM authorship a WHERE a.subject_id = {row}.id AND (
  a.organisation_id = ANY (:organisations::uuid[]) OR a.mechanism_code = ANY (:coordinates::text[])
  OR a.forum_id = ANY (:teams::uuid[])))"""
_CONTRIBUTION = """(c.state IN ('submitted', 'admitted', 'returned')
  AND (c.visibility = 'public'
  OR c.visibility = 'participants' AND c.forum_id = ANY (:forums::uuid[])
  OR c.forum_id = ANY (:teams::uuid[])) {own_c})"""
_AUDIENCE = """({row}.audience = 'public' OR {row}.audience = 'participants' AND d.forum_id = ANY (:forums::uuid[])
  OR d.forum_id = ANY (:teams::uuid[]))"""
# For the session: whoever has the connection next says anew who asks, and one round trip is enough.
_TOLD = """SELECT set_config('forum.organisations', array_to_string($1::uuid[], ','), false),
  set_config('forum.coordinates', array_to_string($2::text[], ','), false),
  set_config('forum.teams', array_to_string($3::uuid[], ','), false)"""

_INPUT = """SELECT 'Contribution' AS __typename, c.id AS key, 'Contribution:' || c.id AS id,
  c.id::text AS cursor, c.title, upper(c.state) AS state, c.language, upper(c.attribution) AS kind, c.label,
  c.named_organisation_id AS organisation_key, c.edition_id AS edition_key"""
_OF_EDITION = "FROM contribution c WHERE c.edition_id = :edition AND {contribution}"
_FILTERED = """FROM contribution c WHERE c.named_mechanism = :mechanism AND EXISTS (SELECT 1 FROM tag t
  WHERE t.contribution_id = c.id AND t.scheme = 'sdg' AND t.code = ANY (:targets::text[])) AND {contribution}"""
_PAGED = "{after_c} ORDER BY c.id LIMIT :limit"
_EDITION = "'Edition:' || e.id AS id, e.id AS key, e.name, e.theme FROM edition e"

# Of what hangs on a row that was seen, only what has rules of its own is judged again.
_TEMPLATES = {
    "edition": f"SELECT {_EDITION} JOIN forum f ON f.id = e.forum_id WHERE f.slug = :slug AND e.name = :name",
    "contribution": f"{_INPUT} FROM contribution c WHERE c.id = :id AND {{contribution}}",
    "inputs_of": f"{_INPUT} {_OF_EDITION} {_PAGED}",
    "inputs_of_count": f"SELECT count(*) {_OF_EDITION}",
    "inputs": f"{_INPUT} {_FILTERED} {_PAGED}",
    "inputs_count": f"SELECT count(*) {_FILTERED}",
    "documents": """SELECT d.id AS key, 'Document:' || d.id AS id, d.id::text AS cursor, d.symbol, d.title
        FROM document d WHERE d.edition_id = :edition AND {document} ORDER BY d.id LIMIT :limit""",
    "paragraphs": """SELECT p.id AS key, 'Paragraph:' || p.id AS id, p.ordinal || '|' || p.id AS cursor, p.number
        FROM paragraph p WHERE p.document_id = :document ORDER BY p.ordinal, p.id LIMIT :limit""",
    "comments": """SELECT asked.id AS parent, k.* FROM unnest(:keys::uuid[]) AS asked (id) CROSS JOIN LATERAL (
        SELECT k.id::text AS cursor, k.markdown, k.label, k.named_organisation_id AS organisation_key
        FROM comment k JOIN document d ON d.id = k.document_id
        WHERE k.paragraph_id = asked.id AND ({comment} {own_k}) ORDER BY k.id LIMIT :limit) k""",
    "targets": """SELECT t.contribution_id AS parent, t.code FROM tag t WHERE t.contribution_id = ANY (:keys::uuid[])
        AND t.scheme = 'sdg' AND t.practice_id IS NULL ORDER BY t.code COLLATE "C", t.id""",
    "sections": """SELECT s.contribution_id AS parent, s.heading, s.markdown FROM contribution_section s
        WHERE s.contribution_id = ANY (:keys::uuid[]) ORDER BY s.ordinal, s.id""",
    "organisations": """SELECT o.id AS parent, o.name, o.country_code AS "countryCode" FROM organisation o
        WHERE o.id = ANY (:keys::uuid[])""",
    "editions": f"SELECT e.id AS parent, {_EDITION} WHERE e.id = ANY (:keys::uuid[])",
}


@dataclass(frozen=True)
class Statement:
    """A statement and the names of its parameters, in their order."""

    text: str
    names: tuple[str, ...]

    @classmethod
    def made(cls, name: str, author: bool, after: bool) -> "Statement":
        """For a viewer who may be an author, or not; after a cursor, or from the beginning."""
        template = _TEMPLATES[name]
        own = {row: _OWN.format(row=row) if author else "" for row in ("c", "k")}
        filled = template.format(
            own_k=own["k"],
            contribution=_CONTRIBUTION.format(own_c=own["c"]),
            document=_AUDIENCE.format(row="d"),
            comment=f"{_AUDIENCE.format(row='d')} AND {_AUDIENCE.format(row='k')}",
            after_c="AND c.id > :after" if after else "",
        )
        names: list[str] = []

        def numbered(found: re.Match[str]) -> str:
            if found[1] not in names:
                names.append(found[1])
            return f"${names.index(found[1]) + 1}"

        return cls(_NAME.sub(numbered, filled), tuple(names))


_STATEMENTS = {
    (name, author, after): Statement.made(name, author, after)
    for name in _TEMPLATES
    for author in (False, True)
    for after in (False, True)
}


class Session:
    """What the resolvers of one request share: its connection, its viewer, and the keys that wait to be asked for."""

    def __init__(self, connection: Any, viewer: Any) -> None:
        self._connection, self._author = connection, "author" in viewer.form
        self._known = {name.removeprefix("me_"): value for name, value in viewer.values.items()}
        self._turn = asyncio.Lock()  # one connection answers one question at a time
        self._waiting: dict[tuple[str, int | None], dict[Any, asyncio.Future[list[Any]]]] = {}

    async def begin(self) -> None:
        """Tell row-level security who asks; those who write for nobody are not asked about."""
        if self._author:
            known = self._known
            await self._connection.fetch(_TOLD, known["organisations"], known["coordinates"], known["teams"])

    async def _fetch(self, name: str, after: Any, given: Mapping[str, Any]) -> Sequence[Any]:
        statement = _STATEMENTS[(name, self._author, after is not None)]
        values = {**self._known, **given, "after": after}
        async with self._turn:
            return await self._connection.fetch(statement.text, *[values[n] for n in statement.names])

    async def all(self, name: str, after: Any, /, **given: Any) -> list[Any]:
        """The rows of a statement."""
        return list(await self._fetch(name, after, given))

    async def first(self, name: str, /, **given: Any) -> Any:
        """Its first row, or None."""
        rows = await self._fetch(name, None, given)
        return rows[0] if rows else None

    async def count(self, name: str, /, **given: Any) -> int:
        """Its one number."""
        return (await self._fetch(name, None, given))[0][0]

    async def one(self, name: str, key: Any) -> Any:
        """The row of this key, asked for together with all others of its kind."""
        rows = await self.many(name, key)
        return rows[0] if rows else None

    def many(self, name: str, key: Any, limit: int | None = None) -> asyncio.Future[list[Any]]:
        """The rows that hang on this key, asked for together with all others of its kind."""
        batch = (name, limit)
        waiting = self._waiting.get(batch)
        if waiting is None:
            waiting = self._waiting[batch] = {}
            loop = asyncio.get_running_loop()
            loop.call_soon(lambda: loop.create_task(self._answer(batch)))
        if key not in waiting:
            waiting[key] = asyncio.get_running_loop().create_future()
        return waiting[key]

    async def _answer(self, batch: tuple[str, int | None]) -> None:
        waiting, (name, limit) = self._waiting.pop(batch), batch
        try:
            rows: dict[Any, list[Any]] = {}
            for row in await self._fetch(name, None, {"keys": list(waiting), "limit": limit}):
                rows.setdefault(row["parent"], []).append(row)
            for key, future in waiting.items():
                future.set_result(rows.get(key, []))
        except Exception as error:  # each resolver that waits for it fails with it
            for future in waiting.values():
                if not future.done():
                    future.set_exception(error)
