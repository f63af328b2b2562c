"""A payment known late: interest already written for days after it was made was counted on too much principal. It is
corrected, not edited.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.countries.registry import law_of
from recovery.debts.balance import claim_of, entries_of, owed_by_part
from recovery.debts.interest import ONE_DAY, interest_lines, total
from recovery.debts.records import Debt, Entry
from recovery.payments.records import Payment


def correct_interest(session: Session, clock: Clock, debt: Debt, payment: Payment) -> None:
    entries = entries_of(session, debt)
    written_until = max((entry.effective_on for entry in entries if entry.kind == "interest"), default=payment.paid_on)
    principal = sum(
        entry.amount_cents for entry in entries if entry.payment_id == payment.id and entry.part == "principal"
    )
    if written_until <= payment.paid_on or principal == 0:
        return
    periods = law_of(debt.debtor.country).interest(claim_of(debt, entries))
    lines = interest_lines(
        [(payment.paid_on, principal)], periods, payment.paid_on + ONE_DAY, written_until, debt.currency
    )
    too_much = total(lines, debt.currency).cents  # negative: the principal went down
    if too_much:
        note = f"counted again: payment of {payment.paid_on} known on {clock.now().date()}"
        session.add(
            Entry(
                debt_id=debt.id,
                kind="interest",
                part="interest",
                amount_cents=too_much,
                currency=debt.currency,
                effective_on=written_until,
                recorded_at=clock.now(),
                note=note,
            )
        )
        session.flush()
        level_parts(session, clock, debt, payment)


def level_parts(session: Session, clock: Clock, debt: Debt, payment: Payment) -> None:
    """No part may stand below zero: what was paid too much on interest goes to the rest, then to the debtor."""
    owed = owed_by_part(entries_of(session, debt))
    excess = -min(owed["interest"], 0)
    for part in ("principal", "indemnity"):
        moved = min(excess, max(owed[part], 0))
        if moved:
            _move(session, clock, debt, payment, "payment", part, -moved)
            _move(session, clock, debt, payment, "payment", "interest", moved)
            excess -= moved
    if excess:
        _move(session, clock, debt, payment, "refund", "interest", excess)
    session.flush()


def _move(session: Session, clock: Clock, debt: Debt, payment: Payment, kind: str, part: str, cents: int) -> None:
    session.add(
        Entry(
            debt_id=debt.id,
            kind=kind,
            part=part,
            amount_cents=cents,
            currency=debt.currency,
            effective_on=clock.now().date(),
            recorded_at=clock.now(),
            payment_id=payment.id,
            note="interest counted again",
        )
    )
