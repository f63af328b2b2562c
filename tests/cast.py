"""The people and firms of the tests, by name. Plain builders: each adds to the session and gives back the record.

Figures are chosen to be told apart at sight: 247.30, 180.50, 300.00, 1 250.00.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from recovery.debts.find import fold_reference
from recovery.debts.records import Creditor, Debt, Entry
from recovery.identity.records import ContactPoint, Debtor
from recovery.session.records import Conversation

THEN = datetime(2026, 9, 21, 8, 0, tzinfo=UTC)

TERMS: dict[str, Any] = {
    "min_instalment_cents": 2000,
    "max_months": 12,
    "max_first_payment_days": 30,
    "max_promise_days": 30,
    "settlement_discount_percent": 0,
    "early_payment_discount_percent": 0,
    "plan_pause_days": 30,
}


def energie_du_lac(session: Session, **changes: Any) -> Creditor:
    """A French energy supplier that recovers its own invoices."""
    return _creditor(
        session,
        changes,
        name="Énergie du Lac",
        legal_name="Énergie du Lac SA",
        country="FR",
        role="own_creditor",
        address="4 quai du Lac, 74000 Annecy",
        methods=["card", "transfer", "direct_debit"],
    )


def cabinet_berthier(session: Session, **changes: Any) -> Creditor:
    """A French collector mandated by others: its letter comes first (R124-4 CPCEx)."""
    return _creditor(
        session,
        changes,
        name="Berthier Services",
        legal_name="Cabinet Berthier SARL",
        country="FR",
        role="mandated_collector",
        address="12 rue des Tonneliers, 21000 Dijon",
        methods=["card", "transfer", "cheque"],
    )


def gimnasio_norte(session: Session, **changes: Any) -> Creditor:
    """A Spanish chain of gyms that recovers its own fees."""
    return _creditor(
        session,
        changes,
        name="Gimnasio Norte",
        legal_name="Gimnasio Norte SL",
        country="ES",
        role="own_creditor",
        address="Calle Mayor 8, 28013 Madrid",
        methods=["card", "transfer", "bizum"],
    )


def cartera_ebro(session: Session, **changes: Any) -> Creditor:
    """A Spanish purchaser of claims."""
    return _creditor(
        session,
        changes,
        name="Cartera Ebro",
        legal_name="Cartera Ebro SA",
        country="ES",
        role="purchaser",
        address="Paseo del Ebro 3, 50001 Zaragoza",
        methods=["card", "transfer"],
    )


def camille(session: Session, **changes: Any) -> Debtor:
    """Camille Moreau, Paris, born 12 March 1984."""
    return _debtor(
        session,
        changes,
        name="Camille Moreau",
        birth_date=date(1984, 3, 12),
        postcode="75011",
        country="FR",
        time_zone="Europe/Paris",
        language="fr",
        mobile="+33639981201",
    )


def lucia(session: Session, **changes: Any) -> Debtor:
    """Lucía Romero Gil, Madrid, born 2 July 1991."""
    return _debtor(
        session,
        changes,
        name="Lucía Romero Gil",
        birth_date=date(1991, 7, 2),
        postcode="28013",
        country="ES",
        time_zone="Europe/Madrid",
        language="es",
        mobile="+34639981202",
    )


def garage_morel(session: Session, **changes: Any) -> Debtor:
    """Garage Morel, a French business."""
    return _debtor(
        session,
        changes,
        name="Garage Morel SARL",
        kind="business",
        tax_id="732829320",
        postcode="69003",
        country="FR",
        time_zone="Europe/Paris",
        language="fr",
        mobile="+33639981203",
    )


def talleres_vega(session: Session, **changes: Any) -> Debtor:
    """Talleres Vega, a Spanish business."""
    return _debtor(
        session,
        changes,
        name="Talleres Vega SL",
        kind="business",
        tax_id="B12345674",
        postcode="46002",
        country="ES",
        time_zone="Europe/Madrid",
        language="es",
        mobile="+34639981204",
    )


def debt_of(session: Session, debtor: Debtor, creditor: Creditor, cents: int = 24730, **changes: Any) -> Debt:
    """An overdue debt with its principal entry, written directly; `recovery.debts.register` is what production uses."""
    reference = changes.pop("reference", f"F{uuid.uuid4().hex[:8].upper()}")
    facts: dict[str, Any] = {
        "product": "energy",
        "description": "Invoice",
        "currency": "EUR",
        "issued_on": date(2026, 8, 20),
        "due_on": date(2026, 9, 20),
        "state": "open",
        "created_at": THEN,
        **changes,
    }
    debt = Debt(
        creditor=creditor,
        creditor_id=creditor.id,
        debtor_id=debtor.id,
        reference=reference,
        reference_folded=fold_reference(reference),
        **facts,
    )
    session.add(debt)
    session.flush()
    session.add(
        Entry(
            debt_id=debt.id,
            kind="principal",
            part="principal",
            amount_cents=cents,
            currency=debt.currency,
            effective_on=debt.issued_on,
            recorded_at=THEN,
        )
    )
    session.flush()
    return debt


def conversation_of(
    session: Session, debtor: Debtor | None = None, creditor: Creditor | None = None, **changes: Any
) -> Conversation:
    """A web conversation with the assistant; verified when its debtor is known."""
    facts: dict[str, Any] = {
        "channel": "web",
        "address": uuid.uuid4().hex,
        "language": (debtor.language if debtor else None) or "fr",
        "mode": "bot",
        "identity": "verified" if debtor else "unverified",
        "verified_at": THEN if debtor else None,
        "created_at": THEN,
        **changes,
    }
    conversation = Conversation(
        debtor_id=debtor.id if debtor else None, creditor_id=creditor.id if creditor else None, **facts
    )
    session.add(conversation)
    session.flush()
    return conversation


def _creditor(session: Session, changes: dict[str, Any], *, name: str, methods: list[str], **facts: Any) -> Creditor:
    facts = {
        "key": name.lower().replace(" ", "-") + "-" + uuid.uuid4().hex[:6],
        "terms": {**TERMS, **changes.pop("terms", {})},
        "payment_methods": methods,
        "iban": "FR7630006000011234567890189" if facts["country"] == "FR" else "ES9121000418450200051332",
        "bic": "AGRIFRPP" if facts["country"] == "FR" else "CAIXESBB",
        "created_at": THEN,
        **facts,
        **changes,
    }
    creditor = Creditor(name=name, **facts)
    session.add(creditor)
    session.flush()
    return creditor


def _debtor(session: Session, changes: dict[str, Any], *, mobile: str, **facts: Any) -> Debtor:
    facts = {
        "external_id": uuid.uuid4().hex[:12],
        "kind": "consumer",
        "preferences": {},
        "created_at": THEN,
        **facts,
        **changes,
    }
    debtor = Debtor(**facts)
    session.add(debtor)
    session.flush()
    session.add(ContactPoint(debtor_id=debtor.id, channel="sms", address=mobile))
    session.flush()
    return debtor
