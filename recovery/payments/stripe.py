"""What Stripe tells: the signature of a call, and the payment link it is about. Stripe's own words stop here.

Signature: https://docs.stripe.com/webhooks#verify-manually (`t=<seconds>,v1=<hex HMAC-SHA256 of "t.body">`, several v1 while a
secret is being rolled). A Checkout Session or PaymentIntent carries the link's token as `client_reference_id` or `metadata.token`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

TOLERANCE_SECONDS = 300
PAID = {"checkout.session.completed", "checkout.session.async_payment_succeeded", "payment_intent.succeeded"}
FAILED = {"checkout.session.async_payment_failed", "payment_intent.payment_failed"}


@dataclass(frozen=True)
class StripeEvent:
    """`outcome` is None for a kind of event that changes nothing here. `cents`: what was received, where it is told."""

    event_id: str
    token: str | None
    reference: str
    cents: int | None
    currency: str | None
    outcome: Literal["paid", "failed"] | None
    body: dict[str, Any]


def is_from_stripe(body: bytes, signature: str, secret: str, now: datetime) -> bool:
    """Whether the `Stripe-Signature` header was made with this secret, less than five minutes ago."""
    parts = [pair.split("=", 1) for pair in signature.split(",") if "=" in pair]
    stamps = [value for name, value in parts if name.strip() == "t"]
    if not secret or len(stamps) != 1 or not stamps[0].isdigit():
        return False
    if abs(now.timestamp() - int(stamps[0])) > TOLERANCE_SECONDS:
        return False
    expected = hmac.new(secret.encode(), stamps[0].encode() + b"." + body, hashlib.sha256).hexdigest()
    return any(hmac.compare_digest(expected, value.strip()) for name, value in parts if name.strip() == "v1")


def read_event(body: bytes) -> StripeEvent:
    """Raises ValueError where the body is no event of Stripe's."""
    told = json.loads(body)
    if not isinstance(told, dict) or not isinstance(told.get("id"), str) or not isinstance(told.get("type"), str):
        raise ValueError("not an event of Stripe's")
    about = (told.get("data") or {}).get("object") or {}
    if not isinstance(about, dict):
        raise ValueError("an event about nothing")
    cents = about.get("amount_total", about.get("amount_received"))
    return StripeEvent(
        event_id=told["id"],
        token=about.get("client_reference_id") or (about.get("metadata") or {}).get("token"),
        reference=str(about.get("payment_intent") or about.get("id") or told["id"]),
        cents=cents if isinstance(cents, int) and not isinstance(cents, bool) else None,
        currency=str(about["currency"]).upper() if about.get("currency") else None,
        outcome=_outcome(told["type"], about),
        body=told,
    )


def _outcome(kind: str, about: dict[str, Any]) -> Literal["paid", "failed"] | None:
    """A session is completed before a delayed method has paid: `payment_status` says which."""
    if kind in FAILED:
        return "failed"
    if kind in PAID and about.get("payment_status", "paid") in {"paid", "no_payment_required"}:
        return "paid"
    return None
