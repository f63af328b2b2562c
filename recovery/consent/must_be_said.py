"""What the law asks to be said with a message, whoever wrote it: added at the one door, so that nobody forgets it.

A mandated collector's letter, reference and date, in every later step (CPCEx R124-4, last paragraph; DI-02). For whom it acts, or
who sold the debt, and where personal data are explained, with the first words after identity (DI-06, DI-08; GDPR 14(3)(b), ID-08).
That an automated assistant speaks, again after a day (AI Act 50(1); AI-01). How to stop, in whatever we write first (OO-01).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.find import unsettled_debts
from recovery.debts.records import Creditor, Debt
from recovery.identity.records import ContactPoint
from recovery.session.records import Conversation
from recovery.texts import text_for
from recovery.written import long_day

SAID_AGAIN_AFTER = timedelta(hours=24)  # AI-01, repeat_after_h


def with_what_must_be_said(session: Session, clock: Clock, conversation: Conversation, text: str, kind: str) -> str:
    """`kind`: only the assistant's replies and what we write first carry it; an agent's words stay as they are."""
    if kind == "campaign":
        return "\n".join([text, *_letters_recalled(session, conversation, text), *_how_to_stop(conversation, text)])
    if kind != "reply":
        return text
    lines = [*_who_speaks(clock, conversation), text]
    if conversation.identity == "verified" and not conversation.context.get("told_once"):
        conversation.context = {**conversation.context, "told_once": True}
        lines += [
            *_letters_recalled(session, conversation, text),
            *_for_whom(session, conversation),
            *_where_data_are_explained(session, conversation),
        ]
    return "\n".join(lines)


def still_to_be_said(conversation: Conversation) -> None:
    """The text that carried it did not leave."""
    conversation.context = {name: value for name, value in conversation.context.items() if name != "told_once"}


def _who_speaks(clock: Clock, conversation: Conversation) -> Iterator[str]:
    told = conversation.disclosed_at
    if told is not None and clock.now() - told >= SAID_AGAIN_AFTER:
        conversation.disclosed_at = clock.now()
        yield text_for("still_automated", conversation.language)


def _letters_recalled(session: Session, conversation: Conversation, text: str) -> Iterator[str]:
    for debt in _with_a_letter(session, conversation):
        if debt.letter_sent_on and str(debt.letter_ref) not in text:
            day = long_day(debt.letter_sent_on, conversation.language)
            yield text_for("letter_recalled", conversation.language, reference=debt.letter_ref, day=day)


def _for_whom(session: Session, conversation: Conversation) -> Iterator[str]:
    debts = unsettled_debts(session, conversation.debtor_id) if conversation.debtor_id else []
    told = []
    for debt in debts:
        names = {"reference": debt.reference, "name": debt.creditor.legal_name}
        if debt.on_behalf_of:
            told.append(text_for("acts_for", conversation.language, creditor=debt.on_behalf_of, **names))
        if debt.assignor and debt.assigned_on:
            day = long_day(debt.assigned_on, conversation.language)
            told.append(text_for("bought_from", conversation.language, assignor=debt.assignor, day=day, **names))
    yield from told


def _how_to_stop(conversation: Conversation, text: str) -> Iterator[str]:
    line = text_for("how_to_stop", conversation.language)
    if line.partition(" ")[0] not in text:  # the word itself: STOP, BAJA
        yield line


def _where_data_are_explained(session: Session, conversation: Conversation) -> Iterator[str]:
    if conversation.debtor_id is None:
        return
    debts = unsettled_debts(session, conversation.debtor_id)
    for url in dict.fromkeys(debt.creditor.privacy_url for debt in debts if debt.creditor.privacy_url):
        yield text_for("data_explained", conversation.language, url=url)


def _with_a_letter(session: Session, conversation: Conversation) -> list[Debt]:
    """Debts that a mandated collector recovers in France: the bare reference of its letter says no debt."""
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
