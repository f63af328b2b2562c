"""Measures a commission or a judge has imposed on a debt (France, C. conso. L733-1 to L733-16): their sums alone are collected, on
their days, and what they remit is given up once they have been carried out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.debts.balance import balance_on
from recovery.debts.freeze import active_holds, freeze, lift
from recovery.debts.insolvency_holds import release_from_file
from recovery.debts.records import Debt
from recovery.debts.write_off import write_off
from recovery.errors import Invalid
from recovery.money import Money
from recovery.plans.records import Instalment, Plan, Promise

HOLD = "measures"


def impose_measures(
    session: Session, clock: Clock, debt: Debt, parts: Sequence[tuple[date, Money]], decided_on: date, reference: str
) -> Plan:
    """The schedule of the decision, in place of whatever was agreed. No interest from its day on (the strictest reading: a decision that
    sets a rate is entered with its sums). Raises Invalid where it is none of France's, or adds to what is owed.
    """
    _check(session, clock, debt, parts, decided_on)
    debt.interest_stops_on = min(debt.interest_stops_on or decided_on, decided_on)
    session.flush()
    today = local_day(clock, debt.debtor.time_zone)
    due, total = balance_on(session, debt, today).due, sum((amount for _, amount in parts[1:]), parts[0][1])
    if total > due:
        raise Invalid(f"The measures ask for {total.cents} cents, and {due.cents} are owed: measures add nothing.")
    _end_what_was_agreed(session, clock, debt)
    plan = Plan(
        debtor_id=debt.debtor_id, creditor_id=debt.creditor_id, debt_ids=[str(debt.id)], state="active",
        currency=debt.currency, total_cents=total.cents, accepted_at=clock.now(), created_at=clock.now(), acceptance={},
        imposed={"decided_on": decided_on.isoformat(), "reference": reference, "remitted_cents": due.cents - total.cents},
        instalments=[Instalment(number=n, due_on=day, amount_cents=cents.cents) for n, (day, cents) in enumerate(parts, 1)],
    )  # fmt: skip
    session.add(plan)
    release_from_file(session, clock, debt)
    freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind=HOLD, reason=reference)
    session.flush()
    record_act(
        session, clock, "api", "measures.imposed", f"plan:{plan.id}",
        debt=str(debt.id), decided_on=decided_on.isoformat(), total_cents=total.cents, parts=len(parts),
    )  # fmt: skip
    return plan


def imposed_on(session: Session, clock: Clock, debt: Debt) -> Plan | None:
    """The measures this debt is under, with their schedule."""
    if not any(hold.kind == HOLD for hold in active_holds(session, clock, debt.debtor_id, debt.id)):
        return None
    plans = select(Plan).where(
        Plan.debtor_id == debt.debtor_id, Plan.debt_ids.contains([str(debt.id)]), Plan.imposed.is_not(None),
        Plan.state == "active",
    )  # fmt: skip
    return session.scalars(plans.order_by(Plan.created_at.desc()).limit(1)).first()


def collectable(plan: Plan, today: date) -> Money:
    """What the measures let be collected today: what has fallen due of them, or their next payment where nothing has."""
    left = [part for part in plan.instalments if part.paid_cents < part.amount_cents]
    fallen_due = [part for part in left if part.due_on <= today] or left[:1]
    return Money(sum(part.amount_cents - part.paid_cents for part in fallen_due), plan.currency)


def end_measures_if_done(session: Session, clock: Clock, debt: Debt) -> None:
    """After a payment: carried out to the end, the measures give up the rest (L733-4 2°) and let the debt go."""
    plan = session.scalars(
        select(Plan).where(
            Plan.debtor_id == debt.debtor_id, Plan.debt_ids.contains([str(debt.id)]), Plan.imposed.is_not(None),
            Plan.state == "completed",
        )
    ).first()  # fmt: skip
    held = [hold for hold in active_holds(session, clock, debt.debtor_id, debt.id) if hold.kind == HOLD]
    if plan is None or not held:
        return
    left = balance_on(session, debt, local_day(clock, debt.debtor.time_zone)).due
    if debt.state == "open" and left.cents > 0:
        write_off(session, clock, debt, left, f"measures {plan.id} carried out")
    for hold in held:
        lift(session, clock, hold, "measures carried out")


def _check(session: Session, clock: Clock, debt: Debt, parts: Sequence[tuple[date, Money]], decided_on: date) -> None:
    if debt.debtor.country != "FR" or debt.debtor.kind == "business":
        raise Invalid("Measures of C. conso. L733-1 are for a person who owes in France.")
    if debt.state != "open":
        raise Invalid(f"Debt {debt.reference} is {debt.state}: no measures can be entered on it.")
    if decided_on > local_day(clock, debt.debtor.time_zone):
        raise Invalid(f"{decided_on} is not yet: measures are entered once they are decided.")
    days = [day for day, _ in parts]
    if not parts or days != sorted(days) or any(amount.cents <= 0 or day < decided_on for day, amount in parts):
        raise Invalid(
            "Measures have at least one payment of a cent or more, in the order of their days, none before the decision."
        )
    if any(amount.currency != debt.currency for _, amount in parts):
        raise Invalid(f"Measures on this debt are counted in {debt.currency}.")


def _end_what_was_agreed(session: Session, clock: Clock, debt: Debt) -> None:
    plans = select(Plan).where(
        Plan.debtor_id == debt.debtor_id, Plan.debt_ids.contains([str(debt.id)]), Plan.state.in_(("active", "paused"))
    )
    for plan in session.scalars(plans):
        plan.state = "replaced"
        record_act(session, clock, "api", "plan.replaced", f"plan:{plan.id}")
    for promise in session.scalars(select(Promise).where(Promise.debt_id == debt.id, Promise.state == "open")):
        promise.state = "replaced"
        record_act(session, clock, "api", "promise.replaced", f"promise:{promise.id}")
