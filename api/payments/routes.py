"""`/pay/{token}`: the page a payment link opens. A stand-in for the card provider's own page, which never exists in
production.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.ledger.needs import Now, Work
from api.payments.page import closed, euros, paid, to_pay
from recovery.clock import Clock
from recovery.documents.keep_document import attach
from recovery.documents.receipt import make_receipt
from recovery.errors import Forbidden, NotFound
from recovery.money import Money
from recovery.payments.intent import LinkNoLongerOpen, confirm, intent_by_token
from recovery.payments.records import Payment, PaymentIntent
from recovery.session.records import Conversation
from recovery.session.say import say
from recovery.settings import settings
from recovery.texts import text_for

router = APIRouter(prefix="/pay", tags=["payment page"], default_response_class=HTMLResponse, include_in_schema=False)

Accepted = Annotated[str, Header(alias="Accept-Language")]


@router.get("/{token}")
def show(session: Work, clock: Now, token: str, accepted: Accepted = "") -> HTMLResponse:
    try:
        intent = intent_by_token(session, clock, token)
    except NotFound:
        return closed(_language(accepted), 404)
    if intent.state != "open":
        return closed(_language(accepted), 410)
    return to_pay(session, clock, intent, may_confirm=_is_a_demo())


@router.post("/{token}")
def pay(session: Work, clock: Now, token: str, accepted: Accepted = "") -> HTMLResponse:
    """The button of the demo: what a provider's signed confirmation does elsewhere. Pressed twice, it pays once."""
    if not _is_a_demo():
        raise Forbidden("Payments are confirmed by the provider alone.")
    try:
        intent = intent_by_token(session, clock, token, lock=True)
        again = intent.state == "confirmed"
        payments = confirm(session, clock, token, f"DEMO-{intent.id}")
    except NotFound:
        return closed(_language(accepted), 404)
    except LinkNoLongerOpen:
        return closed(_language(accepted), 410)
    amount = Money(sum(payment.amount_cents for payment in payments), intent.currency)
    if amount and not again:
        _thank(session, clock, intent, amount, payments)
    return paid(session, intent, amount)


def _thank(session: Session, clock: Clock, intent: PaymentIntent, amount: Money, payments: Sequence[Payment]) -> None:
    """In the conversation where the link was given: the debtor sees there that it arrived, with a receipt for each."""
    talk = session.get(Conversation, intent.conversation_id) if intent.conversation_id else None
    if talk is not None:
        text = text_for("payment_received", talk.language, amount=euros(amount, talk.language))
        receipts = [make_receipt(session, clock, payment, talk.language) for payment in payments]
        files = [attach(session, clock, talk, receipt) for receipt in receipts]
        say(session, clock, talk, text, author="system", solicited=True, attachments=files)


def _language(accepted: str) -> str:
    return "es" if accepted.lower().startswith("es") else "fr"


def _is_a_demo() -> bool:
    return settings().env != "production"
