"""How many values are read exactly, per entity: `python tests/listening/score.py [file.jsonl ...]`.

What counts, and what is exact, stands in bot/report/values.py.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT / "bot") not in sys.path:  # as the Rasa components do
    sys.path.insert(0, str(ROOT / "bot"))

from report.values import ENTITIES, Score, by_entity, compare, wanted_of  # noqa: E402

from listening.values import read_values  # noqa: E402

CASES = Path(__file__).parent / "cases"
SHARED = ROOT.parent / "shared" / "data" / "messages"
TODAY = datetime.date(2026, 11, 22)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The messages of a file; its name begins with their language."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield {"language": path.name[:2], **json.loads(line)}


def score(path: Path) -> Score:
    """Read every message of a file and compare."""
    result = Score()
    for row in rows(path):
        found = values_of(row)
        for entity in row.get("only", ENTITIES):
            wanted = wanted_of(entity, row["entities"], row.get("accept", {}))
            compare(result, row["text"], entity, wanted, found.get(entity, []))
        if "share" in row["entities"]:
            compare(result, row["text"], "share", [[row["entities"]["share"]]], found.get("share", []))
    return result


def values_of(row: dict[str, Any]) -> dict[str, list[Any]]:
    """What the reader finds in one message, by entity."""
    found = read_values(row["text"], row["language"], TODAY, row.get("expecting"))
    return by_entity((value.entity, value.value) for value in found)


def main() -> None:
    """Print the table and the misses."""
    paths = [Path(name) for name in sys.argv[1:]] or [
        *sorted(CASES.glob("??_*.jsonl")),
        *sorted(SHARED.glob("*.jsonl")),
    ]
    for path in paths:
        result = score(path)
        figures = ", ".join(f"{entity} {result.exact[entity]}/{count}" for entity, count in result.counted.items())
        print(f"{path.stem}: {figures or 'nothing read, nothing expected'}")
        for miss in result.misses:
            print("   ", miss)


if __name__ == "__main__":
    main()
