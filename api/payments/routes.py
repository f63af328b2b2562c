"""`/pay/{token}`: the page a payment link opens. Its button leads to Stripe's page; without Stripe it is a stand-in for one, which never
exists in production.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from api.ledger.needs import Now, Work
from api.payments.page import awaited, closed, language_of, paid, to_pay
from recovery.clock import Clock
from recovery.errors import Forbidden, NotFound
from recovery.money import Money
from recovery.payments.checkout import NoCheckout, checkout_page, takes_by_checkout
from recovery.payments.intent import (
    LinkNoLongerOpen,
    brought_down_to_what_is_due,
    confirm,
    intent_by_token,
    may_be_paid,
)
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
def pay(session: Work, clock: Now, token: str, accepted: Accepted = "") -> Response:
    """The button: to Stripe's page where Stripe is set up, whose signed call then confirms. Otherwise that of the demo, which does here
    what such a call does elsewhere; pressed twice, it pays once.
    """
    if (found := _by_checkout(session, clock, token, accepted)) is not None:
        return found
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


@router.get("/{token}/done")
def done(session: Work, clock: Now, token: str, accepted: Accepted = "") -> HTMLResponse:
    """Where Stripe sends the debtor back to. Coming here proves nothing: what is shown is what the ledger says."""
    try:
        intent = intent_by_token(session, clock, token)
    except NotFound:
        return closed(_language(accepted), 404)
    if intent.state == "confirmed":
        return paid(session, intent, Money(intent.amount_cents, intent.currency))
    return awaited(language_of(session, intent))


def _by_checkout(session: Session, clock: Clock, token: str, accepted: str) -> Response | None:
    """None where this link is not paid by Stripe."""
    try:
        intent = intent_by_token(session, clock, token, lock=True)
    except NotFound:
        return closed(_language(accepted), 404)
    if not takes_by_checkout(intent.method):
        return None
    if not may_be_paid(session, clock, intent):
        return closed(_language(accepted), 410)
    back = f"{settings().public_url.rstrip('/')}/pay/{token}"
    try:
        url = checkout_page(
            intent, brought_down_to_what_is_due(session, clock, intent), language_of(session, intent), back, clock.now()
        )
    except NoCheckout:
        return to_pay(session, clock, intent, may_confirm=False, trouble=True)
    return RedirectResponse(url, 303, {"Cache-Control": "no-store"})


def _language(accepted: str) -> str:
    return "es" if accepted.lower().startswith("es") else "fr"


def _is_a_demo() -> bool:
    return settings().env != "production"
