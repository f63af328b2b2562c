"""Whether a message says that a child is concerned; every action asks before it speaks of anything else."""

from __future__ import annotations

import re
import unicodedata

from actions.words import words_of


def says_minor(text: str) -> bool:
    """Recall first, but an age of something else (a contract, a job) is none."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    words = words_of("minor")
    return not re.search(words["not"], folded) and any(re.search(said, folded) for said in words["said"])
