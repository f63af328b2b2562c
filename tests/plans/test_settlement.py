"""A reduction is what the terms allow, open for fifteen days, and made good by the ledger alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.debts.balance import balance_on
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.payments.take_payment import take_payment
from recovery.plans.offer import open_offer
from recovery.plans.records import Offer
from recovery.plans.settlement import accept_reduction, expire_offers, offer_reduction, reduction_allowed
from recovery.session.records import Conversation, Message
from tests import cast

TODAY = date(2026, 11, 22)


def owing(session: Session, cents: int = 20_000, percent: int = 10, **changes: int) -> tuple[Debt, Conversation]:
    terms = {"settlement_discount_percent": percent, **changes}
    creditor, debtor = cast.energie_du_lac(session, terms=terms), cast.camille(session)
    return cast.debt_of(session, debtor, creditor, cents), cast.conversation_of(session, debtor, creditor)


def taken(session: Session, clock: FrozenClock, debt: Debt, talk: Conversation) -> Offer:
    allowed = reduction_allowed(session, [debt], TODAY)
    assert allowed
    offer = offer_reduction(session, clock, talk, [debt], *allowed)
    message = Message(
        conversation_id=talk.id, seq=90, author="debtor", author_name="", text="oui je prends", language="fr", sent_at=clock.now()
    )  # fmt: skip
    session.add(message)
    session.flush()
    accept_reduction(session, clock, talk, offer, message)
    return offer


def test_nothing_is_offered_that_the_terms_do_not_allow(session: Session) -> None:
    debt, _ = owing(session, percent=0, early_payment_discount_percent=15)
    assert reduction_allowed(session, [debt], TODAY) is None  # overdue: nothing is early about it
    debt.due_on = TODAY + timedelta(days=10)
    assert reduction_allowed(session, [debt], TODAY) == ("early_payment", 15)


def test_it_is_open_for_fifteen_days_with_its_figures(session: Session, clock: FrozenClock) -> None:
    debt, talk = owing(session)
    offer = offer_reduction(session, clock, talk, [debt], "settlement", 10)
    assert (offer.state, offer.terms["cents"], offer.until) == ("open", 18_000, date(2026, 12, 7))
    assert open_offer(session, talk, "settlement") is offer


def test_the_rest_is_given_up_once_the_sum_is_paid(session: Session, clock: FrozenClock) -> None:
    debt, talk = owing(session)
    offer = taken(session, clock, debt, talk)
    assert offer.terms["acceptance"]["words"] == "oui je prends"
    take_payment(session, clock, debt, Money(10_000), TODAY, "transfer", "a")
    assert balance_on(session, debt, TODAY).due == Money(10_000)
    take_payment(session, clock, debt, Money(8_000), TODAY, "transfer", "b")
    assert balance_on(session, debt, TODAY).due == Money(0)
    assert debt.state == "settled"


def test_too_late_gives_nothing_up(session: Session, clock: FrozenClock) -> None:
    debt, talk = owing(session)
    offer = taken(session, clock, debt, talk)
    clock.advance(timedelta(days=20))
    take_payment(session, clock, debt, Money(18_000), clock.now().date(), "transfer", "late")
    assert debt.state == "open"
    assert expire_offers(session, clock) == [offer]
    assert offer.state == "expired"


def test_one_not_accepted_gives_nothing_up(session: Session, clock: FrozenClock) -> None:
    debt, talk = owing(session)
    offer_reduction(session, clock, talk, [debt], "settlement", 10)
    take_payment(session, clock, debt, Money(18_000), TODAY, "transfer", "a")
    assert balance_on(session, debt, TODAY).due == Money(2_000)


@pytest.mark.parametrize("days", [0, 14, 15])
def test_it_does_not_expire_before_its_end(session: Session, clock: FrozenClock, days: int) -> None:
    debt, talk = owing(session)
    offer_reduction(session, clock, talk, [debt], "settlement", 10)
    clock.advance(timedelta(days=days))
    assert expire_offers(session, clock) == []


@given(
    cents=st.integers(100, 500_000),
    percent=st.integers(1, 99),
    shares=st.lists(st.integers(1, 99), min_size=1, max_size=4),
)
def test_however_it_is_paid_no_balance_is_negative(
    session: Session, clock: FrozenClock, cents: int, percent: int, shares: list[int]
) -> None:
    with session.begin_nested() as undone:
        debt, talk = owing(session, cents, percent)
        reduced = taken(session, clock, debt, talk).terms["cents"]
        assert 0 < reduced <= cents or percent == 99
        paid = 0
        for number, part in enumerate(Money(reduced).split(len(shares))):
            if part.cents and debt.state == "open":
                take_payment(session, clock, debt, part, TODAY, "transfer", str(number))
                paid += part.cents
        due = balance_on(session, debt, TODAY).due.cents
        assert due >= 0
        assert (due == 0) == (debt.state == "settled")
        if reduced:
            assert (paid, due) == (reduced, 0)
        undone.rollback()
