#!/usr/bin/env bash
# PyICU 2.16.2 (wheel icukit-pyicu 78.3.1, ICU 78.3): `Bidi.reorderVisual(levels)` gives every order back as it was.
#
# ICU's ubidi_reorderVisual turns the levels of a line (UAX #9) into the order in which its characters stand on paper:
# each run of odd levels is turned round. The static method of PyICU answers 0, 1, 2, ... whatever the levels are;
# `Bidi.setPara(...)` and `getVisualMap()` on the same text answer rightly, but only for a whole paragraph that ICU has
# read itself.
#
# Why it matters here: a paper breaks an Arabic paragraph into lines first and puts each line in order by its levels.
# With this method every Arabic line would stand mirrored. Rule L2 is our own code, beside ICU's levels.
#
# Seen on 2026-11-29, Python 3.11:
#   levels [0, 0, 1, 1, 1]: (0, 1, 2, 3, 4)
#   levels [1, 1, 2, 2, 1]: (0, 1, 2, 3, 4)
#   the same as a paragraph: (0, 1, 4, 3, 2)
#
# Exits 0 while it behaves so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icukit-pyicu==78.3.1
"$folder/venv/bin/python" - <<'PY'
import sys
import icu

found = [icu.Bidi.reorderVisual(levels) for levels in ([0, 0, 1, 1, 1], [1, 1, 2, 2, 1])]
paragraph = icu.Bidi()
paragraph.setPara(icu.UnicodeString("ab\u05d0\u05d1\u05d2"), 0)
whole = paragraph.getVisualMap()
print(f"levels [0, 0, 1, 1, 1]: {found[0]}\nlevels [1, 1, 2, 2, 1]: {found[1]}\nthe same as a paragraph: {whole}")
sys.exit(0 if found == [(0, 1, 2, 3, 4)] * 2 and whole == (0, 1, 4, 3, 2) else 1)
PY
