"""`python -m bench [NAME ...] [--OPTION ...]`: each benchmark prints its figures and its ratio, and keeps them in var/bench/<name>.json.

Options go to the benchmarks that take some: `make bench ARGS="nlu --whole"`. The exit status is 1 where one of them finds something wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from bench import channels, nlu, reply
from setup.places import VAR

BENCHMARKS: dict[str, Callable[[list[str]], dict[str, Any]]] = {
    "reply": lambda _: reply.measure(),
    "channels": lambda _: channels.measure(),
    "nlu": nlu.measure,
}


def main(arguments: list[str]) -> None:
    first_option = next((at for at, word in enumerate(arguments) if word.startswith("--")), len(arguments))
    names, options = arguments[:first_option], arguments[first_option:]
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"Unknown: {' '.join(unknown)}. Known: {' '.join(BENCHMARKS)}")
    (VAR / "bench").mkdir(parents=True, exist_ok=True)
    wrong = False
    for name in names or BENCHMARKS:
        figures = BENCHMARKS[name](options)
        (VAR / "bench" / f"{name}.json").write_text(json.dumps(figures, indent=2) + "\n")
        wrong |= bool(figures.get("wrong"))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
