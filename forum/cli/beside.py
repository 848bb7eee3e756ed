"""What `forum token` needs to work beside a demonstration that serves: where its database is, and its secret.

They are of the demonstration's own and of one run, and stand in a file that its owner alone can read, for as long as it
serves. An operator's own DATABASE_URL or FORUM_SECRET is never set aside for them.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..settings import Settings

_FILE = "demonstration.json"


@contextmanager
def left(settings: Settings) -> Iterator[None]:
    """While it serves, the file stands; then it is gone. `settings`: those the demonstration's server runs by."""
    path = _path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"database_url": settings.database_url, "secret": settings.secret}, file)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def found(settings: Settings) -> Settings:
    """The settings of the demonstration that serves beside this command; the operator's own where there is none, or
    where they name a database or a secret."""
    if settings.database_url or settings.secret or not _path(settings).is_file():
        return settings
    known = json.loads(_path(settings).read_text("utf-8"))
    return replace(settings, mode="demo", database_url=str(known["database_url"]), secret=str(known["secret"]))


def _path(settings: Settings) -> Path:
    return settings.data_dir / _FILE
