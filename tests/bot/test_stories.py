"""The conversations of `bot/tests`, in Rasa's own format, through the trained model: `rasa test` itself says which go otherwise.

A story names what is understood and which actions follow; what the actions then do is played in `tests/journeys`.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

BOT = Path(__file__).resolve().parents[2] / "bot"
RASA = BOT / ".venv" / "bin" / "rasa"


def test_stories_go_as_written(tmp_path: Path) -> None:
    nobody = tmp_path / "endpoints.yml"  # no action server: actions are compared by name
    nobody.write_text("")
    model = max((BOT / "models").glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    run = ["test", "core", "--e2e", "--stories", "tests", "--model", str(model), "--out", str(tmp_path), "--no-plot"]
    done = subprocess.run(
        [str(RASA), *run, "--endpoints", str(nobody)], cwd=BOT, capture_output=True, text=True, timeout=900, check=False
    )
    failed = tmp_path / "failed_test_stories.yml"
    assert done.returncode == 0 and failed.is_file(), done.stderr[-4000:]
    assert "story:" not in failed.read_text(encoding="utf-8"), failed.read_text(encoding="utf-8")
