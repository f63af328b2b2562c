"""The lines of a test set, whichever way their author labelled them.

`{"text", "intent", "also"}` is one wish, with other readings its author accepts; `{"text", "intents": [a, b]}` is two
wishes, both to be found; `{"text", "entities"}` is asked for its values alone, `{"text", "language"}` for its language alone
(`other` is any third one). Each may carry `entities`, `accept` and `expecting`. Where a line names no language, it is the first
two letters of the file's name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# A message in any language but French and Spanish.
OTHER = "other"


class BadRow(Exception):
    """A line of a test set that says nothing to compare with."""


@dataclass(frozen=True)
class Row:
    """`wishes`: none, one or two names; `also`: other names its author accepts; `entities`: by name, None when unlabelled.

    With neither wishes nor entities it is asked for its language alone.
    """

    text: str
    language: str
    wishes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    entities: dict[str, Any] | None = None
    accept: dict[str, list[Any]] = field(default_factory=dict)
    expecting: str | None = None


def read_rows(file: Path) -> list[Row]:
    """Every line of a set, in order. Raises BadRow with the file and the number of the line."""
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    return [_row(line, file.name[:2], f"{file.name}, line {number}") for number, line in lines if line.strip()]


def _row(line: str, language: str, place: str) -> Row:
    try:
        said = json.loads(line)
    except ValueError as wrong:
        raise BadRow(f"{place}: not JSON ({wrong})") from wrong
    if not isinstance(said, dict) or not said.get("text"):
        raise BadRow(f'{place}: no "text"')
    wishes = tuple(said.get("intents") or ([said["intent"]] if said.get("intent") else []))
    if not wishes and "entities" not in said and "language" not in said:
        raise BadRow(f'{place}: none of "intent", "intents", "entities" and "language"')
    return Row(
        text=said["text"],
        language=said.get("language", language),
        wishes=wishes,
        also=tuple(said.get("also") or ()),
        entities=said.get("entities"),
        accept=said.get("accept") or {},
        expecting=said.get("expecting"),
    )
