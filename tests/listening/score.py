"""How many values are read exactly, per entity: `python tests/listening/score.py [file.jsonl ...]`.

A message counts for an entity when the entity is expected in it or found in it. It is exact when the values found,
in the order they were said, are the expected ones or one of the alternatives under `accept`. References are compared
without dashes and spaces. A `null` expects nothing.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT / "bot") not in sys.path:  # as the Rasa components do
    sys.path.insert(0, str(ROOT / "bot"))

from listening.values import read_values  # noqa: E402

CASES = Path(__file__).parent / "cases"
SHARED = ROOT.parent / "shared" / "data" / "messages"
TODAY = datetime.date(2026, 11, 22)
ENTITIES = (
    "amount",
    "date",
    "instalment_count",
    "period",
    "reference",
    "birth_date",
    "postcode",
    "payment_method",
    "channel",
    "hardship_kind",
    "email",
    "phone",
)
_ONCE = {"payment_method", "channel", "hardship_kind", "period"}


@dataclass
class Score:
    """Exact and counted messages, per entity, and what was read otherwise."""

    exact: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def rate(self, entity: str) -> float:
        """The share of exact messages, 1 when the set has none."""
        return self.exact[entity] / self.counted[entity] if self.counted[entity] else 1.0


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
            wanted = [row["entities"].get(entity), *row.get("accept", {}).get(entity, [])]
            compare(result, row["text"], entity, [as_list(entity, one) for one in wanted], found.get(entity, []))
        if "share" in row["entities"]:
            compare(result, row["text"], "share", [[row["entities"]["share"]]], found.get("share", []))
    return result


def values_of(row: dict[str, Any]) -> dict[str, list[Any]]:
    """What the reader finds in one message, by entity."""
    found: dict[str, list[Any]] = {}
    for value in read_values(row["text"], row["language"], TODAY, row.get("expecting")):
        values = found.setdefault(value.entity, [])
        if value.entity not in _ONCE or value.value not in values:
            values.append(plain(value.entity, value.value))
    return found


def compare(result: Score, text: str, entity: str, wanted: list[list[Any]], found: list[Any]) -> None:
    """Count one message for one entity."""
    if not found and not any(wanted):
        return
    result.counted[entity] += 1
    if found in wanted:
        result.exact[entity] += 1
    else:
        result.misses.append(f"{entity:17} {text[:110]!r}: wanted {wanted[0]}, read {found}")


def as_list(entity: str, value: Any) -> list[Any]:
    """Expected values as a list, comparable."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [plain(entity, one) for one in values]


def plain(entity: str, value: Any) -> Any:
    """A reference without dashes and spaces, anything else as it is."""
    return re.sub(r"[^A-Z0-9]", "", value.upper()) if entity == "reference" else value


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
