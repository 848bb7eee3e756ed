"""What a viewer may see: every predicate (of rows) and every guard (of fields) of the service stands in this file.

The compiler puts them on every access, so that no read can forget one: lists, counts, search, exports and papers all go
through here. A predicate takes the table as it is named in the statement and the viewer's parameters, and gives SQL.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from ..store.tables import names as t
from .me import Me, const, one_of
from .source_ends import end_of

SMALL = 3  # below this, a count could point at somebody (`forum/domain/thresholds.py` says why)


def everybody(_: sa.FromClause, __: Me) -> sa.ColumnElement[bool]:
    """Public record: forums, editions, calls, meetings."""
    return sa.true()


def wrote(row: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """The viewer's own side wrote this. Row-level security decides in `authorship` itself; those who write for nobody
    are not even asked, and their plan leaves the table alone."""
    a = t.authorship.alias()
    return sa.exists().where(a.c.subject_id == row.c.id, me.wrote(a)) if "author" in me.form else sa.false()


def sees_authorship(a: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Nobody but the author's own side, on top of what row-level security says."""
    return me.wrote(a) if "author" in me.form else sa.false()


def sees_clearance(x: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """What an organisation asks to be cleared, and who cleared what: for its own side, as row-level security says."""
    return x.c.organisation_id == sa.any_(me.organisations) if "author" in me.form else sa.false()


def sees_contribution(c: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Handed in, and of an audience the viewer belongs to; or the viewer's own."""
    return sa.or_(sa.and_(_handed_in(c), _in_audience(c.c.visibility, c.c.forum_id, me)), wrote(c, me))


def sees_part_of_contribution(x: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """A part of a contribution is seen by those who see the contribution."""
    c = t.contribution.alias()
    return sa.exists().where(c.c.id == x.c.contribution_id, sees_contribution(c, me))


def has_receipt(c: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """A receipt's number and time are for its sender and the secretariat; without attribution, for the sender only."""
    named = sa.and_(c.c.submitted_at.isnot(None), c.c.forum_id == sa.any_(me.teams))
    return sa.and_(c.c.receipt_number.isnot(None), sa.or_(named, wrote(c, me)))


def _in_audience(circle: sa.ColumnElement[str], forum_id: sa.ColumnElement[Any], me: Me) -> sa.ColumnElement[bool]:
    return sa.or_(
        circle == const("public"),
        sa.and_(circle == const("participants"), forum_id == sa.any_(me.forums)),
        forum_id == sa.any_(me.teams),
    )


def sees_document(d: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """A draft is for its team, a circulated text for participants, an issued one public where the process says so. One
    that was put to a body is read by the body's members as well, whether or not they take part in the forum."""
    s = t.silence.alias()
    asked = sa.exists().where(s.c.document_id == d.c.id, s.c.body_id == sa.any_(me.forums))
    return sa.or_(_in_audience(d.c.audience, d.c.forum_id, me), sa.and_(d.c.audience == const("participants"), asked))


def sees_part_of_document(x: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """A part of a document is seen by those who see the document."""
    d = t.document.alias()
    return sa.exists().where(d.c.id == x.c.document_id, sees_document(d, me))


def sees_comment(k: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """A comment's audience is the process's choice, and never wider than the document's."""
    d = t.document.alias()
    circle = _in_audience(k.c.audience, d.c.forum_id, me)
    readable = sa.exists().where(d.c.id == k.c.document_id, sees_document(d, me), circle)
    return sa.or_(readable, wrote(k, me))


def sees_disposition(x: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """What became of a thing is seen by those who see the document and the thing; by the team also while the author
    mends what it returned: it was handed in, and the draft is not told."""
    c, k = t.contribution.alias(), t.comment.alias()
    drafted = sa.and_(one_of(c.c.state, ("draft", "released")), c.c.mend_until.isnot(None))
    subject = sa.or_(
        x.c.recommendation_id.isnot(None),
        sa.exists().where(c.c.id == x.c.contribution_id, drafted, c.c.forum_id == sa.any_(me.teams)),
        sa.exists().where(c.c.id == x.c.contribution_id, sees_contribution(c, me)),
        sa.exists().where(k.c.id == x.c.comment_id, sees_comment(k, me)),
    )
    return sa.and_(sees_part_of_document(x, me), subject)


def sees_silence(s: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """A silence is seen by those who see the document it is on."""
    return sees_part_of_document(s, me)


def sees_objection(o: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Who broke silence is known to the body that was asked and to the document's team, to nobody else."""
    s, d = t.silence.alias(), t.document.alias()
    team = sa.exists().where(d.c.id == s.c.document_id, d.c.forum_id == sa.any_(me.teams))
    return sa.exists().where(s.c.id == o.c.silence_id, sa.or_(s.c.body_id == sa.any_(me.forums), team))


def sees_reservation(r: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Until the text has passed a reservation is known as an objection is. Then it is what its author wished it to be:
    printed, and read by the text's readers."""
    s = t.silence.alias()
    printed = sa.exists().where(s.c.id == r.c.silence_id, sees_silence(s, me))
    return sa.or_(sees_objection(r, me), sa.and_(r.c.published, printed))


def sees_rounds(s: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Guard of what changed between rounds: known to those before whom the text lay. To the public, what was taken out
    of a text was never in it."""
    d = t.document.alias()
    before = sa.exists().where(
        d.c.id == s.c.document_id, sa.or_(d.c.forum_id == sa.any_(me.forums), d.c.forum_id == sa.any_(me.teams))
    )
    return sa.or_(s.c.body_id == sa.any_(me.forums), before)


def sees_addressee(x: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Who has not answered, and who may answer late, is the secretariat's list; each addressee sees its own line."""
    return sa.or_(x.c.organisation_id == sa.any_(me.organisations), sees_reminder(x, me))


def sees_notice(n: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """A notice is read by the person it is for, and by nobody else. One about an input or a comment is for the side
    that wrote it, and about a text no sooner than that side sees the text."""
    if "author" not in me.form:
        return n.c.person_id == me.person
    a = t.authorship.alias()
    own = sa.func.array(sa.select(a.c.subject_id).where(me.wrote(a)).scalar_subquery(), type_=ARRAY(sa.Uuid))
    theirs = sa.or_(n.c.contribution_id == sa.any_(own), n.c.comment_id == sa.any_(own))
    readable = sa.or_(n.c.document_id.is_(None), sees_part_of_document(n, me))
    return sa.or_(n.c.person_id == me.person, sa.and_(theirs, readable))


def sees_token(k: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """A token is known to its own person, and to nobody else."""
    p = t.person.alias()
    return sa.exists().where(p.c.id == me.person, p.c.subject == k.c.subject)


def sees_reminder(r: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """When reminders go out is the secretariat's business."""
    k = t.call.alias()
    return sa.exists().where(k.c.id == r.c.call_id, k.c.forum_id == sa.any_(me.teams))


def sees_extension(x: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """More time for a call or a stage is public record; for a consultation or a silence it is seen with the text."""
    d, s = t.document.alias(), t.silence.alias()
    text = sa.exists().where(d.c.id == x.c.document_id, sees_document(d, me))
    silence = sa.exists().where(s.c.id == x.c.silence_id, sees_silence(s, me))
    public = sa.and_(x.c.document_id.is_(None), x.c.silence_id.is_(None))
    return sa.or_(public, text, silence)


def sees_history(h: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """The edition's team, of what it sees at all, and the side that acted: of clearances, that side alone. Who acted
    unnamed is found by the line, who handed in under a name by the text."""
    e, c, k, a = t.edition.alias(), t.contribution.alias(), t.comment.alias(), t.authorship.alias()
    team = sa.exists().where(e.c.id == h.c.edition_id, e.c.forum_id == sa.any_(me.teams))
    readable = sa.or_(
        sa.not_(one_of(h.c.subject_kind, ("contribution", "comment", "clearance"))),
        sa.exists().where(c.c.id == h.c.subject_id, sees_contribution(c, me)),
        sa.exists().where(k.c.id == h.c.subject_id, sees_comment(k, me)),
    )
    acted = sa.and_(
        one_of(h.c.act, ("submit_contribution", "add_comment", "comment")), a.c.subject_id == h.c.subject_id
    )
    own = sa.exists().where(acted, me.wrote(a)) if "author" in me.form else sa.false()
    return sa.or_(sa.and_(team, readable), wrote(h, me), own)


def sees_person(p: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Names of people are for those who hold something here; who only applied knows their own."""
    return sa.or_(me.holds, p.c.id == me.person)


def sees_fault(f: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Faults of an agenda are its secretariat's business until they are mended."""
    m, e = t.meeting.alias(), t.edition.alias()
    return sa.exists().where(m.c.id == f.c.meeting_id, e.c.id == m.c.edition_id, e.c.forum_id == sa.any_(me.teams))


def sees_mandate(m: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Offices are public; who acts in which role is for those who hold something; what waits, for those concerned."""
    return sees_giving(m, me) | ((m.c.office.isnot(None) | me.holds) & m.c.accepted_at.isnot(None))


def sees_giving(m: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Guard of how a mandate came about and ended: for the person, the organisation and the giver's team."""
    theirs = sa.or_(m.c.organisation_id == sa.any_(me.organisations), m.c.given_by_forum_id == sa.any_(me.teams))
    return sa.or_(m.c.person_id == me.person, theirs)


def sees_application(a: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Who applied, and the office that answers: not the rest of the forum's team."""
    return sa.or_(a.c.person_id == me.person, a.c.forum_id == sa.any_(me.offices))


def sees_why_seat_ended(p: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Guard of the reason why a seat ended: for the organisation and the forum's team, as of a mandate."""
    return sa.or_(p.c.organisation_id == sa.any_(me.organisations), p.c.forum_id == sa.any_(me.teams))


def sees_agreement(a: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """What a body agreed to is public, also when it is over; what waits, or came to nothing, is for the two sides."""
    return sees_dealing(a, me) | (one_of(a.c.state, ("agreed", "ended")) & a.c.answered_at.isnot(None))


def sees_dealing(a: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Guard of who proposed and answered an agreement, and why it ended: for the teams of the two bodies and of those
    that set them up, which may speak for them."""
    f = t.forum.alias()
    theirs = sa.or_(f.c.id == sa.any_(me.teams), f.c.parent_id == sa.any_(me.teams))
    return sa.exists().where(sa.or_(f.c.id == a.c.asking_id, f.c.id == a.c.named_id), theirs)


def tells_how(c: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Guard of what could distinguish a non-attributed contribution (entered on behalf, late, why it was returned):
    its own side sees it, and everybody where the author is named."""
    return sa.or_(c.c.attribution != const("none"), wrote(c, me))


def runs_edition(e: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Guard of what would come of a change to an edition: it names texts that are not everybody's yet."""
    return e.c.forum_id == sa.any_(me.teams)


def names_actor(h: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Guard of who did it and when, in the history of a contribution or comment: nobody's where it is not attributed.
    Such lines hold neither from the start; this stands behind them."""
    c, k = t.contribution.alias(), t.comment.alias()
    nameless = sa.or_(
        sa.exists().where(c.c.id == h.c.subject_id, c.c.attribution == const("none")),
        sa.exists().where(k.c.id == h.c.subject_id, k.c.attribution == const("none")),
    )
    return sa.not_(nameless)


# ---- the ends of sources and of the lineage
def _handed_in(c: sa.FromClause) -> sa.ColumnElement[bool]:
    """With the secretariat now: neither a draft, which nobody may know of, nor taken back."""
    return one_of(c.c.state, ("submitted", "admitted", "returned"))


def _stands_in(x: sa.FromClause, column: str) -> sa.ColumnElement[bool]:
    """Whether enough contributions stand in the track to which the row belongs that one of them tells of nobody."""
    c = t.contribution.alias()
    count = sa.select(sa.func.count()).select_from(c).where(c.c.track_id == x.c[column], _handed_in(c))
    return count.correlate(x).scalar_subquery() >= sa.literal_column(str(SMALL), sa.Integer)


def end_is_seen(kind: str, key: sa.ColumnElement[Any], me: Me) -> sa.ColumnElement[bool]:
    """Whether the viewer sees the contribution, comment, paragraph or panel of that id."""
    table, sees = _END_KINDS[kind]
    x = table.alias()
    return sa.exists().where(x.c.id == key, sees(x, me))


def end_may_be_told(kind: str, key: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether the end that is not seen may be told of at all, as Withheld: left out where fewer than SMALL stand, and
    where what was carried is taken back or a draft again, for that is its own side's to know."""
    if kind == "panel":
        return sa.false()
    x, d = _END_KINDS[kind][0].alias(), t.document.alias()
    if kind == "contribution":
        return sa.exists().where(x.c.id == key, _handed_in(x), _stands_in(x, "track_id"))
    return sa.exists().where(x.c.id == key, d.c.id == x.c.document_id, _stands_in(d, "track_id"))


_END_KINDS = {
    "contribution": (t.contribution, sees_contribution),
    "comment": (t.comment, sees_comment),
    "paragraph": (t.paragraph, sees_part_of_document),
    "panel": (t.panel, everybody),
}


def sees_source(s: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """The document's readers, where they see what the source leads to, or may know that something is withheld there."""
    ways = [
        sa.and_(key.isnot(None), sa.or_(end_is_seen(kind, key, me), end_may_be_told(kind, key)))
        for kind, key in end_of(s).items()
    ]
    return sa.and_(sees_part_of_document(s, me), sa.or_(*ways))
