"""`python -m bakeoff [--parts N] [--only NAME,...]`, from bot/: cross-validation of the training messages, as a table.

Each contestant learns on all parts but one and is asked that one; `--parts 5 --rounds 5` is a full cross-validation,
one round is enough to rank. The table goes to standard output, and as JSON to the file named by `--json`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bakeoff.contestants import CONTESTANTS
from bakeoff.messages import read_messages
from bakeoff.trial import Figures, try_out

_HEAD = f"{'contestant':34s} {'first':>6s} {'three':>6s} {'F1':>6s} {'train s':>8s} {'ms/msg':>7s} {'MB':>5s}"


def main() -> None:
    """Every contestant, on the same rounds."""
    asked = _arguments()
    messages = read_messages(Path("../data/nlu"))
    names = asked.only.split(",") if asked.only else list(CONTESTANTS)
    print(f"{len(messages)} messages, {asked.rounds} of {asked.parts} rounds\n{_HEAD}", flush=True)
    table = {}
    for name in names:
        table[name] = try_out(CONTESTANTS[name], messages, asked.parts, asked.rounds)
        print(_line(name, table[name]), flush=True)
    if asked.json:
        Path(asked.json).write_text(
            json.dumps({name: vars(figures) for name, figures in table.items()}, indent=2) + "\n"
        )


def _line(name: str, figures: Figures) -> str:
    shares = f"{figures.first:6.1%} {figures.three:6.1%} {figures.f1:6.3f}"
    return f"{name:34s} {shares} {figures.seconds:8.0f} {figures.milliseconds:7.2f} {figures.megabytes:5.0f}"


def _arguments() -> argparse.Namespace:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--parts", type=int, default=5)
    wanted.add_argument("--rounds", type=int, default=1)
    wanted.add_argument("--only")
    wanted.add_argument("--json")
    return wanted.parse_args()


if __name__ == "__main__":
    main()
