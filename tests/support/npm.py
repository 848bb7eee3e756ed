"""What of npm the tests need: its pinned packages with a Node of their own (`make portals`)."""

import os
import sys
from pathlib import Path

import pytest

NODE = Path(sys.prefix) / "node" / "node_modules"


def needs_npm(untested: str) -> pytest.MarkDecorator:
    """Leave a test out where npm's packages are not there, and say what is `untested` then; the run says it again at
    its end. In CI nothing is left out: there the test fails."""
    missing = not (NODE / ".bin" / "node").exists() and os.environ.get("CI") != "true"
    return pytest.mark.skipif(missing, reason=f"npm: NOT TESTED is {untested}. Install npm, then: make portals")
