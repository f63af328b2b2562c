"""What the bot's own ears offer to the service: masking of secrets, the language, the safety nets.

`bot.listening` is the one part of the bot the service shares; nothing else here imports it.
"""

from __future__ import annotations

from datetime import date

from bot.listening.language import identify_language
from bot.listening.masking import mask_secrets
from bot.listening.safety_nets import signals
from bot.listening.values import read_values

SPOKEN = ("fr", "es")
ABOUT_HEALTH = {"illness", "accident", "birth"}  # kinds of hardship that tell of a body or a mind (GDPR 4(15))


def language_of(text: str, previous: str) -> str:
    """The language to answer in: that of the message where it is plain and ours, else the one spoken so far."""
    heard = identify_language(text, previous)
    return heard.code if heard.sure and heard.code in SPOKEN else previous


def heard_language(text: str, previous: str) -> tuple[str, bool]:
    """The language of the message, any of those debtors here write, and whether that is plain."""
    heard = identify_language(text, previous if previous in SPOKEN else SPOKEN[-1])
    return heard.code, heard.sure


def signals_in(text: str, language: str) -> list[str]:
    """The safety nets that fire, by intent name (`express_distress`, `ask_human`, ...)."""
    return list(signals(text, language))


def masked(text: str) -> tuple[str, list[str]]:
    """The text without card numbers, account numbers and passwords, and which of them were there."""
    return mask_secrets(text)


def tells_of_health(text: str, language: str, day: date) -> bool:
    """Whether words about somebody's health stand in it, whoever heard them or did not."""
    found = read_values(text, language, day)
    return any(value.entity == "hardship_kind" and value.value in ABOUT_HEALTH for value in found)
