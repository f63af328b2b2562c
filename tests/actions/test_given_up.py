"""Whoever gives a plan up is not asked for another sum; whoever only refuses its figures is."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from actions.plans.accept_plan import RefusePlan
from actions.plans.plan_status import CancelPlan, LeavePlanAside
from actions.plans.propose_plan import ProposePlan
from actions.turn import Turn
from recovery.clock import FrozenClock
from recovery.plans.offer import open_offer
from recovery.plans.records import Offer
from tests import cast
from tests.actions.turns import euros, said, turn_of


@pytest.fixture
def shown(session: Session, clock: FrozenClock) -> Turn:
    """A plan in three is on the table."""
    debt = cast.debt_of(session, cast.camille(session), cast.energie_du_lac(session))
    turn = turn_of(session, clock, debt, "en trois fois", ("instalment_count", 3))
    ProposePlan().act(turn)
    assert turn.conversation.expecting == "plan_acceptance"
    return turn


def answer(shown: Turn, text: str, *values: tuple[str, object]) -> Turn:
    shown.message.text, shown.responses, shown.follow_up = text, [], None
    shown.values = [{"entity": entity, "value": value} for entity, value in values]
    return shown


@pytest.mark.parametrize("text", ["laissez tomber", "bon, laisse tomber alors", "déjelo", "olvídelo, gracias"])
def test_given_up_nothing_more_is_asked(shown: Turn, text: str) -> None:
    turn = answer(shown, text)
    RefusePlan().act(turn)
    assert (said(turn), turn.conversation.expecting) == (["utter_as_you_wish"], None)
    assert open_offer(turn.session, turn.conversation) is None
    assert [offer.state for offer in turn.session.query(Offer)] == ["refused"]
    assert "plan_wish" not in turn.context


def test_refused_another_sum_is_asked(shown: Turn) -> None:
    turn = answer(shown, "non, ça ne va pas")
    RefusePlan().act(turn)
    assert (said(turn), turn.conversation.expecting) == (["utter_plan_refused"], "plan_wish")


def test_given_up_for_all_at_once(shown: Turn) -> None:
    turn = answer(shown, "laissez tomber, je paie tout d'un coup")
    RefusePlan().act(turn)
    assert (turn.follow_up, turn.conversation.expecting) == ("action_pay_now", None)


@pytest.mark.parametrize("action", [LeavePlanAside, CancelPlan])
def test_given_up_while_a_sum_was_asked_for(shown: Turn, action: type[LeavePlanAside] | type[CancelPlan]) -> None:
    turn = answer(shown, "laissez tomber")
    turn.conversation.expecting = "plan_wish"
    action().act(turn)
    if turn.follow_up:
        assert turn.follow_up == "action_leave_plan_aside"
        LeavePlanAside().act(turn)
    assert (said(turn), turn.conversation.expecting) == (["utter_as_you_wish"], None)


def test_another_figure_beside_it_is_another_plan(shown: Turn) -> None:
    turn = answer(shown, "laissez tomber, 50 par mois plutôt", euros(5_000), ("period", "month"))
    LeavePlanAside().act(turn)
    assert turn.follow_up == "action_propose_plan"
