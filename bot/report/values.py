"""How many values are read exactly, per entity.

A message counts for an entity when the entity is expected in it or found in it. It is exact when the values found,
in the order they were said, are the expected ones or one of the alternatives under `accept`. References are compared
without dashes and spaces. A `null` expects nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

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
    """Exact and counted messages, per entity; what was read where nothing was; and what was read otherwise."""

    exact: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def rate(self, entity: str) -> float:
        """The share of exact messages, 1 when the set has none."""
        return self.exact[entity] / self.counted[entity] if self.counted[entity] else 1.0


def compare(result: Score, text: str, entity: str, wanted: list[list[Any]], found: list[Any]) -> None:
    """Count one message for one entity."""
    if not found and not any(wanted):
        return
    result.counted[entity] += 1
    if found in wanted:
        result.exact[entity] += 1
    else:
        result.invented[entity] += not any(wanted)
        result.misses.append(f"{entity:17} {text[:110]!r}: wanted {wanted[0]}, read {found}")


def wanted_of(entity: str, entities: dict[str, Any], accept: dict[str, list[Any]]) -> list[list[Any]]:
    """Every list of values that is right: the expected one first, then its alternatives."""
    return [as_list(entity, one) for one in (entities.get(entity), *accept.get(entity, []))]


def as_list(entity: str, value: Any) -> list[Any]:
    """Expected values as a list, comparable."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [plain(entity, one) for one in values]


def by_entity(found: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    """Values read, in the order they were said; what is named twice counts once where only its kind matters."""
    listed: dict[str, list[Any]] = {}
    for entity, value in found:
        values = listed.setdefault(entity, [])
        if entity not in _ONCE or value not in values:
            values.append(plain(entity, value))
    return listed


def plain(entity: str, value: Any) -> Any:
    """A reference without dashes and spaces, anything else as it is."""
    return re.sub(r"[^A-Z0-9]", "", value.upper()) if entity == "reference" else value
