"""An act by itself: what it needs and what it writes are data, so it is tried without a database."""

from dataclasses import replace
from typing import Any

from forum.actions.contribution.submit_contribution import SubmitContribution, submit_contribution
from forum.domain.call import Answer
from forum.domain.contribution import AttributionKind, AuthorKind, Authorship, ContributionState
from forum.store import authors, clearances, inputs
from forum.store.records import add, change
from tests.support.contexts import a_context
from tests.support.fake_store import FakeStore
from tests.support.nouns import NOON, a_call, a_contribution, some_id

CONTENT = {"language": "en", "practices": [], "sections": [], "tags": [], "title": "An input"}


async def test_what_is_handed_in_is_frozen_written_and_answered_for() -> None:
    before = a_contribution(state=ContributionState.RELEASED)
    store = FakeStore(
        {
            clearances.rule_for_input(before.id): None,
            inputs.content(before): CONTENT,
            inputs.of_the_same_author(before): (),
            inputs.last_version(before.id): None,
        }
    )
    outcome = await submit_contribution(
        SubmitContribution(contribution=before.id), a_context(before, now=NOON, call=a_call()), store
    )
    [frozen, handed_in, noted, told, answered] = store.written
    receipt: Any = told.arguments[0][0]  # type: ignore[index]
    assert (receipt.kind, receipt.contribution_id, receipt.person_id) == ("receipt", before.id, None)
    snapshot: Any = frozen.arguments[0]
    [entry] = outcome.entries
    assert frozen.function is add(snapshot).function
    after: Any = handed_in.arguments[1]
    assert handed_in == change(before, after)
    assert (after.state, after.late, after.submitted_at) == ("submitted", True, NOON)
    assert after.receipt_hash == snapshot.hash == entry.detail["hash"]
    assert noted == authors.note(before.id, submitted_at=NOON)
    assert answered == inputs.answer_of(before.call_id, some_id(6), Answer.SENT, answered_at=NOON)
    assert entry.author is None


async def test_of_what_names_nobody_the_history_keeps_the_author_apart() -> None:
    before = replace(
        a_contribution(state=ContributionState.RELEASED), named_organisation_id=None, attribution=AttributionKind.NONE
    )
    wrote = Authorship(
        subject_id=before.id, subject_kind="contribution", author_kind=AuthorKind.STATE, organisation_id=some_id(6),
        written_at=NOON,
    )  # fmt: skip
    store = FakeStore(
        {
            clearances.rule_for_input(before.id): None,
            inputs.content(before): CONTENT,
            authors.of(before.id): wrote,
            inputs.of_the_same_author(before): (),
            inputs.last_version(before.id): None,
        }
    )
    outcome = await submit_contribution(
        SubmitContribution(contribution=before.id), a_context(before, now=NOON, call=a_call()), store
    )
    [entry] = outcome.entries
    assert entry.author is not None
    assert entry.author["organisation_id"] == some_id(6)
    assert some_id(6) not in entry.detail.values()
