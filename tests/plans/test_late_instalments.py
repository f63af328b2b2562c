"""A late instalment: a week of patience, one neutral word, then a person; the plan goes on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.debts.freeze import freeze
from recovery.handover.records import Handover
from recovery.plans.late_instalments import follow_late_instalments
from recovery.plans.records import Instalment, Plan
from recovery.session.records import Conversation, Message
from tests import cast

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime.fromisoformat("2026-12-14T10:40:00+01:00"))  # a Monday, nine days after


def late(session: Session, clock: FrozenClock) -> tuple[Plan, Conversation]:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    talk = cast.conversation_of(session, debt.debtor, debt.creditor)
    plan = Plan(
        debtor_id=debt.debtor_id, creditor_id=debt.creditor_id, debt_ids=[str(debt.id)], state="active", currency="EUR",
        total_cents=24_730, version=1, pauses_used=0, accepted_at=cast.THEN, created_at=cast.THEN,
        acceptance={"conversation_id": str(talk.id)},
        instalments=[
            Instalment(number=1, due_on=date(2026, 12, 5), amount_cents=12_365, paid_cents=2_365),
            Instalment(number=2, due_on=date(2027, 1, 5), amount_cents=12_365),
        ],
    )  # fmt: skip
    session.add(plan)
    session.flush()
    return plan, talk


def handed_over(session: Session, talk: Conversation) -> list[Handover]:
    return list(session.scalars(select(Handover).where(Handover.conversation_id == talk.id)))


def test_a_word_first_then_a_person_and_the_plan_goes_on(session: Session, clock: FrozenClock) -> None:
    plan, talk = late(session, clock)
    assert len(follow_late_instalments(session, clock)) == 1
    told = session.scalars(select(Message.text).where(Message.conversation_id == talk.id)).one()
    assert "100,00 €" in told
    assert "5 décembre 2026" in told
    assert follow_late_instalments(session, clock) == []
    assert handed_over(session, talk) == []
    clock.advance(timedelta(days=8))
    assert len(follow_late_instalments(session, clock)) == 1
    (task,) = handed_over(session, talk)
    assert (task.takes_over, task.summary["extra"]["late_instalment"]["left_cents"]) == (False, 10_000)
    clock.advance(timedelta(days=30))
    assert [part.number for part in follow_late_instalments(session, clock)] == [2]  # the next one, in its turn
    assert plan.state == "active"


def test_a_week_of_patience(session: Session) -> None:
    late(session, clock := FrozenClock(datetime.fromisoformat("2026-12-11T10:40:00+01:00")))
    assert follow_late_instalments(session, clock) == []


def test_where_nothing_may_be_written_a_person_has_it(session: Session, clock: FrozenClock) -> None:
    plan, talk = late(session, clock)
    freeze(session, clock, debtor_id=plan.debtor_id, kind="hardship")
    assert len(follow_late_instalments(session, clock)) == 1
    assert len(handed_over(session, talk)) == 1
    assert session.scalars(select(Message.text).where(Message.conversation_id == talk.id)).all() == []
