"""A file of over-indebtedness once it is decided, debt by debt: what is decided of is let go, what is not stays held for a person."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.find import unsettled_debts
from recovery.debts.freeze import active_holds, freeze, lift
from recovery.debts.records import Debt

FILE = "overindebtedness"


def release_from_file(session: Session, clock: Clock, debt: Debt) -> None:
    """The hold of the file ends for this debt alone: one on the whole debtor goes on, debt by debt, for the others."""
    for hold in active_holds(session, clock, debt.debtor_id, debt.id):
        if hold.kind != FILE:
            continue
        if hold.debt_id is None:
            for other in unsettled_debts(session, debt.debtor_id):
                if other.id != debt.id:
                    freeze(
                        session, clock, debtor_id=debt.debtor_id, debt_id=other.id, kind=FILE, reason=hold.reason,
                        until=hold.until, conversation_id=hold.conversation_id,
                    )  # fmt: skip
        lift(session, clock, hold, "decided on")
