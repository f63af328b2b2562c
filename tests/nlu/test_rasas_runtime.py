"""The components' own tests, run where they live: in Rasa's runtime, which this one cannot import."""

import subprocess
from pathlib import Path

BOT = Path(__file__).resolve().parents[2] / "bot"
PYTHON = BOT / ".venv" / "bin" / "python"


def test_components():
    run = [str(PYTHON), "-m", "pytest", "-p", "no:cacheprovider", "component_tests"]
    done = subprocess.run(run, cwd=BOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout
