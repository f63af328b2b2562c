"""`make nlu-report [ARGS="fr.jsonl ..."]`: how well the trained model understands sets of labelled messages.

Without a set named: the held-out ones of tests/nlu, and the shared sample where it stands beside the checkout; none of them is
training material. bot/report does the counting, and says what a line of a set may be.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from setup.model import QUIET, trained_model
from setup.places import BOT, BOT_PYTHON, ROOT, VAR

HELD_OUT = ROOT / "tests" / "nlu" / "heldout"
BESIDE = ROOT.parent / "shared" / "data" / "messages"


def main() -> None:
    sets = [Path(name).resolve() for name in sys.argv[1:]] or [*_sets(HELD_OUT), *_sets(BESIDE)]
    command = [BOT_PYTHON, "-m", "report", trained_model(), VAR / "nlu-report", *sets]
    os.chdir(BOT)
    os.execve(BOT_PYTHON, [str(word) for word in command], {**os.environ, **QUIET})


def _sets(folder: Path) -> list[Path]:
    """The shortest names first: one wish, then two, then values."""
    return sorted(folder.glob("[a-z][a-z]*.jsonl"), key=lambda file: (len(file.name), file.name))


if __name__ == "__main__":
    main()
