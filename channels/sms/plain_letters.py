"""Writing a text so that it stays in GSM-7, where that saves a segment and changes no meaning."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from channels.sms.segments import fits_gsm, length_of

_FILE = Path(__file__).parent / "letters.yml"


def shortened(text: str, language: str) -> str:
    """The text to send: as written, or with plain letters where that takes fewer segments."""
    if fits_gsm(text) or _says_something_else(text, language):
        return text
    plain = text.translate(_table())
    return plain if length_of(plain).segments < length_of(text).segments else text


def _says_something_else(text: str, language: str) -> bool:
    kept = _kept(language)
    return bool(kept and kept.search(text.lower()))


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return data


@cache
def _table() -> dict[int, str]:
    return str.maketrans(_data()["letters"])


@cache
def _kept(language: str) -> re.Pattern[str] | None:
    words = _data()["kept"].get(language)
    return re.compile(rf"\b(?:{'|'.join(words)})\b") if words else None
