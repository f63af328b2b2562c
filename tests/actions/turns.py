"""A turn made by hand, for an action alone: what it says and what it leaves, without Rasa."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from actions.turn import Turn
from recovery.clock import Clock
from recovery.debts.records import Debt
from recovery.session.records import Message
from tests import cast


def turn_of(session: Session, clock: Clock, debt: Debt, text: str, *values: tuple[str, Any]) -> Turn:
    """The debtor of this debt, verified, says this; `values`: what was read in it."""
    talk = cast.conversation_of(session, debt.debtor, debt.creditor)
    message = Message(
        conversation_id=talk.id, seq=1, author="debtor", author_name="", text=text, language=talk.language, sent_at=clock.now()
    )  # fmt: skip
    talk.last_seq = 1
    session.add(message)
    session.flush()
    read = [{"entity": entity, "value": value} for entity, value in values]
    return Turn(session, clock, talk, message, {}, read, {})


def heard(turn: Turn, *wishes: tuple[str, float], signals: tuple[str, ...] = ()) -> Turn:
    """The turn as the model read it: each wish with its confidence, and the nets that fired."""
    intents = [{"name": name, "confidence": sure} for name, sure in wishes]
    turn.parsed = {"intent": intents[0], "intents": intents, "signals": list(signals)}
    return turn


def said(turn: Turn) -> list[str]:
    return [response["response"] for response in turn.responses]


def euros(cents: int) -> tuple[str, dict[str, Any]]:
    """A sum as it is read in a message."""
    return "amount", {"cents": cents, "currency": "EUR"}
