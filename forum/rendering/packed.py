"""A ZIP package (Word, spreadsheets) without a clock: the same parts give the same bytes."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

_NEVER = (1980, 1, 1, 0, 0, 0)  # the earliest time that the format can say
_NOTHING: Mapping[str, bytes] = {}


def repacked(package: bytes, changed: Mapping[str, bytes] = _NOTHING) -> bytes:
    """The package with its parts in their order, all of one time; `changed` are put in place of those of their name."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, _NEVER)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            after.writestr(part, changed.get(name) or before.read(name), compresslevel=6)
    return out.getvalue()
