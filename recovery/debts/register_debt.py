"""A debt taken in: its principal is the first entry of the ledger; too old, it comes in time-barred and held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.find import fold_reference
from recovery.debts.prescription import bar_if_too_old
from recovery.debts.records import Creditor, Debt, Entry
from recovery.errors import Invalid, Refusal
from recovery.identity.records import Debtor
from recovery.money import Money

CURRENCIES = {"EUR"}


class DebtAlreadyKnown(Refusal):
    kind = "debt-already-known"

    def __init__(self, reference: str) -> None:
        super().__init__(f"This creditor already has a debt with reference {reference}.")


@dataclass(frozen=True)
class NewDebt:
    reference: str
    product: str
    description: str
    principal: Money
    issued_on: date
    due_on: date
    letter_ref: str | None = None
    letter_sent_on: date | None = None
    demanded_on: date | None = None
    contract_rate_bp: int | None = None
    acknowledged_on: date | None = None
    title_on: date | None = None
    assignor: str | None = None
    assigned_on: date | None = None
    assignment_notified_on: date | None = None
    on_behalf_of: str | None = None
    on_behalf_of_address: str | None = None


def register_debt(session: Session, clock: Clock, creditor: Creditor, debtor: Debtor, new: NewDebt) -> Debt:
    debt = add_debt(session, clock, creditor, debtor, new)
    cents = new.principal.cents
    record_act(
        session, clock, "api", "debt.registered", f"debt:{debt.id}", reference=debt.reference, principal_cents=cents
    )
    bar_if_too_old(session, clock, debt)
    return debt


def add_debt(session: Session, clock: Clock, creditor: Creditor, debtor: Debtor, new: NewDebt) -> Debt:
    """The debt without a line of its own in the audit trail: an import writes one for the whole file."""
    # Overseas a day begins hours before ours.
    folded = _check(local_day(clock, debtor.time_zone), creditor, new)
    if session.scalar(select(Debt.id).where(Debt.creditor_id == creditor.id, Debt.reference_folded == folded)):
        raise DebtAlreadyKnown(new.reference)
    debt = Debt(
        creditor=creditor,
        debtor=debtor,
        reference=new.reference.strip(),
        reference_folded=folded,
        product=new.product,
        description=new.description,
        currency=new.principal.currency,
        issued_on=new.issued_on,
        due_on=new.due_on,
        letter_ref=new.letter_ref,
        letter_sent_on=new.letter_sent_on,
        state="open",
        demanded_on=new.demanded_on,
        contract_rate_bp=new.contract_rate_bp,
        acknowledged_on=new.acknowledged_on,
        title_on=new.title_on,
        assignor=new.assignor,
        assigned_on=new.assigned_on,
        assignment_notified_on=new.assignment_notified_on,
        on_behalf_of=new.on_behalf_of,
        on_behalf_of_address=new.on_behalf_of_address,
        created_at=clock.now(),
    )
    session.add(debt)
    session.flush()
    session.add(
        Entry(
            debt_id=debt.id,
            kind="principal",
            part="principal",
            amount_cents=new.principal.cents,
            currency=debt.currency,
            effective_on=new.issued_on,
            recorded_at=clock.now(),
            note=new.description,
        )
    )
    session.flush()
    return debt


def _check(today: date, creditor: Creditor, new: NewDebt) -> str:
    """The folded reference. Raises Invalid."""
    folded = fold_reference(new.reference)
    if len(folded) < 3:
        raise Invalid(f"A reference has at least three letters or figures; {new.reference!r} has not.")
    if new.principal.cents <= 0:
        raise Invalid("A debt is of at least one cent.")
    if new.principal.currency not in CURRENCIES:
        raise Invalid(f"Debts are kept in {', '.join(sorted(CURRENCIES))}; {new.principal.currency} is not kept.")
    if new.due_on < new.issued_on:
        raise Invalid(f"A debt issued on {new.issued_on} cannot be due on {new.due_on}.")
    if new.issued_on > today:
        raise Invalid(f"{new.issued_on} is not yet.")
    if creditor.role == "purchaser" and bool(new.assignor) != bool(new.assigned_on):
        raise Invalid("A bought debt names its assignor and the day of the assignment, both.")
    return folded
