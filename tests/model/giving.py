"""Who may give, propose, accept and end a mandate: the table of docs/authority.md. Part of the model
(`__init__.py`)."""

from collections.abc import Iterable
from dataclasses import replace

from .table import ABOVE, ADMINISTRATOR, ADMISSION, FLOOR, FORUM_ROLES, HOLDER, OFFICE, OFFICES, SEATS, SPEAKING, TABLE
from .world import Mandate, Place, World, above, administers, asks_in, heads, held, registers, roles

YES, NOT_YOURS, ROLE, STATE = "YES", "AUTHORITY_NOT_YOURS", "ROLE_NOT_ALLOWED", "WRONG_STATE"
NOT_THERE, ADMITS_NOBODY = "NOT_FOUND", "ADMITS_NOBODY"
Hands = dict[str, str]  # whose words a mandate carries, each with the forum whose office it is; "" where of none


def governing(w: World, forum: str) -> str | None:
    """A forum's own process, else that of the forum that set it up."""
    own, parent = w.forums[forum].process, w.forums[forum].parent
    return own if own or not parent else governing(w, parent)


def narrowed(w: World, m: Mandate, said: Hands) -> str:
    """A forum's office gives and ends only as far as the process by which that forum works lets it."""
    forum = said.get(OFFICE) or said.get(ABOVE)
    process = governing(w, forum) if forum and ADMINISTRATOR not in said else None
    return YES if not process or roles(w, m, Place(forum or "")) & FLOOR & FORUM_ROLES[process] else ROLE


def offices(w: World, m: Mandate, forum: str | None) -> Hands:
    """A mandate's words as the office of a forum, or as that of one above it."""
    own = {OFFICE: forum} if forum and heads(w, m, forum) else {}
    over = min((body for body in above(w, forum) if heads(w, m, body)), default="")
    return {**own, ABOVE: over} if over else own


def about(w: World, person: str, mine: Mandate | None, m: Mandate) -> Hands:
    """Whose words somebody has about a mandate that was given or proposed, by one of their own or as its holder. A
    forum's office has a word on what that forum gave; of what the operator entered, on all but who speaks for an
    organisation."""
    said = {HOLDER: ""} if m.person == person else {}
    if mine and administers(mine, m.organisation):
        said[ADMINISTRATOR] = ""
    if mine and m.by in w.forums and heads(w, mine, m.by):
        said[OFFICE if m.by == m.forum else ABOVE] = m.by or ""
    if mine and m.by is None and m.role not in SPEAKING | {"administrator"}:
        said |= offices(w, mine, m.forum)
    return said


def best(answers: Iterable[str]) -> str:
    """Of what several mandates would answer: yes if one does, else the refusal that says more."""
    given = set(answers)
    return next((a for a in (YES, ROLE) if a in given), NOT_YOURS)


def grant(w: World, person: str, new: Mandate) -> Mandate | str:
    """`grantMandate`, under the first mandate that lets somebody: the new mandate as it then stands, or why not."""
    line, refused = TABLE[new.role], NOT_YOURS
    for m in held(w, person):
        said = offices(w, m, new.forum)
        if not said or narrowed(w, m, said) != YES:
            refused = ROLE if said else refused
            continue
        at_once = said.keys() & line.given and (not line.own or new.organisation == m.organisation)
        state = "in force" if at_once else "proposed" if said.keys() & line.proposed else ""
        return _entered(w, replace(new, by=said.get(OFFICE) or said[ABOVE], state=state))
    if new.person == person and HOLDER in line.given | line.proposed:
        return _entered(w, replace(new, state="in force" if HOLDER in line.given else "proposed"))
    return refused


def name(w: World, person: str, new: Mandate) -> Mandate | str:
    """`nameRepresentative`, by the administrator of an organisation: of the roles that are an organisation's to
    give."""
    if not any(administers(m, new.organisation) for m in held(w, person)):
        return NOT_YOURS
    line = TABLE[new.role]
    state = "in force" if ADMINISTRATOR in line.given else "proposed" if ADMINISTRATOR in line.proposed else ""
    if not state:
        return "WORD_NOT_ALLOWED" if new.role in OFFICES else "INVALID_VALUE"
    return _entered(w, replace(new, by=new.organisation, state=state))


def invite(w: World, person: str, new: Mandate) -> Mandate | str:
    """`invitePerson` or a row of `invitePeople`, and `acceptInvitation` by somebody new: what comes of it is what the
    inviter could give. For a forum as its office, else as the organisation's administrator."""
    return grant(w, person, new) if new.forum else name(w, person, new)


def end_invitation(w: World, person: str, by: str | None, organisation: str, *, waits: bool) -> str:
    """`endInvitation`, by the side that invited: a forum's office, or an organisation's administrators."""
    if not asks_in(w, person, by, organisation):
        return NOT_YOURS
    return YES if waits else STATE


def _entered(w: World, new: Mandate) -> Mandate | str:
    """The mandate, if the table gives it at all and the same is not there already."""
    if not new.state:
        return NOT_YOURS
    return "MANDATE_STANDS" if new.says in w.said else new


def accept(w: World, person: str, m: Mandate) -> str:
    """`acceptMandate`."""
    return _answer(w, person, m, TABLE[m.role].accepted)


def decline(w: World, person: str, m: Mandate) -> str:
    """`declineMandate`: whoever might accept it, and who was to hold it."""
    return _answer(w, person, m, TABLE[m.role].accepted | {HOLDER})


def _answer(w: World, person: str, m: Mandate, whose: frozenset[str]) -> str:
    if not any(about(w, person, mine, m).keys() & whose for mine in (None, *held(w, person))):
        return NOT_YOURS
    return YES if m.state == "proposed" else STATE


def end(w: World, person: str, m: Mandate) -> str:
    """`endMandate`, by the holder, the organisation's administrator, or a forum's office."""
    ended, found = TABLE[m.role].ended, []
    for mine in (None, *held(w, person)):
        said = about(w, person, mine, m)
        if said.keys() & ended:
            found.append(narrowed(w, mine, said) if mine and HOLDER not in said.keys() & ended else YES)
    given = best(found)
    return STATE if given == YES and m.state == "over" else given


def seat(w: World, person: str, act: str, forum: str, organisation: str | None) -> str:
    """`admitMember`, `changeSeat` and `endParticipation`: by a forum's office or the one above; an end also by the
    organisation itself. No process is asked."""
    for m in held(w, person):
        said = {*offices(w, m, forum), *((ADMINISTRATOR,) if administers(m, organisation) else ())}
        if said & SEATS[act]:
            return YES
    return NOT_YOURS


def propose_agreement(w: World, person: str, forum: str) -> str:
    """`proposeAgreement`: a body's word is given by its secretariat, or by that of the body that set it up."""
    bodies = {forum, w.forums[forum].parent}
    return YES if any(m.role == "secretariat" and m.forum in bodies for m in held(w, person)) else NOT_YOURS


def set_contact(person: str, of: str) -> str:
    """`setContact`: where one is written to is one's own to say, whatever mandates others hold."""
    return YES if person == of else NOT_THERE


def renew_calendar(person: str, of: str) -> str:
    """`renewCalendar`: an address for one's own dates; another's is not there, whatever mandates one holds."""
    return YES if person == of else NOT_THERE


def end_calendar(person: str, of: str) -> str:
    """`endCalendar`: one's own address alone."""
    return YES if person == of else NOT_THERE


def revoke_token(person: str, of: str, *, ended: bool) -> str:
    """`revokeToken`: one's own; another's is not there, whatever mandates one holds."""
    if person != of:
        return NOT_THERE
    return STATE if ended else YES


def end_sign_in(person: str, of: str, *, ended: bool) -> str:
    """`endSignIn`, one or all the others: where one is signed in is one's own affair, whatever mandates others hold."""
    if person != of:
        return NOT_THERE
    return STATE if ended else YES


def come(w: World, person: str, act: str, forum: str, applicant: str | None, *, waits: bool = True) -> str:
    """`applyForAdmission`, `admitOrganisation` and `declineApplication`: who applies holds nothing; who answers is of
    the office of a forum that is entrusted with it, not of the one above it. An application is answered once."""
    if act == "apply_for_admission" and not w.forums[forum].registrar:
        return ADMITS_NOBODY
    words = {"applicant"} if person == applicant else set()
    words |= {"registrar"} if registers(w, person, forum) else set()
    if not words & ADMISSION[act]:
        return NOT_YOURS
    return YES if waits else STATE


def set_clearance_rule(w: World, person: str, organisation: str | None) -> str:
    """`setClearanceRule`: what is asked of an organisation's own side is its administrator's to say."""
    return YES if any(administers(m, organisation) for m in held(w, person)) else NOT_YOURS
