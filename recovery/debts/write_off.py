"""Part of a debt given up by its creditor (a settlement, a correction after a dispute): an entry, never an edit."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.balance import entries_of, owed_by_part
from recovery.debts.records import Debt, Entry
from recovery.debts.write_charges import write_charges
from recovery.errors import CurrencyMismatch, Invalid
from recovery.money import Money
from recovery.payments.allocate import allocate
from recovery.payments.record_payment import settle_or_reopen


def write_off(session: Session, clock: Clock, debt: Debt, amount: Money, because: str) -> None:
    """Lower what is owed, in the order a payment would. All of it settles the debt."""
    session.refresh(debt, attribute_names=["state"], with_for_update=True)
    if amount.currency != debt.currency:
        raise CurrencyMismatch(debt.currency, amount.currency)
    today = local_day(clock, debt.debtor.time_zone)
    write_charges(session, clock, debt, today)
    owed = owed_by_part(entries_of(session, debt))
    if not 0 < amount.cents <= sum(owed.values()):
        raise Invalid(f"Between 1 and {sum(owed.values())} cents can be written off; {amount.cents} cannot.")
    for part, cents in allocate(amount.cents, owed).items():
        session.add(
            Entry(
                debt_id=debt.id,
                kind="write_off",
                part=part,
                amount_cents=-cents,
                currency=debt.currency,
                effective_on=today,
                recorded_at=clock.now(),
                note=because,
            )
        )
    session.flush()
    settle_or_reopen(session, clock, debt)
    record_act(session, clock, "api", "debt.written_off", f"debt:{debt.id}", amount_cents=amount.cents, because=because)
