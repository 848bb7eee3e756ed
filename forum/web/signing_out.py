"""`/sign-out`: the sign-in of this browser ends, or all of a person's; and, where the provider has a way for it, the
one there as well."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from ..api.providers.desk import Desk
from . import form_fields
from .acting import to
from .visits import Site, Visit

if TYPE_CHECKING:
    from ..api.providers.provider import Provider  # authlib and httpx, at the first sign-in at a provider


@dataclass(frozen=True)
class SigningOut:
    """The page on which one signs out."""

    site: Site
    desk: Desk

    async def show(self, visit: Visit) -> Response:
        """The buttons; to who has signed out already, the way to sign out at the provider as well (`?at=`)."""
        provider = await self.provider(visit) if visit.signed_in else self._named(visit)
        address = None if provider is None or visit.signed_in else await self.desk.leaving(visit.request, provider)
        title = "" if provider is None else provider.known.title
        return self.site.page(visit, "sign_out", title=title, address=address)

    async def take(self, visit: Visit) -> Response:
        """End the sign-in of this browser; with `everywhere` in the form, all of this person; with `there`, go on to
        the provider and end its own."""
        sent = await form_fields.fields(visit.request)
        provider = await self.provider(visit)
        if visit.caller.subject is not None:
            await self.site.sign_ins.end(visit.caller, None if "everywhere" in sent else visit.caller.sign_in)
        response = await self._next(visit, provider, there="there" in sent)
        self.site.sign_ins.drop_cookie(response)
        return response

    async def _next(self, visit: Visit, provider: "Provider | None", *, there: bool) -> Response:
        if provider is None:
            return to("/")
        address = await self.desk.leaving(visit.request, provider) if there else None
        if address is None:
            return to(f"/sign-out?at={provider.known.name}")
        response = self.site.page(visit.nobody(), "sign_out", title=provider.known.title, address=address)
        response.headers["Refresh"] = f"0;url={address}"  # a form's redirects are held to ourselves (`form-action`)
        return response

    async def provider(self, visit: Visit) -> "Provider | None":
        """The provider with which this browser signed in; None in the demonstration, and of who came without one."""
        if not self.desk.providers or visit.caller.sign_in is None:
            return None
        listed = (await self.site.ask(visit, "my_sign_ins"))["viewer"]["signIns"]
        return next((self.desk.of_issuer(known["issuer"]) for known in listed if known["isThis"]), None)

    @property
    def titles(self) -> Mapping[str, str]:
        """What each provider is called, by its issuer."""
        return {provider.known.issuer: provider.known.title for provider in self.desk.providers.values()}

    def _named(self, visit: Visit) -> "Provider | None":
        return self.desk.providers.get(visit.request.query_params.get("at", ""))
