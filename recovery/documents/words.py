"""The words of the documents: `texts/<language>.yml`, by dotted name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from recovery.texts import WRITTEN

_FOLDER = Path(__file__).parent / "texts"
Say = Callable[..., str]


def words_of(language: str) -> Say:
    """`say("receipt.title")`, `say("receipt.of", amount=...)`; an unknown language is answered in French."""
    known = language if language in WRITTEN else WRITTEN[0]

    def say(name: str, **values: object) -> str:
        found: Any = _catalogue(known)
        for step in name.split("."):
            found = found[step]
        return str(found).strip().format(**values)

    return say


def named(language: str, group: str, name: str) -> str:
    """A word of a group, or the bare name where the group has none: nothing of a case file may be lost."""
    known = language if language in WRITTEN else WRITTEN[0]
    return str(_catalogue(known)[group].get(name, name))


@cache
def _catalogue(language: str) -> dict[str, Any]:
    catalogue: dict[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return catalogue
