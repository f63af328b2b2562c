"""Words about health: used for the help they ask for, then erased for good; the kind of difficulty alone stays while the case is open
(GDPR 9, 5(1)(e); CNIL on chatbots; ID-14). What is the ground of a dispute stays with it (GDPR 9(2)(f)).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.countries.retention import retention_of
from recovery.disputes.records import Dispute, Evidence
from recovery.handover.hand_over import OPEN as HANDOVER_OPEN
from recovery.handover.hand_over import country_of
from recovery.handover.records import Handover, Note
from recovery.retention.files import destroy_now
from recovery.session.listening import tells_of_health
from recovery.session.records import ActionRun, Conversation, ExternalEvent, Message
from recovery.texts import text_for

LOOK_BACK = timedelta(
    days=30
)  # after the last word, or after the last person let go of it: once each night, and nothing twice
AT_A_TIME = 500


def erase_health_words(session: Session, clock: Clock) -> list[Message]:
    """For the timetable: in talks that no person has in hand, what was said of a debtor's health, by whomever and wherever it stands."""
    lately = clock.now() - LOOK_BACK
    let_go = exists().where(Handover.conversation_id == Conversation.id, Handover.ended_at > lately)
    talks = select(Conversation).where(
        or_(Conversation.last_inbound_at > lately, let_go),
        ~exists().where(Handover.conversation_id == Conversation.id, Handover.state.in_(HANDOVER_OPEN)),
    )
    erased: list[Message] = []
    for talk in session.scalars(talks.order_by(Conversation.id)).all():
        days = retention_of(country_of(session, talk)).special_category_days
        erased += _erase_in(session, clock, talk, timedelta(days=days))
        if len(erased) >= AT_A_TIME:
            break
    return erased


def _erase_in(session: Session, clock: Clock, talk: Conversation, after: timedelta) -> list[Message]:
    said = select(Message).where(
        Message.conversation_id == talk.id,
        Message.sent_at <= clock.now() - after,
        or_(Message.author == "agent", and_(Message.author == "debtor", Message.handled_at.is_not(None))),
    )
    found = [
        message
        for message in session.scalars(said.order_by(Message.seq))
        if _told(message) and not _is_ground_of_a_dispute(session, talk, message)
    ]
    for message in found:
        _erase(session, talk, message)
    notes = _erase_notes(session, talk)
    if found or notes:
        session.flush()
        record_act(
            session, clock, "system", "health.erased", f"conversation:{talk.id}",
            messages=[message.seq for message in found], notes=notes, because="GDPR 9, 5(1)(e)",
        )  # fmt: skip
    return found


def _erase_notes(session: Session, talk: Conversation) -> int:
    """What a person wrote down of it for themselves; how many."""
    erased = 0
    for note in session.scalars(select(Note).where(Note.conversation_id == talk.id)):
        if tells_of_health(note.text, talk.language, note.created_at.date()):
            note.text = text_for("health_no_longer_kept", talk.language)
            erased += 1
    return erased


def _told(message: Message) -> bool:
    """As the bot heard it, or as the words say; distress, too, is a state of health."""
    if message.text == text_for("health_no_longer_kept", message.language):
        return False
    signals = set((message.nlu or {}).get("signals") or ())
    return "express_distress" in signals or tells_of_health(message.text, message.language, message.sent_at.date())


def _is_ground_of_a_dispute(session: Session, talk: Conversation, message: Message) -> bool:
    words = session.scalars(select(Dispute.words).where(Dispute.debtor_id == talk.debtor_id))
    return any(message.text.strip() and message.text.strip() in said for said in words)


def _erase(session: Session, talk: Conversation, message: Message) -> None:
    text, marker = message.text, text_for("health_no_longer_kept", message.language)
    message.text, message.asked = marker, None
    message.nlu = {**message.nlu, "entities": []} if message.nlu else None
    for run in session.scalars(select(ActionRun).where(ActionRun.message_id == message.id)):
        run.answer = {}
    for handover in session.scalars(select(Handover).where(Handover.conversation_id == talk.id)):
        handover.words = _without(handover.words, text)
        handover.summary = _summary_without(handover.summary, text, marker)
    if message.client_message_id:
        for call in session.scalars(
            select(ExternalEvent).where(ExternalEvent.external_id == message.client_message_id)
        ):
            call.body = {}
    evidence = set(session.scalars(select(Evidence.attachment_id).where(Evidence.dispute_id.is_not(None))))
    for attachment in message.attachments:
        if attachment.id not in evidence:
            destroy_now(attachment)


def _without(words: str | None, text: str) -> str | None:
    if not words:
        return words
    return "\n".join(line for line in words.replace(text, "").split("\n") if line.strip()) or None


def _summary_without(kept: Any, text: str, marker: str) -> Any:
    if isinstance(kept, dict):
        return {name: _summary_without(value, text, marker) for name, value in kept.items()}
    if isinstance(kept, list):
        return [_summary_without(value, text, marker) for value in kept]
    return marker if isinstance(kept, str) and text and text in kept else kept
