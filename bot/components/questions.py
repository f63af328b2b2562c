"""The open questions, as `bot/questions/<room>.yml` describe them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "questions"


def questions_in(folder: Path) -> dict[str, Any]:
    """Every question by its name."""
    questions: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yml")):
        questions.update(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    return questions


def reads_as(question: str | None) -> str | None:
    """The kind of value a bare figure is, when this question is open."""
    return (_known().get(question or "") or {}).get("reads")


@lru_cache(maxsize=1)
def _known() -> dict[str, Any]:
    return questions_in(FOLDER)
