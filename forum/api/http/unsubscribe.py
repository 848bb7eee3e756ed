"""`/unsubscribe`: the page behind the link of a letter. GET asks and changes nothing, since mail scanners follow every
link; POST, which a mail program sends at one click (RFC 8058), ends the mail of those forums. No sign-in, no cookie."""

from dataclasses import dataclass
from html import escape
from uuid import UUID

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ...actions.contact.set_contact import SetContact
from ...actions.core.catalogue import CATALOGUE
from ...actions.core.runner import ActRequest, Runner
from ...domain.body import Forum
from ...domain.contact import Contact, Language, Owner
from ...domain.saying import Saying, saying
from ...languages.say import RIGHT_TO_LEFT, Reader
from ...store.contacts import contact_of
from ...store.records import by_id
from ...store.unit import UnitOfWork
from ..problem import of_exception
from .endpoint import RequestIds
from .execute import refused
from .unsubscribing import PATH, read

_ASK = "No more mail of {forum}? What you are told stays readable in the forum, and receipts still come."
_YES = saying("No more mail")
_DONE = "You get no more mail of {forum}. You may change this in your contact at any time."
_NOT_OURS = saying("This link is not complete. Open it again from the letter, whole; or change your contact.")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True)
class _Asked:
    """Whose mail of which forums ends."""

    owner: Owner
    contact: Contact
    forums: tuple[Forum, ...]

    @property
    def named(self) -> str:
        return ", ".join(forum.acronym or forum.name for forum in self.forums)


@dataclass(eq=False)
class Unsubscribe:
    """The ASGI application at `/unsubscribe`; `secret` signs the links."""

    runner: Runner
    secret: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except Exception as error:  # the edge: nothing of ours leaves unmasked
            request_id = str(scope.get("request_id", ""))
            answer = refused(of_exception(error, request_id), request_id)
            response = Response(answer.body, answer.status, answer.headers, media_type="application/json")
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        link = read(self.secret, request.query_params.get("of", ""))
        asked = None if link is None else await self.runner.by_itself(lambda unit: _asked(unit, *link))
        if asked is None:
            return _page(Reader(Language.EN, "UTC"), _NOT_OURS, status=404)
        mind = Reader(asked.contact.language, asked.contact.zone)
        if request.method != "POST":
            return _page(mind, saying(_ASK, forum=asked.named), form=True)
        await self._mute(asked)
        return _page(mind, saying(_DONE, forum=asked.named))

    async def _mute(self, asked: _Asked) -> None:
        """The act itself, as its person: on the record, and once however often it is sent."""
        muted = {*asked.contact.muted, *(forum.id for forum in asked.forums)}
        if muted == set(asked.contact.muted):
            return
        do = SetContact(person=asked.owner.id, muted=tuple(sorted(muted)))

        async def nothing(*_: object) -> None:
            """No payload is read."""

        await self.runner.perform(ActRequest(CATALOGUE["set_contact"], do, asked.owner.subject), nothing)


async def _asked(unit: UnitOfWork, person: UUID, forums: tuple[UUID, ...]) -> _Asked | None:
    owner = await unit.ask(by_id(Owner, person))
    known = [await unit.ask(by_id(Forum, forum)) for forum in forums]
    there = tuple(forum for forum in known if forum is not None)
    if owner is None or not there:
        return None
    return _Asked(owner, await unit.ask(contact_of(person)), there)


def route(runner: Runner, secret: str) -> Route:
    """The page at its address, with an id for each request."""
    return Route(PATH, Unsubscribe(runner, secret), methods=["GET", "POST"], middleware=[Middleware(RequestIds)])


def _page(mind: Reader, words: Saying, *, form: bool = False, status: int = 200) -> Response:
    """A page of one sentence; `form`: with the button that ends the mail."""
    direction = "rtl" if mind.language in RIGHT_TO_LEFT else "ltr"
    button = f'<form method="post"><button>{escape(mind.say(_YES))}</button></form>' if form else ""
    page = (
        f'<!DOCTYPE html>\n<html lang="{mind.language.value}" dir="{direction}">\n<head><meta charset="utf-8">'
        f"<title>Review forum</title></head>\n<body>\n<p>{escape(mind.say(words))}</p>\n{button}\n</body>\n</html>\n"
    )
    return Response(page, status, _HEADERS, media_type="text/html; charset=utf-8")
