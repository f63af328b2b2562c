"""What is asked of the channel itself: to start, which language, what becomes of my data."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from channels.messages import Inbound
from recovery.clock import Clock
from recovery.consent.opt_out import reopen
from recovery.session.records import Conversation, Message
from recovery.session.say import say
from recovery.settings import settings
from recovery.texts import text_for


def obey(session: Session, clock: Clock, conversation: Conversation, inbound: Inbound) -> None:
    key = _answer(session, clock, conversation, inbound)
    if key:
        text = text_for(key, conversation.language, name=settings().operator_name)
        say(session, clock, conversation, text, author="system", solicited=True)


def _answer(session: Session, clock: Clock, conversation: Conversation, inbound: Inbound) -> str | None:
    if inbound.command == "language":
        conversation.language = inbound.language or conversation.language
        return "language_chosen"
    if inbound.command == "privacy":
        return "privacy"
    if reopen(session, clock, conversation):
        return "reopened"
    return "opening" if _has_spoken(session, conversation) else None  # a new conversation has just been opened


def _has_spoken(session: Session, conversation: Conversation) -> bool:
    asked = exists().where(Message.conversation_id == conversation.id, Message.author == "debtor")
    return session.scalar(select(asked)) or False
