"""What the payment page shows: the sum, to whom, for what, and how."""

from __future__ import annotations

import secrets
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.numbers import format_currency
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from segno.helpers import make_epc_qr
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.records import Debt
from recovery.identity.records import Debtor
from recovery.money import Money
from recovery.payments.checkout import takes_by_checkout
from recovery.payments.intent import shares_of
from recovery.payments.records import PaymentIntent
from recovery.settings import settings
from recovery.texts import WRITTEN

HERE = Path(__file__).parent
PAGES = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)


def to_pay(
    session: Session, clock: Clock, intent: PaymentIntent, *, may_confirm: bool, trouble: bool = False
) -> HTMLResponse:
    """`may_confirm`: the demonstration's own button. `trouble`: the provider's page could not be had just now."""
    language = language_of(session, intent)
    words = words_in(language)
    transfer = intent.method == "transfer"
    shares = [_share(debt, amount, language, transfer) for debt, amount in shares_of(session, clock, intent)]
    amount = euros(Money(intent.amount_cents, intent.currency), language)
    by_stripe = takes_by_checkout(intent.method)
    button = words["pay"].format(amount=amount) if (by_stripe or may_confirm) and not transfer else None
    return _page(
        language, words["title"], 503 if trouble else 200, amount=amount, shares=shares, button=button, transfer=transfer,
        under_button=words["stripe"] if by_stripe else words["demo"], trouble=words["trouble"] if trouble else None,
    )  # fmt: skip


def paid(session: Session, intent: PaymentIntent, amount: Money) -> HTMLResponse:
    language = language_of(session, intent)
    words = words_in(language)
    return _page(language, words["paid_title"], message=words["paid"].format(amount=euros(amount, language)))


def awaited(language: str) -> HTMLResponse:
    words = words_in(language)
    return _page(language, words["awaited_title"], message=words["awaited"])


def closed(language: str, status: int) -> HTMLResponse:
    words = words_in(language)
    return _page(language, words["closed_title"], status, message=words["closed"])


def language_of(session: Session, intent: PaymentIntent) -> str:
    language = session.get_one(Debtor, intent.debtor_id).language
    return language if language in WRITTEN else WRITTEN[0]


def euros(amount: Money, language: str) -> str:
    return format_currency(Decimal(amount.cents) / 100, amount.currency, locale=language)


@cache
def words_in(language: str) -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load((HERE / "texts" / f"{language}.yml").read_text())
    return words


def _share(debt: Debt, amount: Money, language: str, transfer: bool) -> dict[str, Any]:
    creditor = debt.creditor
    shown = {
        "creditor": creditor.name,
        "description": debt.description,
        "reference": debt.reference,
        "amount": euros(amount, language),
    }
    if not transfer or not creditor.iban:
        return shown
    code = make_epc_qr(
        creditor.legal_name[:70],
        creditor.iban,
        Decimal(amount.cents) / 100,
        bic=creditor.bic,
        text=debt.reference[:140],
    )
    iban = " ".join(creditor.iban[i : i + 4] for i in range(0, len(creditor.iban), 4))
    drawing = Markup(code.svg_inline(omitsize=True, border=2))
    return {**shown, "holder": creditor.legal_name, "iban": iban, "bic": creditor.bic, "qr": drawing}


def _page(language: str, title: str, status: int = 200, **facts: Any) -> HTMLResponse:
    nonce = secrets.token_urlsafe(12)
    html = PAGES.get_template("pay.html").render(
        language=language, title=title, words=words_in(language), nonce=nonce, **facts
    )
    policy = f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'{_stripe()}; base-uri 'none'; frame-ancestors 'none'"
    return HTMLResponse(html, status, {"Content-Security-Policy": policy, "Cache-Control": "no-store"})


def _stripe() -> str:
    """Where the button leads is part of what the form may do: browsers follow its redirection by this rule."""
    return f" {settings().stripe_checkout_origin}" if settings().stripe_secret_key else ""
