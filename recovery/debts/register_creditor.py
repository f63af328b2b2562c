"""A creditor taken in: who they are, in what role they recover, what they allow and how they are paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import phonenumbers
from phonenumbers import PhoneNumberType
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.countries.registry import law_of
from recovery.creditors.address import checked_address
from recovery.debts.find import creditor_by_key
from recovery.debts.records import Creditor
from recovery.errors import Invalid, Refusal
from recovery.payments.iban import checked_iban
from recovery.plans.terms import Terms

ROLES = ("own_creditor", "mandated_collector", "purchaser")
DEAR = (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST)
METHODS = ("card", "transfer", "direct_debit", "paypal", "bizum", "cheque", "cash")


class CreditorAlreadyKnown(Refusal):
    kind = "creditor-already-known"

    def __init__(self, key: str) -> None:
        super().__init__(f"A creditor with key {key} is already known.")


@dataclass(frozen=True)
class NewCreditor:
    key: str
    name: str
    legal_name: str
    address: str
    country: str
    role: str
    terms: Mapping[str, Any]
    payment_methods: Sequence[str]
    iban: str | None = None
    bic: str | None = None
    mediator: str | None = None
    privacy_url: str | None = None
    notify_url: str | None = None
    allowed_origins: Sequence[str] = ()
    attestations: Mapping[str, Any] = field(default_factory=dict)


def register_creditor(session: Session, clock: Clock, new: NewCreditor) -> Creditor:
    _check(new)
    if creditor_by_key(session, new.key):
        raise CreditorAlreadyKnown(new.key)
    creditor = Creditor(
        key=new.key,
        name=new.name,
        legal_name=new.legal_name,
        address=new.address,
        country=new.country,
        role=new.role,
        terms=dict(new.terms),
        payment_methods=list(dict.fromkeys(new.payment_methods)),
        iban=checked_iban(new.iban) if new.iban else None,
        bic=new.bic,
        mediator=new.mediator,
        privacy_url=new.privacy_url,
        notify_url=checked_address(new.notify_url) if new.notify_url else None,
        allowed_origins=list(new.allowed_origins),
        attestations=dict(new.attestations),
        created_at=clock.now(),
    )
    session.add(creditor)
    session.flush()
    record_act(session, clock, "api", "creditor.registered", f"creditor:{creditor.id}", key=new.key, role=new.role)
    return creditor


def _check(new: NewCreditor) -> None:
    law_of(new.country)
    if new.role not in ROLES:
        raise Invalid(f"role is one of {', '.join(ROLES)}; {new.role!r} is not.")
    unknown = set(new.payment_methods) - set(METHODS)
    if unknown or not new.payment_methods:
        strangers = ", ".join(sorted(unknown)) or "none"
        raise Invalid(f"payment_methods are among {', '.join(METHODS)}, at least one; unknown: {strangers}.")
    if "transfer" in new.payment_methods and not new.iban:
        raise Invalid("A creditor paid by transfer needs an iban.")
    _refuse_a_dear_number(new)
    terms = Terms.of(dict(new.terms))
    if terms.min_instalment_cents < 1 or terms.max_months < 1 or not 0 <= terms.settlement_discount_percent <= 100:
        raise Invalid(
            "terms: an instalment is of at least one cent, a plan of one month, a discount of at most 100 percent."
        )


def _refuse_a_dear_number(new: NewCreditor) -> None:
    """A debtor calls at no extra cost (C. conso. L121-16; Ley 10/2025; CO-12)."""
    given = new.attestations.get("phone")
    if not given:
        return
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(str(given), new.country))
    except phonenumbers.NumberParseException as error:
        raise Invalid(f"attestations.phone: {given!r} is no telephone number.") from error
    if kind in DEAR:
        raise Invalid(f"attestations.phone: {given} costs the caller more than a call; give another.")
