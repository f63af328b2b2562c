"""Time-bar: when a debt can no longer be claimed, and what follows in the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.countries.claim import Claim, Limit
from recovery.countries.registry import law_of
from recovery.debts.balance import claim_of, entries_of
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.debts.reschedule import first_rescheduling

ACK_WARNING_RATIO = 0.5  # IN-11, ack_warning_ratio


def limit_of(session: Session, debt: Debt) -> Limit:
    """The last day on which this debt can be claimed, with its source."""
    return law_of(debt.debtor.country).limit(_claim(session, debt))


def is_time_barred(session: Session, debt: Debt, day: date) -> bool:
    return limit_of(session, debt).passed(day)


def acknowledging_matters(session: Session, debt: Debt, day: date) -> bool:
    """Whether the debtor should hear, before a yes, that an acknowledgement starts the period again (IN-11): past half of
    it, where the law of the country lets an acknowledgement do so.
    """
    claim = _claim(session, debt)
    law = law_of(debt.debtor.country)
    limit = law.limit(claim)
    if limit.passed(day) or (day - limit.counted_from) < ACK_WARNING_RATIO * (limit.last_day - limit.counted_from):
        return False
    return law.limit(replace(claim, acknowledgements=(*claim.acknowledgements, day))).last_day > limit.last_day


def bar_if_too_old(session: Session, clock: Clock, debt: Debt) -> bool:
    """An open debt whose limit has passed becomes time_barred, and held: nothing is asked for on it any more."""
    limit = limit_of(session, debt)
    if debt.state != "open" or not limit.passed(local_day(clock, debt.debtor.time_zone)):
        return False
    debt.state = "time_barred"
    freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind="time_barred", reason=limit.source)
    record_act(
        session,
        clock,
        "system",
        "debt.time_barred",
        f"debt:{debt.id}",
        last_day=limit.last_day.isoformat(),
        source=limit.source,
    )
    return True


def bar_old_debts(session: Session, clock: Clock) -> list[Debt]:
    """For the timetable, every night: the open debts that have just become too old."""
    # One year is the shortest period of any country here: younger debts need not be read.
    old = select(Debt).where(Debt.state == "open", Debt.due_on < clock.now().date() - relativedelta(years=1))
    return [debt for debt in session.scalars(old).all() if bar_if_too_old(session, clock, debt)]


def _claim(session: Session, debt: Debt) -> Claim:
    """With the first rescheduling, which moves the period for consumer credit (C. conso. R312-35)."""
    return replace(claim_of(debt, entries_of(session, debt)), rescheduled=first_rescheduling(session, debt))
