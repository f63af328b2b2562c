"""`/pay/{token}`: the page a payment link opens. A stand-in for the card provider's own page, which never exists in
production.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import HTMLResponse

from api.ledger.needs import Now, Work
from api.payments.page import closed, paid, to_pay
from recovery.errors import Forbidden, NotFound
from recovery.money import Money
from recovery.payments.intent import LinkNoLongerOpen, confirm, intent_by_token, may_be_paid
from recovery.payments.thank import thank
from recovery.settings import settings

router = APIRouter(prefix="/pay", tags=["payment page"], default_response_class=HTMLResponse, include_in_schema=False)

Accepted = Annotated[str, Header(alias="Accept-Language")]


@router.get("/{token}")
def show(session: Work, clock: Now, token: str, accepted: Accepted = "") -> HTMLResponse:
    try:
        intent = intent_by_token(session, clock, token)
    except NotFound:
        return closed(_language(accepted), 404)
    if not may_be_paid(session, clock, intent):
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
        thank(session, clock, intent, amount, payments)
    return paid(session, intent, amount)


def _language(accepted: str) -> str:
    return "es" if accepted.lower().startswith("es") else "fr"


def _is_a_demo() -> bool:
    return settings().env != "production"
