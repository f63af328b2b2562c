"""A coming payment is recalled once: on the last decent day before it, by the gate, never on a held debt, telling strangers nothing."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.consent.opt_out import opt_out
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.plans.accept_plan import accept_plan
from recovery.plans.offer import make_offer
from recovery.plans.promise import make_promise
from recovery.plans.records import Instalment, Promise
from recovery.plans.remind import can_be_reminded, send_reminders
from recovery.session.records import Conversation, Message
from tests import cast

pytestmark = pytest.mark.usefixtures("surroundings")

MOBILE = "+33639981201"  # Camille's


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime.fromisoformat("2026-11-24T10:30:00+01:00"))  # a Tuesday


def words(session: Session, clock: FrozenClock, talk: Conversation) -> Message:
    message = Message(
        conversation_id=talk.id, seq=90, author="debtor", author_name="", text="oui", language="fr", sent_at=clock.now()
    )
    session.add(message)
    session.flush()
    return message


def promised(session: Session, clock: FrozenClock, day: date) -> tuple[Debt, Promise, Conversation]:
    debtor = cast.camille(session)
    debt = cast.debt_of(session, debtor, cast.energie_du_lac(session))
    talk = cast.conversation_of(session, debtor)
    promise = make_promise(session, clock, talk, debt, Money(5_000), day, words(session, clock, talk))
    return debt, promise, talk


def told(session: Session) -> list[str]:
    wanted = select(Message.text).where(Message.author == "bot").order_by(Message.sent_at, Message.seq)
    return [text for text in session.scalars(wanted) if "STOP" in text or "50,00" in text]


def test_the_day_before_and_once(session: Session, clock: FrozenClock) -> None:
    promised(session, clock, date(2026, 11, 26))
    assert send_reminders(session, clock) == []  # two days before
    clock.advance(timedelta(days=1))
    assert len(send_reminders(session, clock)) == 1
    clock.advance(timedelta(minutes=20))
    assert send_reminders(session, clock) == []


def test_the_friday_before_a_monday(session: Session, clock: FrozenClock) -> None:
    promised(session, clock, date(2026, 11, 30))
    clock.advance(timedelta(days=3))
    assert len(send_reminders(session, clock)) == 1


@pytest.mark.parametrize("hour", ["09:30", "13:30", "20:30"])
def test_at_no_other_hour(session: Session, hour: str) -> None:
    clock = FrozenClock(datetime.fromisoformat(f"2026-11-25T{hour}:00+01:00"))
    promised(session, clock, date(2026, 11, 26))
    assert send_reminders(session, clock) == []


def test_at_the_hours_they_asked_for(session: Session, clock: FrozenClock) -> None:
    debt, _, _ = promised(session, clock, date(2026, 11, 25))
    debt.debtor.preferences = {"hours": {"from": "18:00"}}
    assert send_reminders(session, clock) == []
    clock.advance(timedelta(hours=8))
    assert len(send_reminders(session, clock)) == 1


def test_an_address_not_yet_proven_hears_nothing_of_a_debt(session: Session, clock: FrozenClock) -> None:
    promised(session, clock, date(2026, 11, 25))
    (reminder,) = send_reminders(session, clock)
    talk = session.get_one(Conversation, reminder.conversation_id)
    assert (talk.channel, talk.address) == ("sms", MOBILE)
    text = session.get_one(Message, reminder.message_id).text
    assert "50,00" not in text
    assert "Entente" in text


def test_a_verified_conversation_hears_the_sum_and_the_day(session: Session, clock: FrozenClock) -> None:
    debt, _, _ = promised(session, clock, date(2026, 11, 25))
    cast.conversation_of(session, debt.debtor, channel="sms", address=MOBILE)
    (reminder,) = send_reminders(session, clock)
    text = session.get_one(Message, reminder.message_id).text
    assert "50,00 €" in text
    assert "25 novembre 2026" in text


@pytest.mark.parametrize("kind", ["dispute", "hardship", "delay"])
def test_never_on_a_held_debt(session: Session, clock: FrozenClock, kind: str) -> None:
    debt, _, _ = promised(session, clock, date(2026, 11, 25))
    freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind=kind)
    assert send_reminders(session, clock) == []


def test_never_to_who_asked_for_silence(session: Session, clock: FrozenClock) -> None:
    _, _, talk = promised(session, clock, date(2026, 11, 25))
    opt_out(session, clock, talk, None, "stop")
    session.flush()
    assert send_reminders(session, clock) == []


def test_a_kept_promise_is_not_recalled(session: Session, clock: FrozenClock) -> None:
    _, promise, _ = promised(session, clock, date(2026, 11, 25))
    promise.state = "kept"
    session.flush()
    assert send_reminders(session, clock) == []


def test_an_instalment_is_recalled_with_what_is_left_of_it(session: Session, clock: FrozenClock) -> None:
    debt, promise, talk = promised(session, clock, date(2026, 12, 10))
    parts = [["2026-11-25", 12_365], ["2026-12-25", 12_365]]
    offer = make_offer(
        session, clock, talk, "plan", {"debt_ids": [str(debt.id)], "currency": "EUR", "parts": parts, "reason": None}
    )
    plan = accept_plan(session, clock, talk, offer, words_of_consent(session, clock, talk))
    session.scalars(
        select(Instalment).where(Instalment.plan_id == plan.id, Instalment.number == 1)
    ).one().paid_cents = 7_365
    session.flush()
    cast.conversation_of(session, debt.debtor, channel="sms", address=MOBILE)
    (reminder,) = send_reminders(session, clock)
    assert "50,00 €" in session.get_one(Message, reminder.message_id).text
    assert promise.state == "replaced"


def words_of_consent(session: Session, clock: FrozenClock, talk: Conversation) -> Message:
    message = Message(
        id=uuid.uuid4(), conversation_id=talk.id, seq=91, author="debtor", author_name="", text="oui", language="fr",
        sent_at=clock.now(),
    )  # fmt: skip
    session.add(message)
    session.flush()
    return message


def test_no_reminder_is_announced_where_none_can_come(session: Session, clock: FrozenClock) -> None:
    debtor = cast.camille(session)
    assert can_be_reminded(session, clock, debtor, date(2026, 11, 27))
    assert not can_be_reminded(session, clock, debtor, date(2026, 11, 25))
    for point in debtor.contact_points:
        point.suppressed_at = clock.now()
    session.flush()
    assert not can_be_reminded(session, clock, debtor, date(2026, 11, 27))
