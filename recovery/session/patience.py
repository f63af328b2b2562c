"""While the assistant is away: the debtor is told once that the message has arrived, and after a set time a person
takes over.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.consent.opt_out import agreed_word
from recovery.handover.hand_over import hand_over
from recovery.session.listening import signals_in
from recovery.session.records import Conversation, Message
from recovery.session.say import say
from recovery.session.waiting import Waiting
from recovery.texts import text_for


@dataclass(frozen=True)
class Patience:
    """Seconds of real time, not of the clock of the trade: a frozen clock must not freeze a failure."""

    tell_after: float = 3.0
    pass_on_after: float = 600.0

    def waited(self, session: Session, clock: Clock, waiting: Waiting) -> bool:
        """True where the message has gone to a person, and waits no longer."""
        message, conversation = waiting.message, waiting.conversation
        reason = _urgent(conversation, message)
        if not reason and _seconds_since_stored(message.id) < self.pass_on_after:
            self._tell_once(session, clock, conversation, message)
            return False
        key = {"distress": "distress", "human_asked": "person_told"}.get(reason or "", "waited_too_long")
        say(session, clock, conversation, text_for(key, conversation.language), author="system", answers=message)
        hand_over(session, clock, conversation, reason=reason or "system_down", words=message.text)
        message.handled_at = clock.now()
        conversation.told_waiting_at = None
        return True

    def _tell_once(self, session: Session, clock: Clock, conversation: Conversation, message: Message) -> None:
        if conversation.told_waiting_at or _seconds_since_stored(message.id) < self.tell_after:
            return
        say(session, clock, conversation, text_for("arrived", conversation.language), author="system", solicited=True)
        conversation.told_waiting_at = clock.now()


def _urgent(conversation: Conversation, message: Message) -> str | None:
    """Why this one cannot wait for the assistant at all."""
    if message.pressed:
        return None
    fired = signals_in(message.text, conversation.language)
    if "express_distress" in fired:
        return "distress"
    return "human_asked" if "ask_human" in fired or agreed_word(message.text) == "person" else None


def _seconds_since_stored(identifier: uuid.UUID) -> float:
    """Version 7 identifiers begin with the millisecond they were made in."""
    return time.time() - (identifier.int >> 80) / 1000
