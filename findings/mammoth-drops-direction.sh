#!/usr/bin/env bash
# mammoth 1.13.0 turns right-to-left paragraphs of a Word file into HTML without a direction, and says nothing.
#
# A paragraph marked <w:bidi/> with runs marked <w:rtl/> (what Word writes for Arabic, a heading as well as a text)
# comes out as a bare <p> or <h1>: no dir attribute, no style to map one from, and no message. With a heading
# in Arabic and a line that begins with a Latin symbol ("A/RES/73/195 ...") a browser takes the base direction of the
# page, so that the symbol and the full stop stand on the wrong side.
#
# Why it matters here: inputs that come as Word files in Arabic are shown on a page by way of HTML; the direction of each
# paragraph must be read from the file beside mammoth, or guessed from the first strong letter.
#
# Seen on 2026-11-28, Python 3.11, file written by python-docx 1.2.0:
#   <h1>عنوان</h1><p>A/RES/73/195 اعتمدته الجمعية العامة.</p> []
#
# Exits 0 while mammoth behaves so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0 python-docx==1.2.0
"$folder/env/bin/python" - <<'PYTHON'
import io
import sys

import docx
import mammoth
from docx.oxml import OxmlElement

document = docx.Document()
for paragraph in (document.add_heading("عنوان", 1), document.add_paragraph("A/RES/73/195 اعتمدته الجمعية العامة.")):
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for run in paragraph.runs:
        run.font.rtl = True
file = io.BytesIO()
document.save(file)
file.seek(0)
result = mammoth.convert_to_html(file)
print(result.value, result.messages)
same = "عنوان" in result.value and "dir=" not in result.value and "rtl" not in result.value and not result.messages
sys.exit(0 if same else 1)
PYTHON
