"""The message journey's own calls for a person: nobody could answer, or a text could not leave."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.session.records import Conversation


def leave_a_task(
    session: Session, clock: Clock, conversation: Conversation, *, reason: str, words: str | None, **extra: Any
) -> None:
    """A person looks at it beside the conversation; the assistant goes on."""
    _hand_over(session, clock, conversation, reason, words, takes_over=False, extra=extra)


def pass_on(session: Session, clock: Clock, conversation: Conversation, *, reason: str, words: str | None, **extra: Any) -> None:
    """A person takes over; the assistant is silent until they hand back."""
    _hand_over(session, clock, conversation, reason, words, takes_over=True, extra=extra)


def _hand_over(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    reason: str,
    words: str | None,
    *,
    takes_over: bool,
    extra: dict[str, Any],
) -> None:
    # Imported here: the hand-over's own messages leave by `say`, which imports this file.
    from recovery.handover.hand_over import hand_over

    hand_over(session, clock, conversation, reason=reason, words=words, takes_over=takes_over, extra=extra)
