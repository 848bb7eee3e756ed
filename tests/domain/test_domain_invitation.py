"""Invitations and their links: what is signed, until when it counts, and what the clock makes of it."""

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

import pytest

from forum.domain.invitation import KEPT_FOR, OPEN_FOR, Invitation, InvitationState, close, open_until
from forum.domain.mandate import Role
from forum.domain.secret_link import LENGTH, NO_LINKS, LinkKind, Links, answered_by
from forum.errors import InvalidValue, LinkNotGood
from tests.support.nouns import NOON, some_id

LINKS = Links("s" * 32)
DAY = timedelta(days=1)


class Other(StrEnum):
    """A kind of link that there is not yet."""

    FEED = "feed"


def _invitation(**more):
    who = {"address": "a@example.org", "name": "A", "organisation_id": some_id(1), "role": Role.DELEGATE}
    by = {"invited_by_id": some_id(2), "invited_under_id": some_id(3), "invited_at": NOON, "zone": "UTC"}
    ends = {"starts_at": NOON, "open_until": NOON + OPEN_FOR, "blank_at": NOON + OPEN_FOR + KEPT_FOR}
    return Invitation(id=some_id(4), **{**who, **by, **ends, **more})


def test_a_link_is_of_one_thing_one_kind_and_one_secret():
    id_ = some_id(5)
    link = LINKS.sign(LinkKind.INVITATION, id_, NOON)
    assert (len(link), answered_by(link), LINKS.sign(LinkKind.INVITATION, id_, NOON)) == (LENGTH, id_, link)
    LINKS.need_good(LinkKind.INVITATION, link)
    others = (
        LINKS.sign(Other.FEED, id_, NOON),  # type: ignore[arg-type]
        Links("t" * 32).sign(LinkKind.INVITATION, id_, NOON),
        # The end of one link with the code of another, and the other way round.
        LINKS.sign(LinkKind.INVITATION, id_, NOON + DAY)[:32] + link[32:],
        link[:32] + LINKS.sign(LinkKind.INVITATION, some_id(6), NOON)[32:],
    )
    for other in others:
        with pytest.raises(LinkNotGood):
            LINKS.need_good(LinkKind.INVITATION, other)
    with pytest.raises(ValueError, match="there is none"):
        NO_LINKS.sign(LinkKind.INVITATION, id_, NOON)


def test_it_is_open_for_two_weeks_and_not_beyond_the_term():
    later = NOON.replace(microsecond=7)
    assert open_until(later, None) == NOON + OPEN_FOR
    assert open_until(later, NOON + DAY) == NOON + DAY
    with pytest.raises(InvalidValue):
        open_until(later, NOON)


def test_the_clock_expires_and_blanks_each_once():
    open_ = _invitation(subject="s")
    late, at = close(open_, open_.open_until)
    assert (late.state, at, late.address) == (InvitationState.EXPIRED, open_.open_until, "a@example.org")
    assert close(open_, open_.open_until - timedelta(seconds=1)) == (open_, None)
    assert close(late, late.blank_at - timedelta(seconds=1)) == (late, None)
    blank, at = close(late, late.blank_at)
    assert (blank, at) == (replace(late, address=None, name=None, subject=None), late.blank_at)
    assert close(blank, late.blank_at + DAY) == (blank, None)
