"""What is owed on a day: the entries replayed, plus the interest and indemnity that the law adds since they were last
written down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.countries.claim import Claim, LumpSum
from recovery.countries.registry import law_of
from recovery.debts.interest import InterestLine, interest_lines, total
from recovery.debts.records import Debt, Entry
from recovery.money import Money

PAID = {"payment", "reversal", "refund"}


@dataclass(frozen=True)
class Balance:
    """`due` = principal + interest + indemnity - paid. The first three are what was ever owed, less what was written
    off.
    """

    principal: Money
    interest: Money
    indemnity: Money
    paid: Money
    due: Money
    as_of: date
    interest_lines: tuple[InterestLine, ...] = ()  # since interest was last written in the entries


@dataclass(frozen=True)
class Charges:
    """What the law adds on a day and no entry says yet."""

    lines: tuple[InterestLine, ...]
    interest: Money
    indemnity: LumpSum | None


def balance_on(session: Session, debt: Debt, day: date, known_at: datetime | None = None) -> Balance:
    """The balance at the end of `day`, as known at a moment (now by default)."""
    entries = entries_of(session, debt, known_at)
    return replay(entries, claim_of(debt, entries), debt.debtor.country, debt.currency, day)


def balances_on(session: Session, debts: Sequence[Debt], day_of: Callable[[Debt], date]) -> dict[UUID, Balance]:
    """The balances of a page of debts, in one look-up."""
    entries: dict[UUID, list[Entry]] = {debt.id: [] for debt in debts}
    for entry in session.scalars(select(Entry).where(Entry.debt_id.in_(list(entries))).order_by(Entry.id)):
        entries[entry.debt_id].append(entry)
    balances = {}
    for debt in debts:
        own = entries[debt.id]
        balances[debt.id] = replay(own, claim_of(debt, own), debt.debtor.country, debt.currency, day_of(debt))
    return balances


def replay(entries: Sequence[Entry], claim: Claim, country: str, currency: str, day: date) -> Balance:
    """Pure: the same entries give the same balance, always."""
    counted = [entry for entry in entries if entry.effective_on <= day]
    charges = charges_on(counted, claim, country, currency, day)
    lump = charges.indemnity.amount.cents if charges.indemnity else 0
    principal = _sum(entry.amount_cents for entry in counted if entry.part == "principal" and entry.kind not in PAID)
    interest = (
        _sum(entry.amount_cents for entry in counted if entry.part == "interest" and entry.kind not in PAID)
        + charges.interest.cents
    )
    indemnity = (
        _sum(entry.amount_cents for entry in counted if entry.part == "indemnity" and entry.kind not in PAID) + lump
    )
    paid = -_sum(entry.amount_cents for entry in counted if entry.kind in PAID)
    return Balance(
        principal=Money(principal, currency),
        interest=Money(interest, currency),
        indemnity=Money(indemnity, currency),
        paid=Money(paid, currency),
        due=Money(principal + interest + indemnity - paid, currency),
        as_of=day,
        interest_lines=charges.lines,
    )


def rates_applied(session: Session, debt: Debt, day: date) -> list[InterestLine]:
    """Each stretch of days with its rate and the principal it ran on, from the first day on, written down or not."""
    entries = [entry for entry in entries_of(session, debt) if entry.effective_on <= day]
    levels = [(entry.effective_on, entry.amount_cents) for entry in entries if entry.part == "principal"]
    periods = law_of(debt.debtor.country).interest(claim_of(debt, entries))
    return interest_lines(levels, periods, date.min, day, debt.currency)


def charges_on(entries: Sequence[Entry], claim: Claim, country: str, currency: str, day: date) -> Charges:
    law = law_of(country)
    levels = [(entry.effective_on, entry.amount_cents) for entry in entries if entry.part == "principal"]
    written_until = max((entry.effective_on for entry in entries if entry.kind == "interest"), default=date.min)
    first = written_until + timedelta(days=1) if written_until > date.min else date.min
    lines = interest_lines(levels, law.interest(claim), first, day, currency) if first <= day else []
    lump = law.indemnity(claim)
    owes = any(entry.part == "principal" for entry in entries) and _sum(cents for _, cents in levels) > 0
    owed = (
        lump is not None and day >= lump.owed_from and owes and not any(entry.kind == "indemnity" for entry in entries)
    )
    return Charges(tuple(lines), total(lines, currency), lump if owed else None)


def entries_of(session: Session, debt: Debt, known_at: datetime | None = None) -> list[Entry]:
    wanted = select(Entry).where(Entry.debt_id == debt.id).order_by(Entry.id)
    if known_at is not None:
        wanted = wanted.where(Entry.recorded_at <= known_at)
    return list(session.scalars(wanted))


def claim_of(debt: Debt, entries: Iterable[Entry] = ()) -> Claim:
    """The debt as the law sees it. A payment that was not taken back is an acknowledgement."""
    reversed_payments = {entry.payment_id for entry in entries if entry.kind == "reversal"}
    paid_on = {
        entry.effective_on for entry in entries if entry.kind == "payment" and entry.payment_id not in reversed_payments
    }
    return Claim(
        debtor_kind=debt.debtor.kind,
        product=debt.product,
        issued_on=debt.issued_on,
        due_on=debt.due_on,
        region=debt.debtor.region,
        demanded_on=debt.demanded_on,
        contract_rate_bp=debt.contract_rate_bp,
        interest_stops_on=debt.interest_stops_on,
        title_on=debt.title_on,
        acknowledgements=tuple(paid_on | ({debt.acknowledged_on} if debt.acknowledged_on else set())),
    )


def owed_by_part(entries: Iterable[Entry]) -> dict[str, int]:
    """Cents still owed of each part, by what is written."""
    owed = {"interest": 0, "principal": 0, "indemnity": 0}
    for entry in entries:
        owed[entry.part] += entry.amount_cents
    return owed


def _sum(cents: Iterable[int]) -> int:
    return sum(cents)
