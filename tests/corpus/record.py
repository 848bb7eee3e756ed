"""Write the record anew, from the service as it is now: `python -m tests.corpus.record`."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

if __name__ == "__main__":
    line = [sys.executable, "-m", "pytest", "-s", str(HERE / "test_corpus.py"), "-n", "0"]
    sys.exit(subprocess.run(line, env={**os.environ, "CORPUS_RECORD": "1"}, check=False).returncode)
