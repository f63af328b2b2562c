"""The training messages as plain rows, and the ways to share them out."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from listening.language import SPOKEN

_MARK = re.compile(r"\[([^\[\]]+)\]\([a-z_]+\)")


@dataclass(frozen=True)
class Row:
    """One message, without its entity marks."""

    text: str
    intent: str
    language: str


@dataclass(frozen=True)
class Split:
    """What a contestant learns, and what it is asked; no message is in both."""

    learnt: list[Row]
    asked: list[Row]


def read_messages(folder: Path) -> list[Row]:
    """All messages of one wish in both languages, always in the same shuffled order."""
    files = {
        file: code for code in SPOKEN for file in (*(folder / code).glob("*.yml"), folder / "told" / f"{code}.yml")
    }
    rows = [
        Row(_MARK.sub(r"\1", text), block["intent"], files[file])
        for file in sorted(files)
        if file.exists()
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        for text in _texts(block["examples"])
    ]
    random.Random(1).shuffle(rows)
    return rows


def _texts(examples: str | list[dict]) -> list[str]:
    """A list of lines, or of messages of which something is said."""
    if isinstance(examples, str):
        return [line[2:] for line in examples.splitlines()]
    return [example["text"].strip() for example in examples]


def split(rows: list[Row], parts: int, rounds: int, share: float, asked: int) -> list[Split]:
    """One part is held back each round, `asked` messages of it are asked; `share` of all other parts is learnt."""
    return [_held_back(rows, parts, at, share, asked) for at in range(rounds)]


def _held_back(rows: list[Row], parts: int, at: int, share: float, asked: int) -> Split:
    rest = [row for place, row in enumerate(rows) if place % parts != at]
    learnt = rest[: round(share * len(rest))]
    known = {row.intent for row in learnt}
    # Of a small share an intent may be missing altogether: what nobody could know is not asked.
    return Split(learnt, [row for row in rows[at::parts] if row.intent in known][:asked])
