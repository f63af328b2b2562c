"""The assistant hands over: mode, priority, queue, due time, facts of the moment, and once only."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.audit import AuditLine
from recovery.clock import FrozenClock
from recovery.debts.freeze import freeze
from recovery.handover.hand_over import hand_over
from recovery.handover.office_hours import answer_due_at
from recovery.handover.reasons import REASONS
from recovery.handover.records import Handover
from recovery.plans.offer import make_offer, refuse_offer
from recovery.session.records import Message
from tests import cast

MONDAY = FrozenClock(datetime.fromisoformat("2026-11-23T10:00:00+01:00"))


def test_a_person_asked_for_takes_over_within_three_minutes(session: Session) -> None:
    conversation = cast.conversation_of(session, cast.camille(session))
    handover = hand_over(session, MONDAY, conversation, reason="human_asked", words="un humain svp")
    assert (conversation.mode, handover.state, handover.priority, handover.queue) == ("human", "waiting", 1, "general")
    assert handover.answer_due_at == MONDAY.now() + timedelta(minutes=3)
    assert (
        session.scalar(select(AuditLine.act).where(AuditLine.subject == f"conversation:{conversation.id}"))
        == "handover.asked"
    )


def test_a_task_leaves_the_assistant_talking(session: Session) -> None:
    conversation = cast.conversation_of(session, cast.camille(session))
    assert not hand_over(session, MONDAY, conversation, reason="dispute", takes_over=False).takes_over
    assert conversation.mode == "bot"


def test_the_same_reason_twice_is_one_hand_over_with_both_words(session: Session) -> None:
    conversation = cast.conversation_of(session, cast.camille(session))
    first = hand_over(
        session, MONDAY, conversation, reason="dispute", words="je conteste", takes_over=False, extra={"ticket": "L-1"}
    )
    again = hand_over(
        session, MONDAY, conversation, reason="dispute", words="j'ai jamais signé", extra={"claimed_cents": 100}
    )
    assert again.id == first.id
    assert again.words == "je conteste\nj'ai jamais signé"
    assert again.summary["extra"] == {"ticket": "L-1", "claimed_cents": 100}
    assert again.takes_over
    assert conversation.mode == "human"
    hand_over(session, MONDAY, conversation, reason="dispute", words="je conteste")
    assert session.scalar(select(func.count()).where(Handover.conversation_id == conversation.id)) == 1
    assert again.words.count("je conteste") == 1


def test_another_reason_is_another_hand_over(session: Session) -> None:
    conversation = cast.conversation_of(session, cast.lucia(session))
    hand_over(session, MONDAY, conversation, reason="human_asked")
    assert hand_over(session, MONDAY, conversation, reason="distress").priority == 0
    assert session.scalar(select(func.count()).where(Handover.conversation_id == conversation.id)) == 2


def test_the_summary_is_the_facts_of_that_moment(session: Session) -> None:
    debtor, creditor = cast.camille(session), cast.energie_du_lac(session)
    debt = cast.debt_of(session, debtor, creditor, 24730, reference="EL-1")
    conversation = cast.conversation_of(session, debtor, creditor, expecting="plan_wish")
    offer = make_offer(
        session,
        MONDAY,
        conversation,
        "plan",
        {"debt_ids": [str(debt.id)], "currency": "EUR", "parts": [["2026-12-01", 24730]]},
    )
    refuse_offer(session, MONDAY, offer)
    freeze(session, MONDAY, debtor_id=debtor.id, debt_id=debt.id, kind="delay", until=date(2026, 12, 1))
    session.add(
        Message(
            conversation_id=conversation.id,
            seq=1,
            author="debtor",
            author_name="",
            text="trop cher",
            language="fr",
            buttons=[],
            nlu={"intent": {"name": "plan_too_high", "confidence": 0.91}},
            sent_at=MONDAY.now(),
        )
    )
    session.flush()
    facts = hand_over(session, MONDAY, conversation, reason="human_asked").summary
    assert facts["debts"][0]["reference"] == "EL-1"
    assert facts["due_cents"] >= 24730
    assert facts["offers"][0]["state"] == "refused"
    assert facts["holds"] == [{"kind": "delay", "until": "2026-12-01", "reference": "EL-1"}]
    assert (facts["turns"][0]["intent"], facts["turns"][0]["confidence"]) == ("plan_too_high", 0.91)
    assert (facts["identity"], facts["expecting"], facts["language"]) == ("verified", "plan_wish", "fr")


def test_an_unknown_person_can_be_handed_over(session: Session) -> None:
    handover = hand_over(session, MONDAY, cast.conversation_of(session), reason="third_party")
    assert handover.debtor_id is None
    assert "debts" not in handover.summary


@pytest.mark.parametrize(
    ("answered", "now", "country", "due"),
    [
        ("at_once", "2026-11-22T03:00:00+01:00", "FR", "2026-11-22T03:00:00+01:00"),
        ("minutes", "2026-11-23T17:59:00+01:00", "FR", "2026-11-23T18:02:00+01:00"),
        ("minutes", "2026-11-23T18:00:00+01:00", "FR", "2026-11-24T09:00:00+01:00"),
        ("minutes", "2026-11-22T10:00:00+01:00", "ES", "2026-11-23T09:00:00+01:00"),  # a Sunday
        ("minutes", "2026-11-23T07:00:00+01:00", "ES", "2026-11-23T09:00:00+01:00"),
        ("working_day", "2026-11-23T11:20:00+01:00", "FR", "2026-11-24T11:20:00+01:00"),
        ("working_day", "2026-11-27T11:20:00+01:00", "FR", "2026-11-30T11:20:00+01:00"),  # over a weekend
        ("working_day", "2026-12-24T15:00:00+01:00", "FR", "2026-12-28T15:00:00+01:00"),  # over Christmas
        ("working_day", "2026-12-07T10:00:00+01:00", "ES", "2026-12-09T10:00:00+01:00"),  # the 8th is a Spanish holiday
        ("minutes", "2026-07-14T10:00:00+02:00", "FR", "2026-07-15T09:00:00+02:00"),
        ("minutes", "2026-07-14T10:00:00+02:00", "ES", "2026-07-14T10:03:00+02:00"),
    ],
)
def test_when_an_answer_is_due(answered: str, now: str, country: str, due: str) -> None:
    assert answer_due_at(answered, datetime.fromisoformat(now), country) == datetime.fromisoformat(due)


def test_every_reason_of_the_record_is_in_the_table() -> None:
    assert {
        "distress",
        "human_asked",
        "dispute",
        "hardship",
        "overindebtedness",
        "deceased",
        "data_rights",
        "undelivered",
        "minor",
    } <= REASONS.keys()
    assert len(REASONS) == 23
