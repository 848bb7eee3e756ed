#!/usr/bin/env bash
# PDFium (pypdfium2 5.15.2) takes a replacement text (ActualText) from a marked stretch of any tag, and turns the
# order of its parts round; poppler and the standard (ISO 32000-1, 14.9.4) know it in a Span.
#
# A line in which more parts run to the left than to the right is read from its last part to its first, parts being
# told apart by each character alone. So "A/RES/73/195" between Arabic words is read as "/73/195RES/A", from glyphs as
# from a replacement text, and a replacement text that is turned beforehand is read right.
#
# Why it matters here: who searches an Arabic paper in Chrome finds no symbol in it (`forum/rendering/pdf/extraction.py`).
#
# Seen on 2026-11-30:
#   true words found: False turned words found: True
#
# Exits 0 while it behaves so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check pypdfium2==5.15.2 reportlab==5.1.0 2>/dev/null
v/bin/python - <<'PY'
import io

import pypdfium2
from reportlab.pdfgen.canvas import Canvas


def read(symbol):
    """A line of five Arabic words, a symbol among them, all told by replacement texts in a tag of nobody's."""
    out = io.BytesIO()
    canvas = Canvas(out)
    words = f"\u0627\u0628 \u062c\u062f {symbol} \u0647\u0648 \u0632\u062d"
    told = "FEFF" + words.encode("utf-16-be").hex().upper()
    canvas._code.append(f"/Own <</ActualText <{told}>>> BDC BT /F1 12 Tf 50 800 Td (abcdefgh) Tj ET EMC")
    canvas.showPage()
    canvas.save()
    page = pypdfium2.PdfDocument(out.getvalue())[0].get_textpage()
    return page.search("A/RES/73/195").get_next() is not None


true, turned = read("A/RES/73/195"), read("/73/195RES/A")
print("true words found:", true, "turned words found:", turned)
raise SystemExit(0 if (true, turned) == (False, True) else 1)
PY
