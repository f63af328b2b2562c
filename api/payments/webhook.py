"""`POST /webhooks/payments/stripe`: verify, store once, then the ledger, the receipt and thanks in one transaction."""

from __future__ import annotations

import logging

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.widget.holder import clock
from recovery.audit import record_act
from recovery.errors import Forbidden, Invalid, NotFound, Refusal
from recovery.money import Money
from recovery.payments.intent import confirm, intent_by_token
from recovery.payments.stripe import StripeEvent, is_from_stripe, read_event
from recovery.payments.thank import tell_failed, thank
from recovery.session.records import ExternalEvent
from recovery.settings import settings
from recovery.store import time_ordered_id, transaction

log = logging.getLogger(__name__)
router = APIRouter(prefix="/webhooks/payments", tags=["providers"])

SOURCE = "stripe"


@router.post("/stripe")
async def told_by_stripe(request: Request) -> PlainTextResponse:
    """403 where the signature is bad or missing, and nothing is stored; 200 otherwise, the second time too."""
    body = await request.body()
    secret = settings().stripe_webhook_secret or ""
    if not is_from_stripe(body, request.headers.get("stripe-signature", ""), secret, clock().now()):
        raise Forbidden("The signature of this call is missing or wrong.")
    try:
        event = read_event(body)
    except ValueError as error:
        raise Invalid(f"This call cannot be read: {error}") from error
    await run_in_threadpool(_take_in, event)
    return PlainTextResponse("")


def _take_in(event: StripeEvent) -> None:
    with transaction(settings().database_url) as session:
        if not _first_time(session, event) or not event.token or event.outcome is None:
            return
        try:
            intent = intent_by_token(session, clock(), event.token, lock=True)
        except NotFound:
            log.warning("Stripe's event %s is about a link that is none of ours", event.event_id)
            return
        if event.outcome == "failed":
            tell_failed(session, clock(), intent)
            return
        _record(session, event)


def _record(session: Session, event: StripeEvent) -> None:
    """What was received must be what was asked for; a person looks at anything else, and nothing is lost."""
    intent = intent_by_token(session, clock(), event.token or "", lock=True)
    again = intent.state == "confirmed"
    if event.cents not in (None, intent.amount_cents) or event.currency not in (None, intent.currency):
        record_act(
            session, clock(), "provider", "payment.not_as_asked", f"intent:{intent.id}", event=event.event_id, cents=event.cents
        )  # fmt: skip
        return
    try:
        with session.begin_nested():
            payments = confirm(session, clock(), intent.token, event.reference)
    except Refusal as refused:  # an expired link that was paid all the same
        log.error("Stripe's payment %s could not be recorded: %s", event.reference, refused)
        record_act(
            session, clock(), "provider", "payment.not_recorded", f"intent:{intent.id}", event=event.event_id, because=str(refused)
        )  # fmt: skip
        return
    amount = Money(sum(payment.amount_cents for payment in payments), intent.currency)
    if amount and not again:
        thank(session, clock(), intent, amount, payments)


def _first_time(session: Session, event: StripeEvent) -> bool:
    """Stored once by Stripe's own id; what is done with it is in the same transaction."""
    first = insert(ExternalEvent).values(
        id=time_ordered_id(), source=SOURCE, external_id=event.event_id, body=event.body, received_at=clock().now(),
        handled_at=clock().now(),
    )  # fmt: skip
    return session.execute(first.on_conflict_do_nothing().returning(ExternalEvent.id)).scalar() is not None
