"""Many are asked in at once: all of them, or nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

from ...domain.invitation import Invitation, InvitedRow, RowOutcome
from ...domain.secret_link import LinkKind, Links
from ...errors import InvalidValue, InvitationWaits, MandateStands, Refusal
from ...refusal import Several, phrased
from ...store import invitations
from ...store.records import add, by_id
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .inviting import PersonToInvite, Wanted, sendable

MOST = 500  # people: what a secretariat writes into one spreadsheet, and one transaction does well within its time
_KNOWN: Mapping[type[Refusal], RowOutcome] = MappingProxyType(
    {InvitationWaits: RowOutcome.WAITS, MandateStands: RowOutcome.HOLDS}
)


@dataclass(frozen=True)
class InvitePeople(Command):
    """Ask many in at once, each as invitePerson would: all of them, or nobody where one cannot be asked in; then each
    refusal stands in the errors, with the place in the list in its path. As a forum's office, people of any
    organisation; as the administrator of one, its own people. Each is written to; where you hand the links over
    yourself, or this service sends no mail, they are shown to whoever sends this, and to nobody else."""

    on = ("organisation", "organisation")
    creates = True
    gives = {"forum": "Forum", "organisation": "Organisation"}
    tells = {"rows": "What comes of each, in the order of the list; null where it was refused."}
    shows = {"rows": "InvitedRow"}

    people: tuple[PersonToInvite, ...] = arg("The people, 500 at most.")
    forum: UUID | None = arg(
        "The forum for whose office you invite; left out, you invite as the organisation's administrator.", of="Forum",
        default=None,
    )  # fmt: skip
    organisation: UUID | None = arg(
        "The organisation for which all are to act, where they name none: an administrator's own.", of="Organisation",
        default=None,
    )  # fmt: skip
    zone: str = arg("The zone the terms are spoken in.", default="Europe/Zurich")
    leave_out: bool = arg(
        "Leave out who waits to answer the same invitation or holds the role by it, instead of refusing them.",
        default=False,
    )
    by_hand: bool = arg("Whether you hand the links over yourself, and nobody is written to.", default=False)
    dry_run: bool = arg(
        "Say what would come of each, errors of a row beside it, and do nothing. The key is not taken.", default=False
    )

    def on_kind(self) -> str:
        """A forum's office invites for its forum, an administrator for the organisation."""
        return "organisation" if self.forum is None else "forum"

    def target(self) -> UUID:
        """The forum, or else the organisation. Refuses (InvalidValue) where neither is named."""
        target = self.organisation if self.forum is None else self.forum
        if target is None:
            raise InvalidValue(reason="Say for whom you invite: a forum or your organisation.").at_path("forum")
        return target

    def only_looks(self) -> bool:
        """A dry run does nothing."""
        return self.dry_run

    async def shown_again(self, ids: Mapping[str, UUID], store: Store, links: Links) -> Mapping[str, object]:
        """The rows once more: who lost the answer on a bad line would have to end 500 invitations to see their links.
        Who was left out then is left out again."""
        rows = []
        for n in range(len(self.people)):
            id_ = ids.get(str(n))
            invitation = None if id_ is None else await store.ask(by_id(Invitation, id_))
            if invitation is None:
                rows.append(InvitedRow(row=n, outcome=RowOutcome.WAITS))
                continue
            mailed = await store.ask(invitations.has_letter(invitation.id))
            rows.append(_row(n, invitation, None if mailed else links))
        return {"rows": rows}


async def invite_people(do: InvitePeople, context: ActContext, store: Store) -> Outcome:
    """Refuses (InvalidValue) an empty list and one of over 500; (Several) all that `sendable` refuses, each at its
    place, and who stands in the list twice for the same."""
    if not 0 < len(do.people) <= MOST:
        raise InvalidValue(
            reason=phrased("From 1 to {most} people are asked in at once. Send more in parts.", most=MOST)
        ).at_path("people")
    rows, wanted = await _looked_through(do, context, store)
    ids = {on: id_ for on, id_ in (("forum", do.forum), ("organisation", do.organisation)) if id_ is not None}
    if do.dry_run:
        return Outcome(ids, shown_once={"rows": rows})
    refused = tuple(error for row in rows for error in row.errors)
    if refused:
        raise Several(each=refused)
    await store.write(add(*wanted.values()))
    mailed = context.mails and not do.by_hand
    if mailed:
        await store.write(invitations.write_letters(context.now, *(invitation.id for invitation in wanted.values())))
    rows = [_row(n, wanted[n], None if mailed else context.links) if n in wanted else row for n, row in enumerate(rows)]
    entries = tuple(
        Entry("invitation", invitation.id, {"role": invitation.role.value}) for invitation in wanted.values()
    )
    return Outcome(
        {**ids, **{str(n): invitation.id for n, invitation in wanted.items()}}, entries, shown_once={"rows": rows}
    )


async def _looked_through(
    do: InvitePeople, context: ActContext, store: Store
) -> tuple[list[InvitedRow], dict[int, Invitation]]:
    """What comes of each, and the invitations to be made by their place."""
    wishes = [replace(person, organisation=person.organisation or do.organisation) for person in do.people]
    rows: list[InvitedRow] = []
    wanted: dict[int, Invitation] = {}
    places: dict[tuple[object, ...], int] = {}
    for n, found in enumerate(await sendable(wishes, do.forum, do.zone, context, store)):
        try:
            wanted[n] = _need_first(do, found, n, places)
            rows.append(InvitedRow(row=n, outcome=RowOutcome.NEW))
        except Refusal as refused:
            rows.append(_refused(n, refused.at_path("people", str(n)), leave_out=do.leave_out))
    return rows, wanted


def _need_first(do: InvitePeople, found: Wanted, n: int, places: dict[tuple[object, ...], int]) -> Invitation:
    """The invitation. Refuses what was refused, (InvalidValue) an administrator's for another organisation, and what
    stands in the list already."""
    if do.forum is None and do.people[n].organisation not in (None, do.organisation):
        reason = "You invite as an administrator: for your own organisation alone. Leave this out, or name the forum."
        raise InvalidValue(reason=reason).at_path("organisation")
    if found.refusal is not None:
        raise found.refusal
    assert found.invitation is not None  # one or the other
    first = places.setdefault(_same(found.invitation), n)
    if first != n:
        reason = phrased(
            "The same address is asked in for the same role at people {first} already. Take one out.", first=first
        )
        raise InvalidValue(reason=reason).at_path("address")
    return found.invitation


def _same(invitation: Invitation) -> tuple[object, ...]:
    """What two invitations of one side share when they are the same: `invitations.waiting` in a list."""
    address = (invitation.address or "").lower()
    return address, invitation.organisation_id, invitation.role, invitation.mechanism_code


def _refused(n: int, refused: Refusal, *, leave_out: bool) -> InvitedRow:
    outcome = _KNOWN.get(type(refused), RowOutcome.REFUSED)
    if leave_out and outcome != RowOutcome.REFUSED:
        return InvitedRow(row=n, outcome=outcome)
    return InvitedRow(row=n, outcome=outcome, errors=(refused,))


def _row(n: int, invitation: Invitation, links: Links | None) -> InvitedRow:
    """A row of an invitation that was made, with its link (`links` None: the person is written to), whether or not that
    was used since: who sends the request again need not be of the side any more that may know."""
    link = None if links is None else links.sign(LinkKind.INVITATION, invitation.id, invitation.open_until)
    id_ = f"Invitation:{invitation.id}"
    return InvitedRow(row=n, outcome=RowOutcome.NEW, invitation=id_, open_until=invitation.open_until, link=link)
