"""A dispute holds its debt alone, keeps the words, gives a ticket and a day."""

from datetime import date

import pytest

from recovery.debts.freeze import active_holds
from recovery.disputes.open_dispute import open_dispute, working_days_after
from tests import cast


@pytest.fixture
def talk(session):
    debtor, creditor = cast.lucia(session), cast.gimnasio_norte(session)
    gym = cast.debt_of(session, debtor, creditor, cents=14500)
    other = cast.debt_of(session, debtor, creditor, cents=7260)
    return gym, other, cast.conversation_of(session, debtor, creditor)


def test_that_debt_alone_is_held(session, clock, talk):
    gym, other, conversation = talk
    dispute = open_dispute(session, clock, conversation, gym, "not_owed", "me di de baja en junio")
    assert [hold.kind for hold in active_holds(session, clock, gym.debtor_id, gym.id)] == ["dispute"]
    assert active_holds(session, clock, other.debtor_id, other.id) == []
    assert dispute.state == "received" and dispute.ticket.startswith("L-2026-")


def test_said_again_it_is_one_dispute_with_both_sayings(session, clock, talk):
    gym, _, conversation = talk
    first = open_dispute(session, clock, conversation, gym, "not_owed", "no la debo")
    second = open_dispute(session, clock, conversation, gym, "service", "ni hablar")
    assert first is second and first.kind == "service" and first.words == "no la debo\nni hablar"


def test_fraud_is_held_as_fraud_too(session, clock, talk):
    gym, _, conversation = talk
    open_dispute(session, clock, conversation, gym, "fraud", "han usado mi DNI")
    assert {hold.kind for hold in active_holds(session, clock, gym.debtor_id, gym.id)} == {"dispute", "fraud"}


@pytest.mark.parametrize(
    ("day", "country", "expected"),
    [
        (date(2026, 11, 22), "FR", date(2026, 12, 11)),
        (date(2026, 11, 22), "ES", date(2026, 12, 14)),
        (date(2026, 12, 22), "FR", date(2027, 1, 14)),
    ],
)
def test_fifteen_working_days_leave_holidays_out(day, country, expected):
    assert working_days_after(day, 15, country) == expected
