"""A mandated collector's letter is recalled, reference and date, in every later step (CPCEx R124-4, last paragraph; DI-02)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.debts.records import Creditor, Debt
from recovery.identity.records import ContactPoint
from recovery.session.records import Conversation
from recovery.texts import text_for
from recovery.written import long_day


def with_letter_recalled(session: Session, conversation: Conversation, text: str, kind: str) -> str:
    """Once in each talk after identity, and in everything we write first: there the bare reference says no debt."""
    if kind not in {"reply", "campaign"} or _done_here(conversation, kind):
        return text
    letters = _letters(session, conversation)
    if not letters:
        return text
    conversation.context = {**conversation.context, "letter_recalled": True}
    missing = [debt for debt in letters if str(debt.letter_ref) not in text]
    lines = [
        text_for(
            "letter_recalled",
            conversation.language,
            reference=debt.letter_ref,
            day=long_day(debt.letter_sent_on, conversation.language),
        )
        for debt in missing
        if debt.letter_sent_on
    ]
    return "\n".join([text, *lines])


def _done_here(conversation: Conversation, kind: str) -> bool:
    return kind == "reply" and (
        conversation.identity != "verified" or bool(conversation.context.get("letter_recalled"))
    )


def _letters(session: Session, conversation: Conversation) -> list[Debt]:
    owner = conversation.debtor_id or session.scalar(
        select(ContactPoint.debtor_id).where(
            ContactPoint.channel == conversation.channel, ContactPoint.address == conversation.address
        )
    )
    wanted = (
        select(Debt)
        .join(Creditor)
        .where(
            Debt.debtor_id == owner,
            Debt.state == "open",
            Debt.letter_ref.is_not(None),
            Creditor.role == "mandated_collector",
            Creditor.country == "FR",
        )
    )
    return list(session.scalars(wanted.order_by(Debt.due_on, Debt.id)))
