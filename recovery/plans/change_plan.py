"""A running plan changed inside the terms: the next dates moved, or one pause. The old version is kept."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from dateutil.relativedelta import relativedelta
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.debts.records import Creditor, Debt
from recovery.errors import OutsideTerms
from recovery.plans.accept_plan import acceptance_of
from recovery.plans.pauses import end_pauses
from recovery.plans.records import Instalment, Plan
from recovery.plans.terms import Terms
from recovery.session.records import Conversation, Message


def moved_dates(session: Session, plan: Plan, first: date, today: date) -> list[tuple[date, int]]:
    """What remains to be paid, from `first` on, with the same gaps. Raises OutsideTerms (`past`, `too_late`)."""
    left = _left(plan)
    latest = latest_first(session, plan)
    if first < today:
        raise OutsideTerms("past", f"{first} is past.")
    if first > latest:
        raise OutsideTerms("too_late", f"The latest day is {latest}.")
    days = [_moved(part.due_on, left[0].due_on, first) for part in left]
    return [(day, part.amount_cents - part.paid_cents) for day, part in zip(days, left, strict=True)]


def latest_first(session: Session, plan: Plan) -> date:
    """The latest day to which the next payment may be moved."""
    return _left(plan)[0].due_on + timedelta(days=_terms(session, plan).plan_pause_days)


def paused_dates(session: Session, plan: Plan, today: date) -> list[tuple[date, int]]:
    """What remains, after the one pause that the terms allow. Raises OutsideTerms (`pause_used`, `no_pause`)."""
    if plan.pauses_used:
        raise OutsideTerms("pause_used", "A plan is paused once.")
    if not _terms(session, plan).plan_pause_days:
        raise OutsideTerms("no_pause", "This creditor allows no pause.")
    return moved_dates(session, plan, max(latest_first(session, plan), today), today)


def _left(plan: Plan) -> list[Instalment]:
    return [part for part in plan.instalments if part.paid_cents < part.amount_cents]


def _terms(session: Session, plan: Plan) -> Terms:
    return Terms.of(session.get_one(Creditor, plan.creditor_id).terms)


def debts_of(session: Session, plan: Plan) -> list[Debt]:
    return [session.get_one(Debt, UUID(key)) for key in plan.debt_ids]


def _moved(day: date, was_first: date, first: date) -> date:
    """Months apart stay months apart; any other gap keeps its days."""
    months = (day.year - was_first.year) * 12 + day.month - was_first.month
    monthly = was_first + relativedelta(months=months) == day
    return first + (relativedelta(months=months) if monthly else day - was_first)


def change_plan(
    session: Session,
    clock: Clock,
    conversation: Conversation,
    plan: Plan,
    parts: list[tuple[date, int]],
    message: Message,
    *,
    pause: bool = False,
) -> Plan:
    """The new version, accepted in the debtor's words; paid instalments stay with the old one, and time given that lasts beyond
    its first day ends.
    """
    shown = {"parts": [[day.isoformat(), cents] for day, cents in parts], "replaces": str(plan.id)}
    version = Plan(
        debtor_id=plan.debtor_id, creditor_id=plan.creditor_id, debt_ids=plan.debt_ids, state="active", currency=plan.currency,
        total_cents=sum(cents for _, cents in parts), version=plan.version + 1, replaces=plan.id, pauses_used=plan.pauses_used + pause,
        accepted_at=clock.now(), created_at=clock.now(), acceptance=acceptance_of(conversation, message, shown),
        instalments=[Instalment(number=n, due_on=day, amount_cents=cents) for n, (day, cents) in enumerate(parts, 1)],
    )  # fmt: skip
    plan.state = "replaced"
    session.add(version)
    end_pauses(session, clock, debts_of(session, plan), parts[0][0])
    session.flush()
    record_act(
        session, clock, "debtor", "plan.changed", f"plan:{version.id}", replaces=str(plan.id), parts=shown["parts"]
    )
    return version
