#!/usr/bin/env bash
# icu4py 1.2.0: the pairs that `segments()` of a breaker gives are no indices of the Python text.
#
# They count UTF-16 units, as ICU does inside. In a text with letters beyond U+FFFF - Adlam, in which Fulani is written
# across West Africa - a slice by them is another stretch than the breaker found. Iterating over the same breaker gives
# the right words. Neither the signature nor the package's description says which of the two is counted.
#
# Why it matters here: line ends of a paper are kept as places in its text. Taken from `segments()`, every line after
# the first Adlam word would break inside words.
#
# Seen on 2026-11-29, Python 3.11 (two letters of Adlam, then "one two"):
#   words by iterating: 5, the third of them "one"
#   third segment: (5, 8), and text[5:8] is "e t"
#
# Exits 0 while it behaves so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check icu4py==1.2.0
"$folder/venv/bin/python" - <<'PY'
import sys
from icu4py.breakers import WordBreaker

text = "\U0001e90a\U0001e92d one two"
words = list(WordBreaker(text, "en"))
start, end = list(WordBreaker(text, "en").segments())[2]
print(f'words by iterating: {len(words)}, the third of them "{words[2]}"')
print(f'third segment: ({start}, {end}), and text[{start}:{end}] is "{text[start:end]}"')
sys.exit(0 if (words[2], start, end, text[start:end]) == ("one", 5, 8, "e t") else 1)
PY
