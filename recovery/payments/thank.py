"""Thanks for money that arrived, and a word where it did not, in the conversation where the way to pay was given."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.documents.keep_document import attach
from recovery.documents.receipt import language_beside, language_of, make_receipt
from recovery.identity.records import Debtor
from recovery.money import Money
from recovery.payments.records import Payment, PaymentIntent
from recovery.session.records import Conversation
from recovery.session.say import MayNotBeSaid, say
from recovery.texts import text_for
from recovery.written import written

log = logging.getLogger(__name__)


def thank(session: Session, clock: Clock, intent: PaymentIntent, amount: Money, payments: Sequence[Payment]) -> None:
    """The sum that was recorded, with a receipt for each payment (R124-6, IN-09)."""
    talk = session.get(Conversation, intent.conversation_id) if intent.conversation_id else None
    debtor = session.get_one(Debtor, intent.debtor_id)
    language = language_beside(debtor, talk.language) if talk else language_of(debtor)
    receipts = [make_receipt(session, clock, payment, language) for payment in payments]
    if talk:
        files = [attach(session, clock, talk, receipt) for receipt in receipts]
        _tell(session, clock, talk, "payment_received", amount, files)


def tell_failed(session: Session, clock: Clock, intent: PaymentIntent) -> None:
    talk = session.get(Conversation, intent.conversation_id) if intent.conversation_id else None
    if talk:
        _tell(session, clock, talk, "payment_failed", Money(intent.amount_cents, intent.currency), [])


def _tell(
    session: Session, clock: Clock, talk: Conversation, text: str, amount: Money, files: Sequence[uuid.UUID]
) -> None:
    words = text_for(text, talk.language, amount=written(amount, talk.language))
    try:
        say(session, clock, talk, words, author="system", solicited=True, attachments=files)
    except MayNotBeSaid as refused:  # identity lapsed, or the debtor asked for silence: the receipt waits for them
        log.info("Not told in conversation %s: %s", talk.id, refused)
