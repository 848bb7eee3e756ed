"""A small definition and three versions after it: the dates moved, a stage renamed, and renamed with a map."""

from tests.support.scene import DAY


def summit(s, days=40):
    """So many days from now, at a whole minute: dates are counted in days and minutes."""
    return (s.now + days * DAY).replace(second=0, microsecond=0)


SMALL = """
name = "small"
version = "1"
title = "A small review"
layer = "gfmd"
zone = "UTC"
ends = "60 days after summit"

[anchors.summit]
title = "Summit"

[release]
state = "national_focal_point"
organisation = "representative"
mechanism = "coordinator"
forum = "secretariat"

[bodies.consultation]
title = "Regional consultation"
kind = "regional_consultation"
at_most = 6

[forum_acts]
open_edition = { by = ["secretariat"] }
clone_edition = { by = ["secretariat"] }
publish_process = { by = ["secretariat"] }
grant_mandate = { by = ["secretariat"] }
migrate_edition = { by = ["secretariat"] }
undo_migration = { by = ["secretariat"] }

[tracks.main]
title = "Main"
initial = "call"
documents = ["report"]

[tracks.main.always]
advance_stage = { by = ["secretariat"] }
issue_call = { by = ["secretariat"] }
save_contribution = { by = ["representative", "national_focal_point"], window = "call" }
release_contribution = { window = "call" }
submit_contribution = { by = ["representative", "national_focal_point"], window = "call" }

[tracks.main.stages.call]
title = "Call"
to = ["drafting"]
opens = "45 days before summit"
closes = "20 days before summit"

[tracks.main.stages.drafting]
title = "Drafting"
to = ["closed"]
closes = "10 days before summit"

[tracks.main.stages.drafting.acts]
draft_document = { by = ["secretariat"] }
issue_document = { by = ["secretariat"] }
record_disposition = { by = ["secretariat"] }

[tracks.main.stages.closed]
title = "Closed"
final = true

[tracks.regional]
title = "Regional"
initial = "meeting"
repeat = { at_most = 2, themes = 1, body = "consultation" }

[tracks.regional.always]
advance_stage = { by = ["secretariat"] }

[tracks.regional.stages.meeting]
title = "Meeting"
to = ["over"]
closes = "15 days before summit"

[tracks.regional.stages.over]
title = "Over"
final = true

[closings.issued]
how = "issued"
by = "secretariat"
on_paper = "Issued on {date}."

[dispositions]
taken_up = "taken up in paragraph {paragraph}"

[documents.report]
title = "Report"
closing = "issued"

[[transmissions]]
document = "report"
outside = true
"""
LATER = SMALL.replace('version = "1"', 'version = "2"').replace('closes = "10 days before', 'closes = "8 days before')
RENAMED = LATER.replace("stages.drafting", "stages.writing").replace('"drafting"', '"writing"')
MAPPED = RENAMED + '\n[[moves]]\nfrom = "1"\nstages.main = { drafting = "writing" }\n'
