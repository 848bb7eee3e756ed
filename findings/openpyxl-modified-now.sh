#!/usr/bin/env bash
# openpyxl 3.1.5 writes the time of saving as `modified`, whatever the workbook's properties say, and says nothing.
#
# Its documentation shows `wb.properties.modified = ...` as the way to state it. Workbook.save() overwrites the value, in
# the file and in the object, just before it writes; `created` is kept. The parts of the ZIP carry the machine's time as
# well. So two files of the same cells differ, also when both dates were stated.
#
# Why it matters here: the lists of papers must have the same bytes for the same snapshot; docProps/core.xml is put into
# the package anew after saving (forum/rendering/sheets/as_workbook.py).
#
# Seen on 2026-11-30, Python 3.11: created 2020-06-12 in the file, modified: today.
#
# Exits 0 while openpyxl behaves so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5
"$folder/env/bin/python" - <<'PYTHON'
import datetime
import io
import sys

import openpyxl

stated = datetime.datetime(2020, 6, 12)
book = openpyxl.Workbook()
book.active["A1"] = "x"
book.properties.created = book.properties.modified = stated
file = io.BytesIO()
book.save(file)
file.seek(0)
read = openpyxl.load_workbook(file).properties
print("created", read.created, "modified", read.modified, "in the object", book.properties.modified)
sys.exit(0 if read.created == stated and read.modified.year > 2020 and book.properties.modified != stated else 1)
PYTHON
