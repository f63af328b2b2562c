"""`make parse`: reads messages on standard input through the trained model, with no server running (bot/parse.py does the reading)."""

from __future__ import annotations

import os

from setup.model import QUIET, trained_model
from setup.places import BOT, BOT_PYTHON


def main() -> None:
    model = trained_model()
    os.chdir(BOT)
    os.execve(BOT_PYTHON, [str(BOT_PYTHON), "parse.py", str(model)], {**os.environ, **QUIET})


if __name__ == "__main__":
    main()
