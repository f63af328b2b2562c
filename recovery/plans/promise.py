"""One sum on one day, inside the creditor's limit. Kept or broken by the ledger (recovery.payments), not by words."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import fingerprint, record_act
from recovery.clock import Clock
from recovery.debts.freeze import active_holds
from recovery.debts.records import Debt
from recovery.errors import Invalid, OutsideTerms
from recovery.money import Money
from recovery.plans.records import Promise
from recovery.plans.terms import Terms
from recovery.session.records import Conversation, Message


def promise_limit(debt: Debt, today: date) -> date:
    """The latest day that the creditor accepts for a promise on this debt."""
    return today + timedelta(days=Terms.of(debt.creditor.terms).max_promise_days)


def delay_limit(session: Session, clock: Clock, debt: Debt, today: date) -> date:
    """The latest day to which more time may be given: counted from the first day it was, so that it does not renew itself."""
    delays = [hold for hold in active_holds(session, clock, debt.debtor_id, debt.id) if hold.kind == "delay"]
    since = min((hold.created_at.astimezone(ZoneInfo(debt.debtor.time_zone)).date() for hold in delays), default=today)
    return promise_limit(debt, since)


def check_promise(debt: Debt, due: Money, amount: Money, day: date, today: date) -> None:
    """Raises OutsideTerms with its reason (`past`, `too_late`, `more_than_due`) where this promise cannot be taken."""
    limit = promise_limit(debt, today)
    if day < today:
        raise OutsideTerms("past", f"{day} is past.")
    if day > limit:
        raise OutsideTerms("too_late", f"The latest day is {limit}.")
    if amount > due:
        raise OutsideTerms("more_than_due", f"{amount.cents} cents is more than what is due.")
    if amount.cents <= 0:
        raise Invalid("A promise is of a positive sum.")


def cancel_promise(session: Session, clock: Clock, promise: Promise, words: str) -> None:
    """Given up by the debtor before its day; the sum is due as before."""
    promise.state = "cancelled"
    session.flush()
    record_act(session, clock, "debtor", "promise.cancelled", f"promise:{promise.id}", words_sha256=fingerprint(words))


def make_promise(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    debt: Debt,
    amount: Money,
    day: date,
    message: Message,
    method: str | None = None,
    *,
    beside: bool = False,
) -> Promise:
    """Record the promise; an open promise on the same debt is replaced by it, and kept.

    `beside`: the rest of a sum of which a part is promised: the other promise stands.
    """
    earlier_ones = select(Promise).where(Promise.debt_id == debt.id, Promise.state == "open")
    for earlier in () if beside else session.scalars(earlier_ones):
        earlier.state = "replaced"
        record_act(session, clock, "debtor", "promise.replaced", f"promise:{earlier.id}")
    promise = Promise(
        debtor_id=debt.debtor_id, debt_id=debt.id, amount_cents=amount.cents, currency=amount.currency, due_on=day, method=method,
        state="open", conversation_id=conversation.id, words=message.text, created_at=clock.now(),
    )  # fmt: skip
    session.add(promise)
    session.flush()
    record_act(
        session,
        clock,
        "debtor",
        "promise.made",
        f"promise:{promise.id}",
        debt=str(debt.id),
        amount_cents=amount.cents,
        due_on=day.isoformat(),
    )
    return promise
