"""Definitions that load and yet cannot work: each is `sound.toml` with something changed, and the code of its fault.

A row is the code, the changes (old text, new text), and words of the line at which the fault is found.
"""

LIMBO = '[tracks.main.stages.limbo]\ntitle = "Limbo"\n'
CLOSED = "[tracks.main.stages.closed]"
CLOSED_CLOCK = 'clock = { at = "silence_closes"'
END = "[[transmissions]]"
MAIN = 'documents = ["report"]\n'
FORUM = "open_edition = { by"
SIDE = """
[tracks.side]
title = "Side"
initial = "only"
after = "main"

[tracks.side.stages.only]
title = "Only"
final = true
"""
COUNCIL = '[bodies.council]\ntitle = "Council"\nkind = "steering_group"\n'
SUMMIT = '[anchors.summit]\ntitle = "Summit"\n'
MEETING = '[meetings.summit_day]\ntitle = "Summit"\ntrack = "main"\nat = "summit"\n'
ADOPTED = '\n[closings.{0}]\nhow = "adopted"\nby = "chair"\non_paper = "Adopted on {{date}}"\n'
TWICE = 'closing = "once"\nthen = "again"\n' + ADOPTED.format("once") + ADOPTED.format("again")
ONCE_MORE = 'closing = "silence"\nthen = "again"\n' + ADOPTED.format("again")
OF_STATES = 'mechanisms = ["states"], window = "call"'
REVIEWS = (MAIN, MAIN + "reviews = true\n")
WRITES = ('write_paragraph = { by = ["penholder"]', 'write_paragraph = { by = ["delegate"], subject = true')
HOUSE = ('submit_contribution = { by = ["delegate"]', 'submit_contribution = { by = ["chair"], subject = true')
MOVES = '[[moves]]\nfrom = "0"\n'

Row = tuple[str, tuple[tuple[str, str], ...], str]


def _one(code: str, old: str, new: str, line: str) -> Row:
    return code, ((old, new),), line


STAGES: tuple[Row, ...] = (
    _one("initial_missing", 'initial = "call"', 'initial = "dawn"', "[tracks.main]"),
    _one("unknown_stage", 'to = ["silence"]', 'to = ["silence", "dusk"]', "[tracks.main.stages.drafting]"),
    _one("unknown_stage", 'to = "closed", act', 'to = "dusk", act', CLOSED_CLOCK),
    _one("unreachable_stage", CLOSED, LIMBO + 'to = ["closed"]\n' + CLOSED, "[tracks.main.stages.limbo]"),
    _one("dead_end", CLOSED, LIMBO + CLOSED, "[tracks.main.stages.limbo]"),
    _one("dead_end", "final = true", "final = false", CLOSED),
    _one("no_end", "final = true", "final = false", "[tracks.main]"),
    _one("no_way_to_end", 'to = "closed", act', 'to = "drafting", act', "[tracks.main.stages.silence]"),
    _one("final_goes_on", "final = true", 'final = true\nto = ["call"]', CLOSED),
    _one("nobody_advances", 'advance_stage = { by = ["office"] }', "", "[tracks.main.stages.drafting]"),
    (
        "nobody_advances",
        (('advance_stage = { by = ["office"]', 'advance_stage = { by = ["office"], convenors = ["gfmd"]'),),
        "[tracks.main.stages.drafting]",
    ),
    _one("clock_cycle", 'to = ["silence"]', 'clock = { at = "call_opens", to = "call" }\nto = ["silence"]', "clock = "),
    _one(
        "clock_cycle",
        'to = ["silence"]',
        'clock = { at = "call_closes", to = "call", gates = ["every_input_answered"] }\nto = ["silence"]',
        "clock = ",
    ),
)

SPACE: tuple[Row, ...] = (
    # After the planned end of the stage no text can be begun, and the end of the track waits for one.
    (
        "locked_for_ever",
        (
            ('title = "Drafting"', 'title = "Drafting"\ncloses = "1 day after summit"'),
            ('draft_document = { by = ["penholder"] }', 'draft_document = { by = ["penholder"], window = "stage" }'),
            (END, SUMMIT + END),
        ),
        "[tracks.main.stages.drafting]",
    ),
    # No text can ever be put to the body, so the clock never ends a silence.
    _one("unreachable_stage", 'draft_document = { by = ["penholder"] }\n', "", CLOSED),
    # An objection that nobody may answer keeps the text from its body for ever.
    _one("locked_for_ever", 'answer_objection = { by = ["penholder"] }\n', "", "[tracks.main.stages.drafting]"),
    # The call closes while the track stands elsewhere, and nobody may issue another.
    (
        "locked_for_ever",
        (
            ('initial = "call"', 'initial = "dawn"'),
            (
                "[tracks.main.stages.call]",
                '[tracks.main.stages.dawn]\ntitle = "Dawn"\nto = ["call"]\n[tracks.main.stages.dawn.acts]\nissue_call '
                '= { by = ["office"] }\n[tracks.main.stages.call]',
            ),
            ('to = ["drafting"]\nclock', "clock"),
            ('[tracks.main.stages.call.acts]\nissue_call = { by = ["office"] }\n', "[tracks.main.stages.call.acts]\n"),
        ),
        "[tracks.main.stages.call]",
    ),
    # An input comes under a late permit when nobody can answer it any more, and the end asks for its answer.
    (
        "locked_for_ever",
        (
            ("final = true", 'needs = ["every_input_answered"]\nfinal = true'),
            (
                'advance_stage = { by = ["office"] }\n',
                'advance_stage = { by = ["office"] }\npermit_late = { by = ["office"] }\n',
            ),
            ('to = "closed", act', 'to = "last", act'),
            (CLOSED, '[tracks.main.stages.last]\ntitle = "Last"\nto = ["closed"]\n' + CLOSED),
        ),
        "[tracks.main.stages.last]",
    ),
    # Answers are given in a text, and where the track may go at once nobody may begin one.
    (
        "locked_for_ever",
        (
            ("final = true", 'needs = ["every_input_answered"]\nfinal = true'),
            ('to = ["drafting"]\nclock', 'to = ["drafting", "late"]\nclock'),
            (
                CLOSED,
                '[tracks.main.stages.late]\ntitle = "Late"\nto = ["closed"]\n[tracks.main.stages.late.acts]\ndispose '
                '= { by = ["penholder"] }\n' + CLOSED,
            ),
        ),
        "[tracks.main.stages.late]",
    ),
    _one(
        "end_leaves_input", "break_silence = {", 'receive_contribution = { by = ["office"] }\nbreak_silence = {', CLOSED
    ),
    _one(
        "end_leaves_silence",
        'title = "Silence"\nto = ["drafting"]',
        'title = "Silence"\nto = ["drafting", "closed"]',
        CLOSED,
    ),
    _one("end_leaves_objection", 'to = ["silence"]', 'to = ["silence", "closed"]', CLOSED),
)

NAMES: tuple[Row, ...] = (
    _one("unknown_gate", '"every_input_answered"', '"every_wish_granted"', "start_silence"),
    _one("unknown_gate", '"no_paragraph_contested"', '"no_sigh_heard"', CLOSED_CLOCK),
    _one("unknown_gate", 'title = "Report"', 'title = "Report"\ngates = ["good_mood"]', "[documents.report]"),
    _one("unknown_gate", "final = true", 'final = true\nneeds = ["good_mood"]', CLOSED),
    _one("unknown_role", '{ by = ["member"], window', '{ by = ["membre"], window', "break_silence"),
    _one("unknown_role", 'organisation = "representative"', 'organisation = "envoy"', "release_contribution"),
    _one("unknown_role", "[sets.writing]", '[reminders]\nthrough = ["postman"]\n[sets.writing]', "[reminders]"),
    _one("nobody_releases", 'forum = "secretariat"', "", "release_contribution"),
    _one("unknown_mechanism", 'mechanisms = ["states"]', 'mechanisms = ["choirs"]', "submit_contribution"),
    _one("unknown_mechanism", END, SUMMIT + MEETING + 'mechanisms = ["choirs"]\n' + END, "[meetings.summit_day]"),
    _one("misplaced_act", "record_disposition = {", 'open_edition = { by = ["chair"] }\ndispose = {', "open_edition"),
    _one("misplaced_act", FORUM, 'add_comment = { by = ["chair"] }\n' + FORUM, "add_comment"),
    _one(
        "dispositions_missing", 'noted = "noted"\ntaken_up = "taken up in paragraph {paragraph}"', "", "start_silence"
    ),
    _one("gate_cannot_open", 'record_disposition = { by = ["penholder"] }', "", "start_silence"),
)

WINDOWS: tuple[Row, ...] = (
    _one("window_never_opens", 'issue_call = { by = ["office"] }', "", "submit_contribution"),
    _one("window_never_opens", FORUM, 'move_anchor = { by = ["chair"], window = "call" }\n' + FORUM, "move_anchor"),
    _one(
        "window_never_opens",
        'to = ["silence"]',
        'clock = { at = "stage_closes", to = "silence" }\nto = ["silence"]',
        "clock = ",
    ),
    _one(
        "window_never_opens",
        'draft_document = { by = ["penholder"] }',
        'draft_document = { by = ["penholder"], window = "stage" }',
        "draft_document",
    ),
    _one("silence_without_voice", 'break_silence = { by = ["member"], window = "silence" }', "", "start_silence"),
    _one("silence_without_end", CLOSED_CLOCK, 'clock = { at = "call_closes"', "start_silence"),
    _one("no_way_back", 'title = "Silence"\nto = ["drafting"]', 'title = "Silence"', "start_silence"),
)

PEOPLE: tuple[Row, ...] = (
    (
        "role_unfilled",
        (
            ('[mechanisms]\nstates = "States"\n', ""),
            ('mechanisms = ["states"], ', ""),
            ('["delegate"]', '["delegate", "coordinator"]'),
        ),
        "submit_contribution",
    ),
    _one("body_missing", END, '[bodies.club]\ntitle = "Club"\nkind = "friends"\n' + END, "[closings.silence]"),
    _one("role_unfilled", END, '[bodies.club]\ntitle = "Club"\nkind = "friends"\n' + END, "break_silence"),
    (
        "nobody_acts",
        (
            ('[mechanisms]\nstates = "States"\n', ""),
            ('mechanisms = ["states"], ', ""),
            ('advance_stage = { by = ["office"] }', 'advance_stage = { by = ["coordinator"] }'),
            ('sets = ["writing"]', ""),
        ),
        "[tracks.main.stages.drafting]",
    ),
    (
        "convenors_conflict",
        (
            (MAIN, MAIN + 'convened_by = ["gfmd", "regional"]\n'),
            (
                'record_disposition = { by = ["penholder"] }',
                'record_disposition = { by = ["penholder"], convenors = ["gfmd"] }',
            ),
        ),
        "record_disposition",
    ),
    (
        "convenors_conflict",
        (
            (MAIN, MAIN + 'convened_by = ["gfmd", "hlpf"]\nrepeat = { at_most = 6, body = "council" }\n'),
            (END, COUNCIL + 'convened_by = ["gfmd"]\n' + END),
        ),
        "[tracks.main]",
    ),
    (
        "unknown_convenor",
        (
            (MAIN, MAIN + 'convened_by = ["gfmd", "regional"]\n'),
            (
                'record_disposition = { by = ["penholder"] }',
                'record_disposition = { by = ["penholder"], convenors = ["hlpf"] }',
            ),
        ),
        "record_disposition",
    ),
    _one("subject_missing", OF_STATES, OF_STATES + ", subject = true", "submit_contribution"),
    ("subject_unheard", (REVIEWS, WRITES), "write_paragraph"),
    ("subject_unheard", (REVIEWS, HOUSE), "submit_contribution"),
    _one("unknown_convenor", MAIN, MAIN + 'convened_by = ["choir"]\n', "[tracks.main]"),
    _one("unknown_convenor", MAIN, MAIN + 'convened_by = ["states", "mayors"]\n', "[tracks.main]"),
    _one("unknown_convenor", END, COUNCIL + 'convened_by = ["choir"]\n' + END, "[bodies.council]"),
)

FLOOR: tuple[Row, ...] = (
    _one("below_floor", FORUM + ' = ["office"]', FORUM + ' = ["office", "delegate"]', "open_edition"),
)

LINKS: tuple[Row, ...] = (
    _one("unknown_track", MAIN, MAIN + 'after = "yesterday"\n', "[tracks.main]"),
    _one("unknown_track", END, SUMMIT + MEETING.replace('"main"', '"maine"') + END, "[meetings.summit_day]"),
    (
        ("after_cycle"),
        ((MAIN, MAIN + 'after = "side"\n'), ("[closings.silence]", SIDE + "[closings.silence]")),
        "[tracks.side]",
    ),
    _one("after_cycle", MAIN, MAIN + 'after = "main"\n', "[tracks.main]"),
    _one("unknown_meeting", MAIN, MAIN + 'feeds = "ball"\n', "[tracks.main]"),
    _one("unknown_meeting", 'title = "Report"', 'title = "Report"\nmeeting = "ball"', "[documents.report]"),
    _one("unknown_body", MAIN, MAIN + 'repeat = { at_most = 6, body = "choir" }\n', "repeat = "),
    _one("unknown_document", 'title = "Report"', 'title = "Report"\nsources = ["poem"]', "[documents.report]"),
    _one("source_cycle", 'title = "Report"', 'title = "Report"\nsources = ["report"]', "[documents.report]"),
)

DRAFTING = 'title = "Drafting"'

LANGUAGES: tuple[Row, ...] = (
    _one("unknown_language", DRAFTING, 'title = { en = "Drafting", tlh = "ghItlh" }', "[tracks.main.stages.drafting]"),
    _one("empty_words", DRAFTING, 'title = { en = "Drafting", fr = " " }', "[tracks.main.stages.drafting]"),
    _one("empty_words", DRAFTING, 'title = ""', "[tracks.main.stages.drafting]"),
    _one(
        "hidden_character",
        DRAFTING,
        'title = { en = "Drafting", ar = "\\u202Eالصياغة" }',
        "[tracks.main.stages.drafting]",
    ),
    _one(
        "placeholders_differ",
        'on_paper = "Endorsed on {date}"',
        'on_paper = { en = "Endorsed on {date}", es = "Aprobado" }',
        "[closings.silence]",
    ),
    _one(
        "placeholder_not_filled",
        'on_paper = "Endorsed on {date}"',
        'on_paper = { en = "Endorsed on {date}", es = "Aprobado el {date}, {reason}" }',
        "[closings.silence]",
    ),
)

DOCUMENTS: tuple[Row, ...] = (
    _one("unknown_closer", 'by = "steering_group"', 'by = "stewards"', "[closings.silence]"),
    _one("unknown_closing", 'closing = "silence"', 'closing = "applause"', "[documents.report]"),
    _one("unknown_closing", 'closing = "silence"', 'closing = "silence"\nthen = "applause"', "[documents.report]"),
    _one("second_closing_unfit", 'closing = "silence"', 'closing = "silence"\nthen = "silence"', "[documents.report]"),
    _one("second_closing_unfit", 'closing = "silence"', TWICE, "[documents.report]"),
    _one("cannot_be_closed", 'closing = "silence"', ONCE_MORE, "[tracks.main]"),
    _one("unknown_document", MAIN, 'documents = ["report", "poem"]\n', "[tracks.main]"),
    _one("unknown_document", 'document = "report"', 'document = "poem"', END),
    _one("cannot_be_closed", 'how = "no_objection"', 'how = "issued"', "[tracks.main]"),
    _one("goes_nowhere", 'to = ["hlpf"]\noutside = true', "", END),
    _one("unknown_receiver", 'to = ["hlpf"]', 'to = ["hplf"]', END),
    _one("unknown_receiver", 'to = ["hlpf"]', 'to = ["sound/side"]', END),
    _one("unknown_receiver", 'to = ["hlpf"]', 'to = ["hlpf/side"]', END),
    _one("not_accepted", 'to = ["hlpf"]', 'to = ["hlpf", "sound/main"]', END),
    _one("not_accepted", 'to = ["hlpf"]', 'to = ["deaf"]', END),
    _one("not_accepted", 'to = ["hlpf"]', 'to = ["local"]', END),
    _one(
        "language_not_printed", 'title = "Report"', 'title = "Report"\nlanguages = ["en", "ka"]', "[documents.report]"
    ),
)

DATES: tuple[Row, ...] = (
    _one(
        "unknown_anchor",
        'title = "Drafting"',
        'title = "Drafting"\ncloses = "1 day after sumit"',
        "[tracks.main.stages.drafting]",
    ),
    _one(
        "anchor_cycle",
        END,
        '[anchors.a]\ntitle = "A"\nat = "1 day after b"\n[anchors.b]\ntitle = "B"\nat = "1 day after a"\n' + END,
        "[anchors.",
    ),
    _one(
        "impossible_date",
        'title = "Drafting"',
        'title = "Drafting"\ncloses = "2027-03-28 02:30"',
        "[tracks.main.stages.drafting]",
    ),
    (
        "closes_before_opens",
        (
            ('title = "Drafting"', 'title = "Drafting"\nopens = "1 day after summit"\ncloses = "1 day before summit"'),
            (END, SUMMIT + END),
        ),
        "[tracks.main.stages.drafting]",
    ),
    _one("silence_too_short", END, '[minimums]\nsilence = "72 hours"\n' + END, "[closings.silence]"),
    _one("reminder_before_silence", "hours = 48", "hours = 48\nreminder_hours = 48", "[closings.silence]"),
)

MOVED: tuple[Row, ...] = (
    _one("moves_unknown_target", END, MOVES + 'tracks = { old = "choir" }\n' + END, "[[moves]]"),
    _one("moves_twice", END, MOVES + MOVES + END, "[[moves]]"),
)


def _laid(code: str, layout: str, *more: tuple[str, str]) -> Row:
    return code, (('title = "Report"', f'title = "Report"\n{layout}'), *more), "layout = "


PAPERS: tuple[Row, ...] = (
    _laid("unknown_block", 'layout = ["head", "sectoins", "reservations"]'),
    _laid("block_twice", 'layout = ["head", "sections", "sections", "reservations"]'),
    _laid("block_twice", 'layout = ["cover", "sections", "head", "reservations"]'),
    _laid("block_without_meeting", 'layout = ["head", "meeting", "reservations"]'),
    _laid("block_stays_empty", 'layout = ["head", "practices", "reservations"]',
          ('submit_contribution = { by = ["delegate"], statuses = ["member"], mechanisms = ["states"], window = '
           '"call" }\n', "")),
    _laid("key_without_effect", 'layout = [{ block = "cover", heading = { en = "A" } }, "reservations"]'),
    _laid("key_without_effect", 'layout = [{ block = "contents", sources = "line" }, "reservations"]'),
    _laid("heading_missing", 'layout = [{ block = "conclusions", heading = { fr = "Messages" } }, "reservations"]'),
    _laid("reservations_not_printed", 'layout = ["head", "sections", "disclaimer"]'),
    ("unknown_block",
     (('closing = "silence"', 'closing = "silence"\n[[documents.report.layout]]\nblock = "reservations"\n'
       '[[documents.report.layout]] # second\nblock = "graph"'),), "[[documents.report.layout]] # second"),
)  # fmt: skip
UNSOUND: tuple[Row, ...] = (
    *STAGES,
    *SPACE,
    *NAMES,
    *WINDOWS,
    *PEOPLE,
    *FLOOR,
    *LINKS,
    *LANGUAGES,
    *DOCUMENTS,
    *PAPERS,
    *DATES,
    *MOVED,
)

WAITS = """
[tracks.quiet]
title = "Quiet"
initial = "waiting"

[tracks.quiet.stages.waiting]
title = "Waiting"
closes = "1 day after summit"
clock = { at = "stage_closes", to = "over" }

[tracks.quiet.stages.over]
title = "Over"
final = true
"""
CONVENED = (
    (MAIN, MAIN + 'convened_by = ["gfmd", "regional"]\nrights = "lead"\n'),
    (
        'record_disposition = { by = ["penholder"] }',
        'record_disposition = { by = ["penholder"], convenors = ["gfmd"] }',
    ),
)
# What looks like a fault and is none.
STILL_SOUND: dict[str, tuple[tuple[str, str], ...]] = {
    "an act for one convenor, where one leads": CONVENED,
    "an input that only the subject under review hands in": (
        REVIEWS,
        (OF_STATES, OF_STATES + ", subject = true"),
    ),
    "a track that a mechanism convenes": ((MAIN, MAIN + 'convened_by = ["sound", "states"]\n'),),
    "an input that comes at the end, and is answered there": (
        (
            "[closings.silence]",
            '[tracks.main.stages.closed.acts]\nreceive = { by = ["office"] }\ndispose = { by = ["penholder"] '
            "}\n[closings.silence]",
        ),
    ),
    "a track that is over as it begins": (("[closings.silence]", SIDE + "[closings.silence]"),),
    "a track moved by the clock alone": (
        ('advance_stage = { by = ["office"] }\n', ""),
        ('to = ["drafting"]\nclock', "clock"),
        ('to = ["silence"]', 'closes = "1 day after summit"\nclock = { at = "stage_closes", to = "silence" }'),
        (
            'title = "Silence"\nto = ["drafting"]\nclock = { at = "silence_closes"',
            'title = "Silence"\nsets = ["writing"]\nclock = { at = "silence_closes"',
        ),
        ('how = "no_objection"', 'how = "issued"'),
        (
            'start_silence = { by = ["office"], gates = ["every_input_answered", "no_call_open"] }\n'
            'break_silence = { by = ["member"], window = "silence" }',
            'issue_document = { by = ["office"], gates = ["every_input_answered"] }',
        ),
        (
            'clock = { at = "silence_closes", to = "closed", act = "endorse_document", gates = '
            '["no_paragraph_contested"] }',
            'closes = "9 days after summit"\nclock = { at = "stage_closes", to = "closed", gates = '
            '["every_input_answered"] }',
        ),
        (END, SUMMIT + END),
    ),
    "a stage that waits for its day": (("[closings.silence]", WAITS + SUMMIT + "[closings.silence]"),),
    "the dates of a stage, of which one is given": (
        ('title = "Drafting"', 'title = "Drafting"\nopens = "1 day after summit"'),
        ('draft_document = { by = ["penholder"] }', 'draft_document = { by = ["penholder"], window = "stage" }'),
        (END, SUMMIT + END),
    ),
    "a heading in the language, for one of its scripts": (
        (
            'title = "Report"',
            'title = "Report"\nlanguages = ["zh-Hans"]\n'
            'layout = [{ block = "conclusions", heading = { zh = "结论" } }, "reservations"]',
        ),
    ),
    "a silence whose reservations are not printed": (
        ('title = "Report"', 'title = "Report"\nlayout = ["head", "sections"]'),
        ("hours = 48", 'hours = 48\nreservations = "none"'),
    ),
    "a language in one of its scripts": (('title = "Report"', 'title = "Report"\nlanguages = ["en", "zh-Hans"]'),),
    "a member, where the body is listed": ((END, COUNCIL + END),),
    "a role for which there is a mechanism": (('by = ["delegate"]', 'by = ["delegate", "coordinator"]'),),
    "a track for each body, convened as the body is": (
        (MAIN, MAIN + 'repeat = { at_most = 6, body = "council" }\n'),
        (END, COUNCIL + 'convened_by = ["gfmd", "regional"]\n' + END),
    ),
    "a text sent home to a track that takes it in": (
        ('to = ["hlpf"]', 'to = ["hlpf", "sound/main"]'),
        ("issue_call = {", 'receive_contribution = { by = ["office"] }\nissue_call = {'),
    ),
}
