"""What every action asks of a message before it acts: whether a child is concerned, whether it is meant for a machine."""

from __future__ import annotations

import re
import unicodedata

from actions.words import words_of


def says_minor(text: str) -> bool:
    """Recall first, but an age of something else (a contract, a job) is none."""
    folded = _folded(text)
    words = words_of("minor")
    return not re.search(words["not"], folded) and any(re.search(said, folded) for said in words["said"])


def meant_for_a_machine(text: str) -> bool:
    """Code, or an order to a program."""
    return any(re.search(order, _folded(text)) for order in words_of("to_a_machine"))


def says_own_file(text: str) -> bool:
    """The file is the writer's own, said by somebody taken for a relative or a neighbour."""
    words = words_of("of_oneself")
    return any(re.search(rf"{re.escape(said)}(?!{words['not_before']})", _folded(text)) for said in words["says"])


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode().lower()
