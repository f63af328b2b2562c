"""A service contested in one breath with "it does not work": the dispute stands, and no trouble with paying is made of it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.disputes.dispute import ContestDebt
from actions.payments.follow_payment import PaymentProblem
from recovery.clock import FrozenClock
from recovery.handover.records import Handover
from tests import cast
from tests.actions.turns import said, turn_of


def test_what_does_not_work_is_what_was_sold(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    turn = turn_of(session, clock, debt, "le technicien est jamais venu, le service marche pas")
    turn.parsed = {"intent": {"name": "dispute_service"}, "intents": [{"name": "dispute_service"}]}
    ContestDebt().act(turn)
    before = said(turn)
    PaymentProblem().act(turn)
    assert said(turn) == before
    assert (turn.follow_up, turn.conversation.expecting) == (None, "dispute_more")
    assert {h.reason for h in session.scalars(select(Handover))} == {"dispute"}


def test_said_by_itself_it_is_a_trouble_with_paying(session: Session, clock: FrozenClock) -> None:
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    turn = turn_of(session, clock, debt, "le lien marche pas")
    PaymentProblem().act(turn)
    assert (said(turn), turn.follow_up) == (["utter_payment_problem"], "action_tell_payment_methods")
