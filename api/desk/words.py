"""The desk's own labels, in the language of whoever reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "texts"
LANGUAGES = ("fr", "es")


class Words:
    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._texts = texts_in(self.language)

    def __call__(self, key: str, **values: object) -> str:
        """`words("queue.late", time=...)`."""
        found: Any = self._texts
        for part in key.split("."):
            found = found[part]
        return str(found).format(**values) if values else str(found)

    def name(self, group: str, name: object) -> str:
        """The label of something that has a name of its own; that name, made readable, where no label is known."""
        found = self._texts[group].get(str(name))
        return str(found) if found is not None else str(name).replace("_", " ")

    def has(self, group: str, name: str) -> bool:
        return name in self._texts[group]


@cache
def texts_in(language: str) -> dict[str, Any]:
    texts: dict[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return texts
