#!/usr/bin/env bash
# pypdf 7.1.1 gives the letters of one Arabic line in two orders, by the mode it is asked in.
#
# On a page that fpdf2 2.8.9 writes with shaping (and as well on one of WeasyPrint 70.0):
#   extract_text()                            the letters as they are read
#   extract_text(extraction_mode="layout")    the same letters from the last to the first
# And where a symbol and a number stand in the line ("A/RES/73/195", "19"), the first mode too is wrong: each run reads
# well, but the runs come last to first, with the full stop in front. Nothing is warned of.
#
# Why it matters here: texts sent in Arabic as PDF are searched, compared and quoted by their extracted words. A program
# that asks for "layout", since it keeps columns, indexes words that nobody will ever type.
#
# Seen on 2026-11-28, Python 3.11:
#   plain True reversed True mixed False
#   ".2018 كانون الأول19 فيA/RES/73/195 اعتمدت الجمعية العامة القرار"
#
# Exits 0 while pypdf behaves so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
  pypdf==7.1.1 fpdf2==2.8.9 uharfbuzz==0.57.0 fontpkg-amiri==1.2
"$folder/env/bin/python" - "$folder" <<'PYTHON'
import sys
from pathlib import Path

import fontpkg_amiri
from fpdf import FPDF
from pypdf import PdfReader

folder = Path(sys.argv[1])
font = Path(fontpkg_amiri.__file__).parent / "files" / "Amiri-Regular.ttf"
PLAIN = "تدعو الدول الأطراف إلى تعزيز حقوق المهاجرين"
MIXED = "اعتمدت الجمعية العامة القرار A/RES/73/195 في 19 كانون الأول 2018."


def page(text):
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("Amiri", "", str(font))
    pdf.set_font("Amiri", size=14)
    pdf.set_text_shaping(True, direction="rtl", script="arab")
    pdf.multi_cell(0, 10, text, align="R")
    path = folder / "page.pdf"
    pdf.output(str(path))
    return PdfReader(path).pages[0]


def words(text):
    return " ".join(text.split())


plain = page(PLAIN)
read, laid_out = words(plain.extract_text()), words(plain.extract_text(extraction_mode="layout"))
mixed = words(page(MIXED).extract_text())
print("plain", read == PLAIN, "reversed", laid_out == PLAIN[::-1], "mixed", mixed == MIXED)
print(f'"{mixed}"')
same = read == PLAIN and laid_out == PLAIN[::-1] and mixed != MIXED and mixed.startswith(".2018")
sys.exit(0 if same else 1)
PYTHON
