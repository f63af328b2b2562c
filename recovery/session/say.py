"""The one door out: whoever wrote it, a text leaves through here, once the gate has been asked and its answer
recorded.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.consent.gate import Verdict, ask_gate, record_verdict
from recovery.consent.must_be_said import still_to_be_said, with_what_must_be_said
from recovery.errors import Refusal
from recovery.handover.hand_over import hand_over
from recovery.session.buttons import opaque
from recovery.session.hold import next_seq
from recovery.session.notices import notify_message
from recovery.session.outbox import enqueue_delivery
from recovery.session.records import Attachment, Conversation, Delivery, Message
from recovery.settings import settings
from recovery.store import time_ordered_id
from recovery.texts import text_for

log = logging.getLogger(__name__)

KIND_OF = {"bot": "reply", "agent": "agent", "campaign": "campaign", "system": "system"}


class MayNotBeSaid(Refusal):
    """The gate refused the text; `rules` are those that failed. Its author is told, the debtor sees nothing."""

    status = 422
    kind = "may-not-be-said"

    def __init__(self, verdict: Verdict) -> None:
        failed = verdict.failed()
        super().__init__("This text may not leave: " + "; ".join(f"{r['rule']}: {r['detail']}" for r in failed))
        self.rules = failed


def say(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    text: str,
    *,
    author: str = "bot",
    author_name: str | None = None,
    buttons: Iterable[dict[str, Any]] = (),
    language: str | None = None,
    answers: Message | None = None,
    attachments: Sequence[uuid.UUID] = (),
    solicited: bool | None = None,
) -> Message:
    """The stored message, on its way. `author`: bot, agent, system or campaign; the last is shown as the bot.

    Raises MayNotBeSaid for an agent's, a campaign's or the system's text that the gate refuses. A bot's refused text
    is replaced by a
    safe one and left to a person, so that the debtor is never met with silence. `solicited`: it answers something
    the debtor did (by default, whether it `answers` a message).
    """
    kind = KIND_OF[author]
    asked_for = solicited if solicited is not None else answers is not None
    text = with_what_must_be_said(session, clock, conversation, text, kind)
    verdict = ask_gate(session, clock, conversation, author, text, kind, solicited=asked_for)
    record = record_verdict(session, clock, conversation, author, text, verdict)
    if not verdict.allowed:
        if kind != "reply" or not asked_for:
            raise MayNotBeSaid(verdict)
        text = _replaced(session, clock, conversation, text, verdict)
        still_to_be_said(conversation)
        buttons = ()
    message = _keep(session, clock, conversation, text, author, author_name, buttons, language, answers)
    record.message_id = message.id
    if attachments:
        session.flush()
        session.execute(update(Attachment).where(Attachment.id.in_(attachments)).values(message_id=message.id))
    _send_off(session, clock, conversation, message)
    return message


def _replaced(session: Session, clock: Clock, conversation: Conversation, text: str, verdict: Verdict) -> str:
    log.error("A reply may not leave conversation %s: %s", conversation.id, verdict.failed())
    refused = {"refused_text": text, "rules": verdict.failed()}
    hand_over(session, clock, conversation, reason="other", takes_over=False, extra=refused)
    return text_for("replaced", conversation.language)


def _keep(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    text: str,
    author: str,
    author_name: str | None,
    buttons: Iterable[dict[str, Any]],
    language: str | None,
    answers: Message | None,
) -> Message:
    shown_as = "bot" if author == "campaign" else author
    message = Message(
        id=time_ordered_id(),
        conversation_id=conversation.id,
        seq=next_seq(session, conversation),
        author=shown_as,
        author_name=author_name or (settings().operator_name if shown_as == "bot" else ""),
        text=text,
        language=language or conversation.language,
        buttons=opaque(buttons),
        answers=answers.id if answers else None,
        delivery="sent" if conversation.channel == "web" else "waiting",
        sent_at=clock.now(),
    )
    session.add(message)
    return message


def _send_off(session: Session, clock: Clock, conversation: Conversation, message: Message) -> None:
    if conversation.channel != "web":  # the website reads its messages here; every other channel has a provider
        delivery = Delivery(
            id=time_ordered_id(),
            message_id=message.id,
            conversation_id=conversation.id,
            channel=conversation.channel,
            state="waiting",
            attempts=0,
            created_at=clock.now(),
            updated_at=clock.now(),
        )
        session.flush()
        session.add(delivery)
        enqueue_delivery(session, delivery)
    notify_message(session, conversation.id)
