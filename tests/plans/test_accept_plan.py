"""A yes makes a plan with its proof; a later yes replaces it; a promise on the same debt gives way."""

from datetime import date

import pytest
from sqlalchemy import select

from recovery.debts.freeze import freeze
from recovery.errors import DebtOnHold, Invalid, OutsideTerms
from recovery.money import Money
from recovery.plans.accept_plan import accept_plan, running_plan
from recovery.plans.change_plan import change_plan, moved_dates
from recovery.plans.offer import make_offer, open_offer
from recovery.plans.promise import check_promise, make_promise
from recovery.plans.records import Plan, Promise
from recovery.session.records import Message
from tests import cast


@pytest.fixture
def talk(session):
    debtor, creditor = cast.camille(session), cast.energie_du_lac(session)
    debt = cast.debt_of(session, debtor, creditor, cents=30000)
    conversation = cast.conversation_of(session, debtor, creditor)
    return debt, conversation


def yes(session, clock, conversation, words="oui"):
    message = Message(
        conversation_id=conversation.id, seq=1 + conversation.last_seq, author="debtor", author_name="", text=words, language="fr",
        sent_at=clock.now(),
    )  # fmt: skip
    conversation.last_seq += 1
    session.add(message)
    session.flush()
    return message


def offered(session, clock, conversation, debt, parts=((5, 10000), (6, 10000), (7, 10000))):
    shown = [[date(2026, 12, day).isoformat(), cents] for day, cents in parts]
    return make_offer(
        session,
        clock,
        conversation,
        "plan",
        {"debt_ids": [str(debt.id)], "currency": "EUR", "parts": shown, "reason": None},
    )


def test_the_plan_is_what_was_shown_and_carries_its_proof(session, clock, talk):
    debt, conversation = talk
    offer = offered(session, clock, conversation, debt)
    plan = accept_plan(session, clock, conversation, offer, yes(session, clock, conversation, "oui, d'accord"))
    assert [part.amount_cents for part in plan.instalments] == [10000] * 3
    assert plan.total_cents == 30000 and plan.state == "active"
    assert plan.acceptance["words"] == "oui, d'accord" and len(plan.acceptance["sha256"]) == 64
    assert offer.state == "accepted"


def test_an_offer_is_accepted_once(session, clock, talk):
    debt, conversation = talk
    offer = offered(session, clock, conversation, debt)
    accept_plan(session, clock, conversation, offer, yes(session, clock, conversation))
    with pytest.raises(Invalid):
        accept_plan(session, clock, conversation, offer, yes(session, clock, conversation))


def test_a_new_offer_withdraws_the_one_before(session, clock, talk):
    debt, conversation = talk
    first = offered(session, clock, conversation, debt)
    second = offered(session, clock, conversation, debt, parts=((5, 15000), (6, 15000)))
    session.flush()
    assert (first.state, open_offer(session, conversation)) == ("withdrawn", second)


def test_a_second_plan_replaces_the_first_and_keeps_it(session, clock, talk):
    debt, conversation = talk
    first = accept_plan(
        session, clock, conversation, offered(session, clock, conversation, debt), yes(session, clock, conversation)
    )
    second = accept_plan(
        session, clock, conversation, offered(session, clock, conversation, debt), yes(session, clock, conversation)
    )
    session.flush()
    assert (first.state, second.version, second.replaces) == ("replaced", 2, first.id)
    assert running_plan(session, {debt.id}) is second
    assert len(session.scalars(select(Plan)).all()) == 2


def test_a_held_debt_takes_no_plan(session, clock, talk):
    debt, conversation = talk
    offer = offered(session, clock, conversation, debt)
    freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind="dispute")
    with pytest.raises(DebtOnHold):
        accept_plan(session, clock, conversation, offer, yes(session, clock, conversation))


@pytest.mark.parametrize("kind", ["hardship", "delay", "data_rights"])
def test_somebody_who_is_asked_nothing_may_still_settle(session, clock, talk, kind):
    debt, conversation = talk
    freeze(session, clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind=kind)
    offer = offered(session, clock, conversation, debt)
    assert accept_plan(session, clock, conversation, offer, yes(session, clock, conversation)).state == "active"


def test_a_plan_replaces_the_promise(session, clock, talk):
    debt, conversation = talk
    promise = make_promise(
        session, clock, conversation, debt, Money(5000), date(2026, 12, 1), yes(session, clock, conversation)
    )
    accept_plan(
        session, clock, conversation, offered(session, clock, conversation, debt), yes(session, clock, conversation)
    )
    assert session.get_one(Promise, promise.id).state == "replaced"


def test_dates_move_inside_the_terms_as_a_new_version(session, clock, talk):
    debt, conversation = talk
    plan = accept_plan(
        session, clock, conversation, offered(session, clock, conversation, debt), yes(session, clock, conversation)
    )
    parts = moved_dates(session, plan, date(2026, 12, 20), date(2026, 11, 22))
    changed = change_plan(session, clock, conversation, plan, parts, yes(session, clock, conversation))
    assert [part.due_on.day for part in changed.instalments] == [20, 21, 22]
    assert (plan.state, changed.version) == ("replaced", 2)
    with pytest.raises(OutsideTerms):
        moved_dates(session, changed, date(2027, 3, 1), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("cents", "day", "reason"),
    [
        (30000, date(2026, 11, 21), "past"),
        (30000, date(2027, 1, 22), "too_late"),
        (30001, date(2026, 12, 1), "more_than_due"),
    ],
)
def test_a_promise_outside_the_terms_says_why(session, talk, cents, day, reason):
    debt, _ = talk
    with pytest.raises(OutsideTerms) as refused:
        check_promise(debt, Money(30000), Money(cents), day, date(2026, 11, 22))
    assert refused.value.reason == reason


def test_a_second_promise_replaces_the_first(session, clock, talk):
    debt, conversation = talk
    for day in (1, 8):
        make_promise(
            session, clock, conversation, debt, Money(5000), date(2026, 12, day), yes(session, clock, conversation)
        )
    states = [promise.state for promise in session.scalars(select(Promise).order_by(Promise.due_on))]
    assert states == ["replaced", "open"]
