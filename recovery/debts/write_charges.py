"""Writing down, as entries, the interest and indemnity owed by a day: done before a payment is allocated, so that the
ledger shows both.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.balance import charges_on, claim_of, entries_of
from recovery.debts.interest import InterestLine
from recovery.debts.records import Debt, Entry


def write_charges(session: Session, clock: Clock, debt: Debt, day: date) -> None:
    """A day that lies before what is already written adds nothing."""
    entries = [entry for entry in entries_of(session, debt) if entry.effective_on <= day]
    charges = charges_on(entries, claim_of(debt, entries), debt.debtor.country, debt.currency, day)
    lump = charges.indemnity
    already = {entry.kind for entry in entries_of(session, debt)}
    if lump and "indemnity" not in already:
        _write(session, clock, debt, "indemnity", lump.amount.cents, lump.owed_from, lump.source)
    if charges.interest.cents and not _written_after(session, debt, day):
        _write(session, clock, debt, "interest", charges.interest.cents, day, note_of(charges.lines))
    session.flush()


def note_of(lines: tuple[InterestLine, ...]) -> str:
    """Rate, period, principal and source of each stretch, for whoever checks the sum by hand."""
    return "; ".join(
        f"{line.basis_points / 100:.2f} % on {line.principal.cents / 100:.2f} "
        f"from {line.first} to {line.last} ({line.source})"
        for line in lines
    )


def _written_after(session: Session, debt: Debt, day: date) -> bool:
    return any(entry.kind == "interest" and entry.effective_on > day for entry in entries_of(session, debt))


def _write(session: Session, clock: Clock, debt: Debt, part: str, cents: int, day: date, note: str) -> None:
    session.add(
        Entry(
            debt_id=debt.id,
            kind=part,
            part=part,
            amount_cents=cents,
            currency=debt.currency,
            effective_on=day,
            recorded_at=clock.now(),
            note=note,
        )
    )
