#!/usr/bin/env bash
# markdown-it-py 4.3.0 (its `gfm-like` preset) shows nothing at all of a footnote that is one word.
#
# GitHub's footnotes are no part of the preset. A note of several words, "[^1]: see the annex", then stays as text that
# somebody can read. A note without a space, "[^1]: https://example.org" or a Chinese sentence, is the definition of a
# link with the label "^1": it vanishes, and the mark "[^1]" in the text becomes a link to it, to a relative address made
# of the sentence.
#
# Why it matters here: Chinese notes have no spaces; a paper as Markdown must be tried in the reader that it is meant for,
# and a check that reads it back has to know footnotes.
#
# Seen on 2026-11-30, Python 3.11.
#
# Exits 0 while it behaves so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check 'markdown-it-py[linkify]==4.3.0'
"$folder/env/bin/python" - <<'PYTHON'
import sys

from markdown_it import MarkdownIt

reader = MarkdownIt("gfm-like")
several = reader.render("正文[^1]\n\n[^1]: see the annex\n")
one = reader.render("正文[^1]\n\n[^1]: 来源：专题讨论1；专题讨论2：数据\n")
print(several, one, sep="\n")
vanished = "来源" not in one and "<a href" in one and "^1</a>" in one
sys.exit(0 if "see the annex" in several and vanished else 1)
PYTHON
