"""A message as the wish is read from it: spelled out, its slips undone, and by ear.

No part of Rasa is imported here: at training, processes started afresh read the examples, and Rasa takes seconds to load.
"""

from __future__ import annotations

from typing import NamedTuple

from .folding import spell_out
from .mending import Mended, mended, ways_to_mend
from .sounds import by_ear


class Reading(NamedTuple):
    """`full` is in lower case; `changed` whether a slip was undone in it; `sound` what it sounds like; `share` how likely it is."""

    full: str
    changed: bool
    sound: str
    share: float = 1.0


def read(text: str, language: str) -> Reading:
    """The likeliest reading of a message in French or Spanish; in another language it is only folded."""
    return _heard(mended(spell_out(text, language), language), language)


def ways_to_read(text: str, language: str) -> list[Reading]:
    """The likeliest readings, the likeliest first: one but where slips leave doubt. Their shares make one."""
    return [_heard(way, language) for way in ways_to_mend(spell_out(text, language), language)]


def _heard(way: Mended, language: str) -> Reading:
    return Reading(way.text, way.changed, by_ear(way.text, language), way.share)
