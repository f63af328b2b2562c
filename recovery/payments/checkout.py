"""The page where Stripe takes the money: a Checkout Session for the sum of one payment link. Stripe's errors stop here.

https://docs.stripe.com/api/checkout/sessions/create. A session lasts an hour or two and a link two weeks: each press of the button asks
for one, the same within the hour when the same is asked (`Idempotency-Key`), so that nothing is taken that has been forbidden since.
Whether it was paid is told by the webhook alone (recovery/payments/stripe.py).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

import httpx

from recovery.debts.records import Debt
from recovery.money import Money
from recovery.payments.records import PaymentIntent
from recovery.settings import settings

log = logging.getLogger(__name__)

VERSION = "2025-10-29.clover"  # what the answers look like: https://docs.stripe.com/api/versioning
TYPES = {"card": "card", "paypal": "paypal", "direct_debit": "sepa_debit"}  # ours, as Stripe calls them
LOCALES = {"fr": "fr", "es": "es", "ca": "es"}  # Checkout speaks no Catalan
LASTS = timedelta(hours=2)  # from the full hour: at least one, where Stripe asks for half an hour
PATIENCE = httpx.Timeout(15.0, connect=3.0)
LONGEST_NAME = 250


class NoCheckout(Exception):
    """Stripe gave no page: it is away, refuses, or is not set up. The debtor pays otherwise, or later."""


def takes_by_checkout(method: str) -> bool:
    return bool(settings().stripe_secret_key) and method in TYPES


def checkout_page(
    intent: PaymentIntent, shares: Sequence[tuple[Debt, Money]], language: str, back: str, now: datetime
) -> str:
    """The address of the page to pay these shares on; `back`: our own page of this link. Raises NoCheckout."""
    key = settings().stripe_secret_key
    if not key or intent.method not in TYPES or not shares:
        raise NoCheckout("not set up for this method")
    asked = _asked(intent, shares, language, back, now.replace(minute=0, second=0, microsecond=0))
    headers = {
        "Authorization": f"Bearer {key}",
        "Stripe-Version": VERSION,
        # Stripe refuses a key that comes again with anything else asked: another language, another sum.
        "Idempotency-Key": hashlib.sha256(urlencode(sorted(asked.items())).encode()).hexdigest(),
    }
    if account := shares[0][0].creditor.attestations.get("stripe_account"):
        headers["Stripe-Account"] = str(account)  # the money goes to the creditor's own account
    try:
        answer = httpx.post(
            f"{settings().stripe_api_url}/v1/checkout/sessions", data=asked, headers=headers, timeout=PATIENCE
        )
        answer.raise_for_status()
        url = answer.json()["url"]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
        log.error("Stripe gave no page for link %s: %s", intent.id, _without_key(error, key))
        raise NoCheckout(type(error).__name__) from None
    if not isinstance(url, str) or not url.startswith(("https://", settings().stripe_checkout_origin)):
        raise NoCheckout("no address")
    return url


def _asked(
    intent: PaymentIntent, shares: Sequence[tuple[Debt, Money]], language: str, back: str, hour: datetime
) -> dict[str, str]:
    """The sum of what is due today of the link; a reference and a name, and nothing of the debtor."""
    asked = {
        "mode": "payment",
        "client_reference_id": intent.token,
        "metadata[token]": intent.token,
        "payment_method_types[0]": TYPES[intent.method],
        "locale": LOCALES.get(language, "auto"),
        "success_url": f"{back}/done",
        "cancel_url": back,
        "expires_at": str(int((hour + LASTS).timestamp())),
    }
    for number, (debt, share) in enumerate(shares):
        line = f"line_items[{number}]"
        asked[f"{line}[quantity]"] = "1"
        asked[f"{line}[price_data][currency]"] = share.currency.lower()
        asked[f"{line}[price_data][unit_amount]"] = str(share.cents)
        asked[f"{line}[price_data][product_data][name]"] = f"{debt.creditor.name} · {debt.reference}"[:LONGEST_NAME]
    return asked


def _without_key(error: Exception, key: str) -> str:
    """Stripe repeats a wrong key in its answer."""
    told = error.response.text[:300] if isinstance(error, httpx.HTTPStatusError) else repr(error)
    return told.replace(key, "…")
