"""A creditor learns of payments and proposals (CPCEx R124-5): each once, signed, tried again, and never a debtor's words."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from channels.contract import TemporaryFailure
from recovery.audit import AuditLine
from recovery.clock import FrozenClock
from recovery.creditors.address import BadNoticeAddress, checked_address, signing_key, tell_at
from recovery.creditors.call import call
from recovery.creditors.news import note_news
from recovery.creditors.records import CreditorNotice
from recovery.creditors.tell import TRIES, note_failed_notice, tell_again, tell_creditor
from recovery.debts.records import Creditor, Debt
from recovery.handover.hand_over import hand_over
from recovery.money import Money
from recovery.payments.record_payment import record_payment
from recovery.payments.reverse_payment import reverse_payment
from recovery.plans.accept_plan import accept_plan
from recovery.plans.offer import make_offer
from recovery.plans.promise import cancel_promise, make_promise
from recovery.plans.settlement import accept_reduction, offer_reduction
from recovery.session.records import Conversation, Message
from tests import cast
from tests.fakes.fake_creditor_system import FakeCreditorSystem

TODAY = date(2026, 11, 22)
WORDS = "oui, je suis d'accord"
JOBS = "select count(*) from procrastinate_jobs where task_name = 'tell_creditor'"

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture
def system() -> Iterator[FakeCreditorSystem]:
    with FakeCreditorSystem() as running:
        yield running


@pytest.fixture
def collector(session: Session, clock: FrozenClock, system: FakeCreditorSystem) -> Creditor:
    creditor = cast.cabinet_berthier(session)
    tell_at(session, clock, creditor, system.address)
    system.key = signing_key(creditor)
    note_news(session, clock)
    return creditor


@pytest.fixture
def debt(session: Session, collector: Creditor) -> Debt:
    return cast.debt_of(session, cast.camille(session), collector, reference="CB-1", on_behalf_of="Eaux du Sud SA")


def said_by(session: Session, talk: Conversation, clock: FrozenClock) -> Message:
    message = Message(
        conversation_id=talk.id, seq=1, author="debtor", author_name="", text=WORDS, language="fr", sent_at=clock.now()
    )
    session.add(message)
    session.flush()
    return message


def test_a_payment_is_told_once_with_its_figures(
    session: Session, clock: FrozenClock, system: FakeCreditorSystem, debt: Debt
) -> None:
    record_payment(session, clock, debt, Money(5_000), TODAY, "card", "P-1")
    (notice,) = note_news(session, clock)
    assert note_news(session, clock) == []
    assert session.scalar(text(JOBS)) == 1
    tell_creditor(session, clock, notice.id)
    tell_creditor(session, clock, notice.id)
    told = system.told[str(notice.id)]
    assert len(system.asked) == 1
    assert (told["event"], told["creditor"], told["id"]) == ("payment.recorded", debt.creditor.key, str(notice.id))
    assert told["debts"] == [
        {"id": str(debt.id), "reference": "CB-1", "on_behalf_of": "Eaux du Sud SA", "state": "open"}
    ]
    assert (told["facts"]["amount_cents"], told["facts"]["paid_on"], told["facts"]["under_plan"]) == (
        5_000, "2026-11-22", None,
    )  # fmt: skip
    assert (notice.state, notice.told_at) == ("told", clock.now())


def test_what_the_debtor_agrees_to_and_proposes_is_told(
    session: Session, clock: FrozenClock, debt: Debt, collector: Creditor
) -> None:
    talk = cast.conversation_of(session, debt.debtor, collector)
    message = said_by(session, talk, clock)
    promise = make_promise(session, clock, talk, debt, Money(4_000), date(2026, 12, 1), message)
    cancel_promise(session, clock, promise, WORDS)
    reduction = offer_reduction(session, clock, talk, [debt], "settlement", 10)
    accept_reduction(session, clock, talk, reduction, message)
    parts = [["2026-12-05", 12_365], ["2027-01-05", 12_365]]
    offer = make_offer(session, clock, talk, "plan", {"debt_ids": [str(debt.id)], "parts": parts, "currency": "EUR"})
    plan = accept_plan(session, clock, talk, offer, message)
    payment = record_payment(session, clock, debt, Money(2_000), TODAY, "card", "P-2")
    reverse_payment(session, clock, payment, "returned")
    proposal = {"debtor_proposal": {"each_cents": 500}, "debtor_proposals": [], "references": ["CB-1"]}
    hand_over(session, clock, talk, reason="plan_outside_terms", words=WORDS, extra=proposal)
    hand_over(session, clock, talk, reason="complaint", words=WORDS)
    notices = note_news(session, clock)
    assert [notice.kind for notice in notices] == [
        "promise.made", "promise.cancelled", "settlement.accepted", "plan.accepted", "payment.recorded",
        "payment.reversed", "proposal.outside_terms",
    ]  # fmt: skip
    facts = {notice.kind: notice.body["facts"] for notice in notices}
    assert facts["plan.accepted"]["instalments"] == [
        {"due_on": "2026-12-05", "amount_cents": 12_365}, {"due_on": "2027-01-05", "amount_cents": 12_365},
    ]  # fmt: skip
    assert facts["payment.recorded"]["under_plan"] == str(plan.id)
    assert facts["proposal.outside_terms"]["debtor_proposal"] == {"each_cents": 500}
    assert [notice.body["number"] for notice in notices] == sorted(notice.body["number"] for notice in notices)
    assert WORDS not in str([notice.body for notice in notices])


def test_a_creditor_without_an_address_has_no_notice(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    record_payment(session, clock, debt, Money(5_000), TODAY, "card", "P-3")
    assert note_news(session, clock) == []


@pytest.mark.parametrize("trouble", [500, 404, 302])
def test_trouble_passes_and_the_news_stays(
    session: Session, clock: FrozenClock, system: FakeCreditorSystem, debt: Debt, trouble: int
) -> None:
    record_payment(session, clock, debt, Money(5_000), TODAY, "card", "P-4")
    (notice,) = note_news(session, clock)
    system.fail(trouble, "7")
    with pytest.raises(TemporaryFailure) as failure:
        tell_creditor(session, clock, notice.id)
    assert failure.value.retry_after == 7
    assert note_failed_notice(session, clock, notice.id, failure.value)
    tell_creditor(session, clock, notice.id)
    assert {asked.headers["idempotency-key"] for asked in system.asked} == {str(notice.id)}
    assert (notice.state, notice.attempts) == ("told", 2)


def test_a_system_that_hangs_up_is_a_trouble_that_passes(system: FakeCreditorSystem, clock: FrozenClock) -> None:
    system.down = True
    with pytest.raises(TemporaryFailure):
        call(system.address, "key", uuid.uuid4().hex, {}, clock.now())


def test_after_three_days_it_is_dead_and_can_be_told_again(
    session: Session, clock: FrozenClock, system: FakeCreditorSystem, debt: Debt
) -> None:
    record_payment(session, clock, debt, Money(5_000), TODAY, "card", "P-5")
    (notice,) = note_news(session, clock)
    again = [note_failed_notice(session, clock, notice.id, TemporaryFailure("away")) for _ in range(TRIES)]
    assert again == [True] * (TRIES - 1) + [False]
    assert notice.state == "dead"
    acts = select(AuditLine.act).where(AuditLine.subject == f"notice:{notice.id}")
    assert list(session.scalars(acts)) == ["creditor.not_told"]
    tell_again(session, clock, notice)
    tell_creditor(session, clock, notice.id)
    assert str(notice.id) in system.told


def test_another_key_is_refused(session: Session, clock: FrozenClock, system: FakeCreditorSystem, debt: Debt) -> None:
    record_payment(session, clock, debt, Money(5_000), TODAY, "card", "P-6")
    (notice,) = note_news(session, clock)
    system.key = signing_key(cast.cartera_ebro(session))
    with pytest.raises(TemporaryFailure, match="403"):
        tell_creditor(session, clock, notice.id)
    assert system.told == {}


@pytest.mark.parametrize(
    "url", ["http://erp.example/x", "ftp://erp.example", "https://", "erp", "https://a:b@erp.example/", "https://x:y/"]
)
def test_an_address_that_is_not_safe_is_refused(url: str) -> None:
    with pytest.raises(BadNoticeAddress):
        checked_address(url)


def test_money_of_two_creditors_is_told_to_each_its_own(
    session: Session, clock: FrozenClock, system: FakeCreditorSystem, debt: Debt
) -> None:
    other = cast.debt_of(session, debt.debtor, cast.energie_du_lac(session))
    for number, owed in enumerate((debt, other)):
        record_payment(session, clock, owed, Money(1_000), TODAY, "card", f"two-{number}")
    assert [notice.creditor_id for notice in note_news(session, clock)] == [debt.creditor_id]
    assert session.scalars(select(CreditorNotice.creditor_id)).all() == [debt.creditor_id]
