"""What may never be said to a debtor, by anybody: threats, lies, shame, denial of rights.

The list is data, with its sources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from recovery.consent.folded import folded

_LIST = Path(__file__).parent / "words" / "never_said.yml"


@dataclass(frozen=True)
class NeverSaid:
    """`why` points to the rules (compliance, section D), `words` are those found in the text."""

    meaning: str
    why: str
    words: str


@lru_cache(maxsize=2048)  # the assistant's sentences come back often
def never_said_in(text: str, author: str = "bot") -> NeverSaid | None:
    """The first thing in the text that this author may not say, or None. French and Spanish are both looked for."""
    found = _all_of_it(author).search(folded(text))
    if not found or not found.lastgroup:
        return None
    entry = _entries()[int(found.lastgroup[1:])]
    return NeverSaid(entry["meaning"], entry["why"], found.group(0))


@lru_cache(maxsize=8)
def _all_of_it(author: str) -> re.Pattern[str]:
    branches = [
        f"(?P<n{place}>{'|'.join([*entry['fr'], *entry['es']])})"
        for place, entry in enumerate(_entries())
        if author not in entry.get("not_for", [])
    ]
    return re.compile("|".join(branches))


@lru_cache(maxsize=1)
def _entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load(_LIST.read_text(encoding="utf-8"))
    return entries
