"""What would reveal a debt to whoever holds the phone, before it is known who that is (ID-01, ID-03)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.consent.folded import folded
from recovery.session.records import Conversation, Message

_WORDS = Path(__file__).parent / "words" / "before_identity.yml"
_AMOUNT = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{1,2}))?\s*(?:€|euros?\b|eur\b)", re.I
)
_FIGURE = re.compile(r"(\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{1,2}))?")


@lru_cache(maxsize=2048)
def debt_words_in(text: str) -> tuple[str, ...]:
    """The words that name a debt, as they stand in the text."""
    return tuple(dict.fromkeys(_debt_words().findall(folded(text))))


def untold_amounts_in(session: Session, conversation: Conversation, text: str) -> list[str]:
    """Amounts of the text that the debtor did not write first in this conversation."""
    amounts = {_cents(found): found.group(0) for found in _AMOUNT.finditer(text)}
    if not amounts:
        return []
    told = _figures_told(session, conversation)
    return [written for cents, written in amounts.items() if cents not in told]


def _figures_told(session: Session, conversation: Conversation) -> set[int]:
    words = session.scalars(
        select(Message.text).where(Message.conversation_id == conversation.id, Message.author == "debtor")
    )
    return {_cents(found) for said in words for found in _FIGURE.finditer(said)}


def _cents(found: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", found.group(1))) * 100 + int((found.group(2) or "0").ljust(2, "0"))


@lru_cache(maxsize=1)
def _debt_words() -> re.Pattern[str]:
    stems: list[str] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return re.compile(rf"\b(?:{'|'.join(stems)})")
