"""`make nlu-report [ARGS="set.jsonl ..."]`: how well the trained model understands sets of labelled messages.

bot/report does the counting.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from setup.model import QUIET, trained_model
from setup.places import BOT, BOT_PYTHON, ROOT, VAR

# The project's own held-out messages, where they stand beside the checkout; never training material.
BESIDE = ROOT.parent / "shared" / "data" / "messages"


def main() -> None:
    sets = [Path(name).resolve() for name in sys.argv[1:]] or sorted(BESIDE.glob("[a-z][a-z].jsonl"))
    if not sets:
        sys.exit('Name the sets to ask about: make nlu-report ARGS="fr.jsonl es.jsonl" (a line is {"text", "intent"}).')
    command = [BOT_PYTHON, "-m", "report", trained_model(), VAR / "nlu-report", *sets]
    os.chdir(BOT)
    os.execve(BOT_PYTHON, [str(word) for word in command], {**os.environ, **QUIET})


if __name__ == "__main__":
    main()
