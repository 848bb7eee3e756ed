"""Builds the service: the only file that knows every room.

`database` finds or starts the database, `parts` makes what the rooms need from it, `web` puts HTTP around it.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg
from starlette.applications import Starlette

from .actions.core.act import Outcome
from .actions.core.catalogue import CATALOGUE
from .actions.core.runner import Runner
from .api.feeds import endpoint as feeds
from .api.http import endpoint as http
from .api.http import trusted_documents as trusted
from .api.http import unsubscribe, warming
from .api.http.callers import Callers
from .api.http.execute import Service
from .api.http.identity import Caller
from .api.http.perform import Performer
from .api.http.rates import Rates
from .api.http.sign_ins import SignIns
from .api.paper_links import PaperLinks
from .api.providers import known
from .api.providers.access_tokens import AccessTokens, sources
from .api.providers.desk import Desk
from .api.schema import contract as schema
from .api.schema.context import Context
from .api.schema.sight import Sight
from .domain.gates import GATES
from .domain.secret_link import Links
from .domain.viewer import Viewer
from .errors import Misconfigured
from .files import folder
from .languages.speaker import speaker
from .reading.me import SETTINGS, Me
from .reading.run import Reader, create_pool
from .settings import Settings
from .store import mandates, people, roles, spending, standing
from .store.clock import moment, refuse_shifted, shift_by
from .store.embedded.cluster import Cluster
from .store.processes import Processes, refuse_unknown
from .store.transactions import Engine
from .store.unit import UnitOfWork, begin, make_engine
from .web import pages
from .web.demo_clock import MoveClock
from .web.signing_in import Persona, Personas

# A viewer of each form (`Viewer.form`): one who reads, and one who writes.
FORMS = (Viewer(), Viewer(person=UUID(int=0), organisations=(UUID(int=0),)))


@dataclass(frozen=True)
class Parts:
    """The service's parts on one database (`url`: the application's role). `close` gives connections back."""

    url: str
    engine: Engine
    pool: asyncpg.Pool
    processes: Processes
    runner: Runner
    reader: Reader
    service: Service

    async def close(self) -> None:
        await self.pool.close()
        await self.engine.dispose()


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[roles.Urls]:
    """The database the settings name, or the embedded one, started and prepared.

    Refuses (Misconfigured) to serve from the embedded one outside demo and tests unless told so.
    """
    if settings.database_url:
        yield roles.Urls(owner=settings.owner_url or settings.database_url, app=settings.database_url)
        return
    if settings.mode == "serve" and not settings.embedded:
        raise Misconfigured(
            reason="Set DATABASE_URL to your PostgreSQL; or put --embedded right behind forum, to run "
            "on the embedded one, on this machine only."
        )
    async with AsyncExitStack() as stack:
        cluster = Cluster(settings.data_dir / "postgres")
        await asyncio.to_thread(cluster.start)
        stack.push_async_callback(asyncio.to_thread, cluster.stop)
        yield await roles.prepare(cluster.url(), "forum", keep=cluster.home)


async def parts(settings: Settings, app_url: str) -> Parts:
    """The rooms, wired. Refuses (Misconfigured) a powerful role, tables of another version, a shifted clock outside
    demo and tests, and a pinned process that names what this version lacks."""
    engine = make_engine(app_url, settings.pool)
    pool = await create_pool(app_url, settings.pool)
    processes = Processes()
    runner = Runner(engine, processes, Links(settings.secret), mails=settings.relay is not None)
    reader = Reader(schema.GRAPHQL, Me, settings=SETTINGS)
    sight = Sight(reader)
    papers = PaperLinks(settings.secret, settings.public_url.rstrip("/"))
    service = Service(
        schema=schema.GRAPHQL,
        reader=reader,
        pool=pool,
        perform=Performer(runner, reader, pool, sight, settings.secret, papers),
        viewer_of=_viewer_of(pool),
        documents=trusted.load(folder("graphql") / "operations", settings.documents),
        papers=papers,
        context_of=lambda request, caller: Context(
            caller.subject, runner, sight, pool, partial(papers.link, caller), speaker(caller.language)
        ),
        ready=_ready(pool),
        forms=FORMS,
        rates=Rates(settings.rate, time.monotonic, settings.secret),
    )
    wired = Parts(app_url, engine, pool, processes, runner, reader, service)
    try:
        await _check(settings, wired)
    except BaseException:
        await wired.close()
        raise
    return wired


async def _check(settings: Settings, parts: Parts) -> None:
    async with parts.pool.acquire() as connection:
        await roles.refuse_powerful(connection)
        stands = await standing.current(connection)
    if stands != standing.head():
        raise Misconfigured(
            reason=f"The database stands at {stands or 'nothing'}, not {standing.head()}: forum migrate."
        )
    async with begin(parts.engine) as unit:
        if settings.mode == "serve":
            await refuse_shifted(unit)
        acts = frozenset(CATALOGUE)
        await refuse_unknown(unit, acts, frozenset(GATES), parts.processes.get)


def _viewer_of(pool: asyncpg.Pool) -> Any:
    async def viewer_of(caller: Caller) -> Viewer:
        if caller.subject is None:
            return Viewer()
        async with pool.acquire(timeout=10) as connection:
            person = await people.who(connection, caller.subject, caller.token, caller.sign_in, caller.account)
            return Viewer.of(person, caller.sign_in)

    return viewer_of


def _ready(pool: asyncpg.Pool) -> Any:
    async def ready() -> None:
        async with pool.acquire(timeout=5) as connection:
            await roles.answers(connection)

    return ready


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Parts]:
    """The parts on the database the settings name, and their end. The embedded database is brought up to date first."""
    async with database(settings) as urls:
        if not settings.database_url and not await standing.is_newest(urls.owner):
            from .store import migrate  # alembic and the queue's: a server whose database is ready does without

            await migrate.upgrade_async(urls.owner)
        wired = await parts(settings, urls.app)
        rates = wired.service.rates
        sharing = asyncio.create_task(spending.share(urls.app, rates.messages, rates.heard)) if settings.rate else None
        try:
            yield wired
        finally:
            if sharing is not None:
                sharing.cancel()
                await asyncio.gather(sharing, return_exceptions=True)
            await wired.close()


@asynccontextmanager
async def warmed(parts: Parts) -> AsyncIterator[None]:
    """While this is entered, the trusted documents are compiled beside what is answered."""
    task = warming.begin(parts.service)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def site(parts: Parts, settings: Settings) -> Starlette:
    """The ASGI application around parts that run."""
    sign_ins = SignIns(parts.pool, settings, parts.service.rates.spend)
    service = parts.service
    desk = Desk(_providers(settings), sign_ins, parts.pool, parts.runner.links)
    access = AccessTokens(sources(desk.providers.values()), parts.pool, service.rates.spend, service.ended)
    callers = Callers(service, settings.secret, sign_ins, access)
    pages_ = pages.routes(service, settings, callers, _personas(parts), desk, clock_mover(parts, settings.mode))
    leaving = unsubscribe.route(parts.runner, settings.secret)
    calendars = feeds.routes(parts.service)
    application = Starlette(routes=[*http.routes(service, settings, callers), leaving, *calendars, *pages_])
    application.router.redirect_slashes = False  # it would send people to whatever Host they were made to ask for
    return application


def _providers(settings: Settings) -> dict[str, Any]:
    """The identity providers of the operator's file. Refuses (Misconfigured) any without an address of our own."""
    listed = known.load(settings.providers)
    if listed and not settings.public_url:
        raise Misconfigured(reason="FORUM_PROVIDERS needs FORUM_PUBLIC_URL: providers send people back there.")
    if not listed:
        return {}
    from .api.providers.provider import Provider  # authlib and httpx: a service without providers does without

    home = settings.public_url.rstrip("/")
    return {name: Provider(provider, f"{home}/sign-in/{name}/back") for name, provider in listed.items()}


def _personas(parts: Parts) -> Personas:
    """The people whom the demonstration lets anybody be: all who hold a role here."""

    async def personas() -> tuple[Persona, ...]:
        async with begin(parts.engine) as unit:
            held = await unit.ask(mandates.of_people(waiting=False, now=await unit.ask(moment())))
        first = {row["subject"]: (mandate, row) for mandate, row in reversed(held)}
        return tuple(
            Persona(subject, row["person"], mandate.role or "", row["organisation"] or row["forum"] or "")
            for subject, (mandate, row) in sorted(first.items(), key=lambda item: str(item[1][1]["organisation"]))
        )

    return personas


def clock_mover(parts: Parts, mode: str) -> MoveClock:
    """What moves the one clock to an instant. It refuses (Misconfigured) to in a service for real reviews."""

    async def move(to: datetime) -> None:
        async def work(unit: UnitOfWork, now: datetime) -> Outcome:
            await shift_by(unit, to - now, allowed=mode in ("demo", "test"))
            return Outcome({})

        await parts.runner.by_operator("move_clock", work)

    return move


def web(settings: Settings) -> Starlette:
    """The ASGI application for a server that starts applications itself: the parts are made when it starts."""
    application = Starlette()
    application.router.redirect_slashes = False

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with running(settings) as parts:
            app.router.routes.extend(site(parts, settings).routes)
            async with warmed(parts):
                yield

    application.router.lifespan_context = lifespan
    return application
