"""Text as rules read it: lower case, no accents, plain apostrophes and single spaces."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "œ": "oe", "æ": "ae"})
_SPACES = re.compile(r"\s+")


def folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_PLAIN))
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return _SPACES.sub(" ", bare).strip()
