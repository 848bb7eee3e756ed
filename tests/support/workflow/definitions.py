"""Random definitions, small and strange: a few stages, acts strewn over them, gates, windows, clocks."""

from hypothesis import strategies as st

from forum.workflow.load import parse
from forum.workflow.process import Process

GATES = ("every_input_answered", "every_comment_answered", "every_paragraph_sourced", "no_paragraph_contested",
         "no_call_open")  # fmt: skip
WINDOWS = {
    "submit_contribution": "call", "withdraw_contribution": "call", "add_comment": "consultation",
    "break_silence": "silence",
}  # fmt: skip
ACTS = (
    "issue_call", "permit_late_contribution", "submit_contribution", "record_contribution", "receive_contribution",
    "withdraw_contribution",
    "return_contribution", "draft_document", "write_paragraph", "cite_source", "withdraw_paragraph",
    "circulate_document",
    "add_comment", "record_disposition", "record_joint_disposition", "issue_document", "endorse_document",
    "start_silence", "break_silence",
    "answer_objection", "advance_stage",
)  # fmt: skip
EDGES = ("call_opens", "call_closes", "consultation_closes", "silence_closes", "stage_closes")
ROLES = ("chair", "secretariat", "penholder", "delegate", "coordinator", "member")
HEAD = """
name = "odd"
version = "1"
title = "Odd"
layer = "regional"

[anchors.summit]
title = "Summit"

[closings.issued]
how = "issued"
by = "chair"
on_paper = "Issued"

[closings.silence]
how = "no_objection"
by = "steering_group"
on_paper = "Passed"

[closings.adopted]
how = "adopted"
by = "member"
on_paper = "Adopted"
"""

few_gates: st.SearchStrategy[list[str]] = st.one_of(
    st.just([]), st.just([]), st.lists(st.sampled_from(GATES), max_size=2, unique=True)
)


def _listed(words: list[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


@st.composite
def rules(draw: st.DrawFn, acts: tuple[str, ...] = ACTS, most: int = 10) -> str:
    lines = []
    for act in draw(st.lists(st.sampled_from(acts), max_size=most, unique=True)):
        parts = [f"by = {_listed(draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True)))}"]
        if act in WINDOWS and draw(st.booleans()):
            parts.append(f'window = "{WINDOWS[act]}"')
        if gates := draw(few_gates):
            parts.append(f"gates = {_listed(gates)}")
        lines.append(f"{act} = {{ {', '.join(parts)} }}")
    return "\n".join(lines)


@st.composite
def stages(draw: st.DrawFn, number: int, count: int) -> str:
    others = [f"s{n}" for n in range(count)]
    lines = [f"[tracks.main.stages.s{number}]", 'title = "Stage"']
    final = number == count - 1 or draw(st.integers(0, 9)) == 0
    if final:
        lines.append("final = true")
    if needs := draw(few_gates):
        lines.append(f"needs = {_listed(needs)}")
    if not final:
        on = draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
        if draw(st.integers(0, 3)):
            on = sorted({*on, f"s{number + 1}"})
        if on:
            lines.append(f"to = {_listed(on)}")
        lines.append('closes = "1 day after summit"')
        clocks = []
        for edge in draw(st.lists(st.sampled_from(EDGES), max_size=2)):
            gates = draw(few_gates)
            told = f", gates = {_listed(gates)}" if gates else ""
            clocks.append(f'{{ at = "{edge}", to = "{draw(st.sampled_from(others))}"{told} }}')
        if clocks:
            lines.append(f"clock = [{', '.join(clocks)}]")
    return "\n".join([*lines, f"[tracks.main.stages.s{number}.acts]", draw(rules())])


@st.composite
def definitions(draw: st.DrawFn) -> Process:
    """A definition that loads. Some are sound, most are not."""
    parts = [HEAD]
    if draw(st.booleans()):
        parts.append('[mechanisms]\nstates = "States"')
    if draw(st.integers(0, 3)):
        parts.append('[dispositions]\nnoted = "noted"')
    if draw(st.integers(0, 3)) == 0:
        kind = draw(st.sampled_from(["steering_group", "working_group"]))
        parts.append(f'[bodies.group]\ntitle = "Group"\nkind = "{kind}"')
    kinds = [f"paper{n}" for n in range(draw(st.integers(0, 2)))]
    for kind in kinds:
        closing = draw(st.sampled_from(["issued", "silence", "adopted"]))
        gates = draw(few_gates)
        parts.append(f'[documents.{kind}]\ntitle = "Paper"\nclosing = "{closing}"\ngates = {_listed(gates)}')
    count = draw(st.integers(2, 4))
    parts.append(f'[tracks.main]\ntitle = "Main"\ninitial = "s0"\ndocuments = {_listed(kinds)}')
    parts.append(f"[tracks.main.always]\n{draw(rules(most=4))}")
    if draw(st.integers(0, 3)) and "advance_stage" not in parts[-1]:
        parts[-1] += '\nadvance_stage = { by = ["chair"] }'
    parts += [draw(stages(n, count)) for n in range(count)]
    return parse("\n".join(parts))
