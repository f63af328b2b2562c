"""A message as the wish is read from it: spelled out, its slips undone, and by ear.

No part of Rasa is imported here: at training, processes started afresh read the examples, and Rasa takes seconds to load.
"""

from __future__ import annotations

from typing import NamedTuple

from .folding import spell_out
from .mending import mended
from .sounds import by_ear


class Reading(NamedTuple):
    """`full` is in lower case; `changed` whether a slip was undone in it; `sound` what it sounds like."""

    full: str
    changed: bool
    sound: str


def read(text: str, language: str) -> Reading:
    """A message in French or Spanish; in another language only folded."""
    full, changed = mended(spell_out(text, language), language)
    return Reading(full, changed, by_ear(full, language))
