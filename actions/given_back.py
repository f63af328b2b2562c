"""What stands in a message only to be given up: the 75 of "90 instead of 75", the 10th of "better the 11th than the 10th"."""

from __future__ import annotations

import re
import unicodedata

from actions.words import words_of


def is_given_up(text: str, start: int | None) -> bool:
    """Whether the value that begins at `start` comes right after a word that gives it up."""
    before = unicodedata.normalize("NFKD", text[:start] if start else "").encode("ascii", "ignore").decode().lower()
    if re.search(words_of("preferred")["than"], before):
        return True
    return any(re.search(rf"{re.escape(word)}\w*\s+(?:[^\W\d]+\s+)?$", before) for word in words_of("instead"))
