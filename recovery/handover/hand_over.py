"""The assistant hands a conversation to a person, with its reason and the facts of that moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.handover.notices import notify_desk
from recovery.handover.office_hours import answer_due_at
from recovery.handover.reasons import reason_for
from recovery.handover.records import Handover
from recovery.handover.summary import summary_of
from recovery.identity.records import Debtor
from recovery.session.notices import notify_message
from recovery.session.records import Conversation

COUNTRY_OF_LANGUAGE = {"fr": "FR", "es": "ES", "ca": "ES"}
OPEN = ("waiting", "taken")


def hand_over(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    *,
    reason: str,
    words: str | None = None,
    takes_over: bool = True,
    extra: dict[str, Any] | None = None,
) -> Handover:
    """The hand-over, waiting at the desk. While one of the same reason is open, that one, with these words added.

    `takes_over`: the assistant is silent until a person hands back; otherwise it is a task beside the conversation.
    `extra`: facts only the caller knows (a ticket, the debtor's own proposal), kept with the summary.
    """
    # Two turns that hand over at once must make one hand-over.
    session.execute(select(Conversation.id).where(Conversation.id == conversation.id).with_for_update())
    handover = open_handover(session, conversation, reason)
    if handover:
        _add(handover, words, takes_over, extra)
    else:
        handover = _new(session, clock, conversation, reason, words, takes_over, extra)
    if takes_over and conversation.mode != "human":
        conversation.mode = "human"
        notify_message(session, conversation.id)
    session.flush()
    notify_desk(session, conversation.id)
    return handover


def open_handover(session: Session, conversation: Conversation, reason: str) -> Handover | None:
    wanted = select(Handover).where(
        Handover.conversation_id == conversation.id, Handover.reason == reason, Handover.state.in_(OPEN)
    )
    return session.scalars(wanted.order_by(Handover.id).limit(1)).first()


def country_of(session: Session, conversation: Conversation) -> str:
    """Where the debtor lives; before that is known, where their language is spoken."""
    debtor = session.get(Debtor, conversation.debtor_id) if conversation.debtor_id else None
    return debtor.country if debtor else COUNTRY_OF_LANGUAGE.get(conversation.language, "FR")


def _add(handover: Handover, words: str | None, takes_over: bool, extra: dict[str, Any] | None) -> None:
    if words and words not in (handover.words or "").split("\n"):
        handover.words = f"{handover.words}\n{words}" if handover.words else words
    if extra:
        handover.summary = {**handover.summary, "extra": {**handover.summary.get("extra", {}), **extra}}
    handover.takes_over = handover.takes_over or takes_over


def _new(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    reason: str,
    words: str | None,
    takes_over: bool,
    extra: dict[str, Any] | None,
) -> Handover:
    named = reason_for(reason)
    due = answer_due_at(named.answered, clock.now(), country_of(session, conversation))
    handover = Handover(
        conversation_id=conversation.id,
        debtor_id=conversation.debtor_id,
        reason=reason,
        priority=named.priority,
        queue=named.queue,
        words=words,
        summary=summary_of(session, clock, conversation, extra),
        state="waiting",
        answer_due_at=due,
        takes_over=takes_over,
        created_at=clock.now(),
    )
    session.add(handover)
    session.flush()
    facts = {
        "handover": str(handover.id),
        "reason": reason,
        "priority": named.priority,
        "takes_over": takes_over,
        "answer_due_at": due.isoformat(),
    }
    record_act(session, clock, "bot", "handover.asked", f"conversation:{conversation.id}", **facts)
    return handover
