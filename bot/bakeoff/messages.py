"""The training messages as plain rows."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

_MARK = re.compile(r"\[([^\[\]]+)\]\([a-z_]+\)")


@dataclass(frozen=True)
class Row:
    """One message, without its entity marks."""

    text: str
    intent: str
    language: str


def read_messages(folder: Path) -> list[Row]:
    """All messages of both languages, always in the same shuffled order."""
    rows = [
        Row(_MARK.sub(r"\1", line[2:]), block["intent"], file.parent.name)
        for file in sorted(folder.glob("*/*.yml"))
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    ]
    random.Random(1).shuffle(rows)
    return rows
