"""The bake-off runs in Rasa's runtime, on so few messages that only its working is seen and no figure means anything."""

import json
import subprocess
from pathlib import Path

BOT = Path(__file__).resolve().parents[2] / "bot"
PYTHON = BOT / ".venv" / "bin" / "python"
NGRAMS, OURS = "linear on n-grams", "tuned encoder + linear (ours)"


def test_contestants_learn_and_are_asked(tmp_path: Path):
    table = tmp_path / "bakeoff.json"
    few = ["--share", "0.004", "--asked", "50", "--no-curve", "--only", f"{NGRAMS};{OURS}", "--json", str(table)]
    run = [str(PYTHON), "-m", "bakeoff", *few]
    done = subprocess.run(run, cwd=BOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    contest = json.loads(table.read_text(encoding="utf-8"))["contest"]
    assert set(contest) == {NGRAMS, OURS}
    assert all(0 < figures["three"] <= 1 and figures["milliseconds"] > 0 for figures in contest.values())
