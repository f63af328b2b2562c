"""`python -m bench [NAME ...]`: each benchmark prints its figures and its ratio, and keeps them in var/bench/<name>.json."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from bench import reply
from setup.places import VAR

BENCHMARKS: dict[str, Callable[[], dict[str, Any]]] = {"reply": reply.measure}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"Unknown: {' '.join(unknown)}. Known: {' '.join(BENCHMARKS)}")
    (VAR / "bench").mkdir(parents=True, exist_ok=True)
    for name in names or BENCHMARKS:
        figures = BENCHMARKS[name]()
        (VAR / "bench" / f"{name}.json").write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
