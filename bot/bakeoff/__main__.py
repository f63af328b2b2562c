"""`python -m bakeoff [--whole] [--only "NAME;..."]`, from bot/: cross-validation of the training messages, as two tables.

Contest: every contestant learns the same quarter of what is not held back, and is asked the same held-back messages.
Learning curve: ours and the n-grams alone, on an eighth, a quarter, a half and all of it. That is one round of five and takes
about a quarter of an hour; `--whole` gives every contestant everything, five rounds of five, and takes most of a day.
The tables go to standard output, and as JSON to the file named by `--json`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bakeoff.contestants import CONTESTANTS, OURS
from bakeoff.messages import Row, read_messages, split
from bakeoff.trial import Figures, try_out

_HEAD = (
    f"{'contestant':34s} {'first':>6s} {'three':>6s} {'F1':>6s} {'train s':>8s} {'ms/msg':>7s} {'MB':>5s} {'peak MB':>8s}"
    f" {'calibr.':>8s} {'temp.':>6s}"
)
_CURVE = ("linear on n-grams", OURS)
_SHARES = (1 / 8, 1 / 4, 1 / 2, 1)


def main() -> None:
    """Contest, then curve."""
    asked = _arguments()
    messages = read_messages(Path("../data/nlu"))
    names = asked.only.split(";") if asked.only else list(CONTESTANTS)
    contest = _contest(messages, names, asked)
    tables = {"contest": {name: vars(figures) for name, figures in contest.items()}}
    if not asked.no_curve:
        tables["curve"] = _curve(messages, [name for name in _CURVE if name in names], asked, contest)
    if asked.json:
        Path(asked.json).write_text(json.dumps(tables, indent=2) + "\n")


def _contest(messages: list[Row], names: list[str], asked: argparse.Namespace) -> dict[str, Figures]:
    splits = split(messages, asked.parts, asked.rounds, asked.share, asked.asked)
    print(f"{len(messages)} messages, {asked.rounds} of {asked.parts} rounds", end=": ")
    print(f"{len(splits[0].learnt)} learnt, {len(splits[0].asked)} asked\n{_HEAD}", flush=True)
    table = {}
    for name in names:
        table[name] = try_out(name, splits)
        print(_line(name, table[name]), flush=True)
    return table


def _curve(
    messages: list[Row], names: list[str], asked: argparse.Namespace, contest: dict[str, Figures]
) -> dict[str, dict[int, dict[str, float]]]:
    curve: dict[str, dict[int, dict[str, float]]] = {name: {} for name in names}
    print("\nmessages learnt   " + "   ".join(f"{name:>30s}" for name in names), flush=True)
    for share in _SHARES:
        splits = split(messages, asked.parts, asked.rounds, share, asked.asked)
        learnt = len(splits[0].learnt)
        print(f"{learnt:15d}", end="   ", flush=True)
        for name in names:
            figures = contest[name] if share == asked.share else try_out(name, splits)
            curve[name][learnt] = vars(figures)
            print(f"{figures.first:22.1%} {figures.three:7.1%}", end="   ", flush=True)
        print(flush=True)
    return curve


def _line(name: str, figures: Figures) -> str:
    shares = f"{figures.first:6.1%} {figures.three:6.1%} {figures.f1:6.3f}"
    costs = f"{figures.seconds:8.0f} {figures.milliseconds:7.2f} {figures.kept:5.0f} {figures.peak:8.0f}"
    return f"{name:34s} {shares} {costs} {figures.calibration:8.3f} {figures.temperature:6.2f}"


def _arguments() -> argparse.Namespace:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--parts", type=int, default=5)
    wanted.add_argument("--rounds", type=int, default=1)
    wanted.add_argument("--share", type=float, default=0.25, help="of what is not held back, in the contest")
    wanted.add_argument("--asked", type=int, default=1000, help="held-back messages a round")
    wanted.add_argument("--only", help="contestants, with semicolons between")
    wanted.add_argument("--no-curve", action="store_true")
    wanted.add_argument("--whole", action="store_true", help="everything, five rounds of five")
    wanted.add_argument("--json")
    asked = wanted.parse_args()
    unknown = set(asked.only.split(";")) - set(CONTESTANTS) if asked.only else set()
    if unknown:
        wanted.error(f"no contestant {', '.join(sorted(unknown))}; there are: {'; '.join(CONTESTANTS)}")
    if asked.whole:
        asked.rounds, asked.share, asked.asked = asked.parts, 1.0, 1_000_000
    return asked


if __name__ == "__main__":
    main()
