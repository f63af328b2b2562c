"""`python -m bench [NAME ...]`: each benchmark prints its figures and its ratio, and keeps them in var/bench/<name>.json.

The exit status is 1 where one of them finds something wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from bench import channels, reply
from setup.places import VAR

BENCHMARKS: dict[str, Callable[[], dict[str, Any]]] = {"reply": reply.measure, "channels": channels.measure}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"Unknown: {' '.join(unknown)}. Known: {' '.join(BENCHMARKS)}")
    (VAR / "bench").mkdir(parents=True, exist_ok=True)
    wrong = False
    for name in names or BENCHMARKS:
        figures = BENCHMARKS[name]()
        (VAR / "bench" / f"{name}.json").write_text(json.dumps(figures, indent=2) + "\n")
        wrong |= bool(figures.get("wrong"))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
