"""The conversations of `bot/tests`, in Rasa's own format, through the trained model: `rasa test` itself says which go otherwise.

A story names what is understood and which actions follow; what the actions then do is played in `tests/journeys`. Values are no
part of a story: they are proven exactly in `tests/listening`.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from setup.model import model_file

BOT = Path(__file__).resolve().parents[2] / "bot"
RASA = BOT / ".venv" / "bin" / "rasa"
# How `rasa test` marks a step that went otherwise.
OTHERWISE = re.compile(r"- (?:intent|action): (?P<wanted>\w+)\s+# predicted: (?P<found>\w+)")


def test_stories_go_as_written(tmp_path: Path) -> None:
    nobody = tmp_path / "endpoints.yml"  # no action server: actions are compared by name
    nobody.write_text("")
    model = model_file()
    run = ["test", "core", "--e2e", "--stories", "tests", "--model", str(model), "--out", str(tmp_path), "--no-plot"]
    done = subprocess.run(
        [str(RASA), *run, "--endpoints", str(nobody)], cwd=BOT, capture_output=True, text=True, timeout=900, check=False
    )
    failed = tmp_path / "failed_test_stories.yml"
    assert done.returncode == 0 and failed.is_file(), done.stderr[-4000:]
    told = failed.read_text(encoding="utf-8")
    assert [(wanted, found) for wanted, found in OTHERWISE.findall(told) if wanted != found] == [], told
