"""What becomes of a text, act by act, and what a frozen revision holds, with no database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from forum.domain import snapshot
from forum.domain.document import (
    Audience,
    Document,
    DocumentState,
    Ending,
    Part,
    Recommendation,
    circulate,
    close,
    need_closed,
    put_to_body,
    return_to_drafters,
    with_revision,
)
from forum.domain.document_text import DocumentText, content, need_length, still_holds
from forum.domain.paragraph import PlacedParagraph
from forum.errors import TextTooLong, WrongState
from tests.support.nouns import NOON, a_document, a_paragraph, a_revision, some_id

ENDORSED = Ending(DocumentState.ENDORSED, "no_objection", "Endorsed on 1 March 2027", Audience.PUBLIC, "Final")
EDITABLE = "draft circulated"
# Every transition, the states in which it may be done, and the state it leads to.
TRANSITIONS: dict[str, tuple[Callable[[Document], Document], str, str]] = {
    "circulate_document": (lambda d: circulate(d, NOON, NOON + timedelta(days=7)), EDITABLE, "circulated"),
    "start_silence": (put_to_body, EDITABLE, "silence"),
    "close_silence": (return_to_drafters, "silence", "circulated"),
    "issue_document": (lambda d: close("issue_document", d, ENDORSED, NOON), f"{EDITABLE} silence", "endorsed"),
}
TEXT = DocumentText(
    a_document(),
    (
        PlacedParagraph(a_paragraph(1, markdown="Ten words.", recommendation_id=some_id(50)), 1),
        PlacedParagraph(a_paragraph(2, parent_id=some_id(101)), 1),
        PlacedParagraph(a_paragraph(3, withdrawn=True, markdown="Withdrawn words do not count."), None),
    ),
    (Part(id=some_id(40), document_id=some_id(20), ordinal=1, number="I", heading="First part"),),
    (Recommendation(id=some_id(50), document_id=some_id(20), ordinal=1, heading="Count migrants"),),
)


@pytest.mark.parametrize("act", TRANSITIONS)
@pytest.mark.parametrize("state", DocumentState)
def test_a_transition_is_done_in_its_states_and_refused_in_all_others(act: str, state: DocumentState) -> None:
    change, states, leads_to = TRANSITIONS[act]
    before = a_document(state=state)
    if state in states.split():
        assert change(before).state == leads_to
        return
    with pytest.raises(WrongState) as refused:
        change(before)
    assert (refused.value.act, refused.value.state, set(refused.value.needs)) == (act, state, set(states.split()))


@pytest.mark.parametrize("state", DocumentState)
def test_only_what_is_closed_is_sent_on(state: DocumentState) -> None:
    document = a_document(state=state)
    if state in ("issued", "endorsed", "adopted"):
        need_closed("transmit_document", document)
        return
    with pytest.raises(WrongState):
        need_closed("transmit_document", document)


def test_a_closed_text_has_its_words_and_is_read_by_its_audience() -> None:
    closed = close("issue_document", a_document(), ENDORSED, NOON)
    assert (closed.closing, closed.closing_words) == ("no_objection", "Endorsed on 1 March 2027")
    assert (closed.audience, closed.closed_at) == ("public", NOON)


@pytest.mark.parametrize(("initials", "label"), [(None, "Rev.1"), ("KN", "Rev.1 KN")])
def test_a_version_is_called_by_its_label_and_hand(initials: str | None, label: str) -> None:
    after = with_revision(a_document(), a_revision(number=4, initials=initials))
    assert (after.revision, after.version_label) == (4, label)


def test_a_revision_holds_what_stands_in_the_text_and_nobody_who_wrote_it() -> None:
    frozen = content(TEXT)
    assert [one["w_id"] for one in frozen["paragraphs"]] == ["sec_1__para_1", "sec_1__para_2"]
    assert [one["parent"] for one in frozen["paragraphs"]] == [None, "sec_1__para_1"]
    assert [one["recommendation"] for one in frozen["paragraphs"]] == [1, None]
    salt = bytes(range(32))
    revision = a_revision(salt=salt, hash=snapshot.seal(frozen, salt))
    assert still_holds(revision, frozen)
    changed = replace(TEXT, document=a_document(title="Another title"))
    assert not still_holds(revision, content(changed))


def test_paragraphs_and_headings_count_and_withdrawn_ones_do_not() -> None:
    need_length(TEXT, 0)  # no limit
    need_length(TEXT, 8)
    with pytest.raises(TextTooLong) as refused:
        need_length(TEXT, 7)
    assert (refused.value.actual, refused.value.limit, refused.value.unit) == (8, 7, "words")
