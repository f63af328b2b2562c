"""What the reading of one message brings back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Found:
    """One value read in a message.

    `start` and `end` are offsets into the message as the person wrote it, and `text` is that slice of it.
    `bound` is "before" or "after" for a date that is a limit rather than a day, otherwise nothing.
    """

    entity: str
    value: Any
    start: int
    end: int
    text: str
    bound: str | None = None
