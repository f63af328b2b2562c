"""Who is speaking now: the debtor is told, unless they asked for silence."""

from __future__ import annotations

import logging

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.handover.wants_an_answer import wants_an_answer
from recovery.session.records import Conversation
from recovery.session.say import MayNotBeSaid, say
from recovery.texts import text_for

log = logging.getLogger(__name__)


def tell_debtor(session: Session, clock: Clock, conversation: Conversation, key: str, **values: object) -> None:
    text = text_for(key, conversation.language, **values)
    try:
        say(session, clock, conversation, text, author="system", solicited=wants_an_answer(session, conversation))
    except MayNotBeSaid as refused:  # whoever stopped all messages is not told; the act itself stands
        log.info("Not said in conversation %s: %s", conversation.id, refused.detail)
