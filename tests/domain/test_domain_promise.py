"""What is promised to those who write: who reads it, and that it is never more than was told."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.contribution import ContributionKind, ContributionState, Visibility, revise
from forum.domain.document import Audience
from forum.domain.promise import as_sent, narrower, need_agreed, of_comments, wider
from forum.errors import AudienceWider, WrongState
from tests.support.nouns import a_contribution

CIRCLES = ("team", "participants", "public")
audiences = st.sampled_from(CIRCLES)


@pytest.mark.parametrize(
    ("comments", "once_closed", "told"),
    [
        ("public", "public", "public"),
        ("public", "participants", "participants"),
        ("public", "team", "participants"),  # while it is circulated the participants read it
        ("participants", "public", "participants"),
        ("participants", "team", "participants"),
        ("team", "public", "team"),
    ],
)
def test_who_reads_a_comment_that_is_written_now(comments: str, once_closed: str, told: str) -> None:
    assert of_comments(comments, once_closed) == told


@given(audiences, audiences)
def test_a_comment_never_has_more_readers_than_its_process_says(comments: str, once_closed: str) -> None:
    assert CIRCLES.index(of_comments(comments, once_closed)) <= CIRCLES.index(comments)


@given(audiences, audiences)
def test_of_two_circles_one_is_the_narrower_and_the_other_the_wider(one: str, other: str) -> None:
    a, b = Audience(one), Audience(other)
    assert {narrower(a, b), wider(a, b)} == {a, b}
    assert CIRCLES.index(narrower(a, b)) <= CIRCLES.index(wider(a, b))


@pytest.mark.parametrize(("audience", "agreed"), list(product(CIRCLES, CIRCLES)))
def test_more_readers_than_were_agreed_to_are_refused(audience: str, agreed: str) -> None:
    need_agreed(Audience(audience), None)
    if CIRCLES.index(audience) <= CIRCLES.index(agreed):
        need_agreed(Audience(audience), agreed)
        return
    with pytest.raises(AudienceWider) as refused:
        need_agreed(Audience(audience), agreed)
    assert (refused.value.audience, refused.value.agreed, refused.value.path) == (audience, agreed, ("audience",))


def test_a_text_arrives_for_the_circle_it_was_sent_from() -> None:
    assert {a: as_sent(a) for a in Audience} == {
        Audience.TEAM: Visibility.SECRETARIAT,
        Audience.PARTICIPANTS: Visibility.PARTICIPANTS,
        Audience.PUBLIC: Visibility.PUBLIC,
    }


def test_a_text_that_another_forum_sent_is_not_rewritten_nor_given_other_readers() -> None:
    received = a_contribution(kind=ContributionKind.RECEIVED, state=ContributionState.RETURNED)
    with pytest.raises(WrongState):
        revise(received, visibility=Visibility.PUBLIC)
