"""What measures of the over-indebtedness commission ask is told or paid; anything else is the commission's to decide (VU-03)."""

from __future__ import annotations

from actions.handover.beside import task_for_a_person
from actions.payments.give_way import give_way_to_pay
from actions.plans.imposed import tell_measures, under_measures
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.plans.imposed import collectable, imposed_on


class FollowMeasures(TradeAction):
    action = "action_follow_measures"
    comes_back = False

    def act(self, turn: Turn) -> None:
        meant = turn.context.pop("measures", {})
        turn.close_question()
        debts = [debt for debt in under_measures(turn) if str(debt.id) in meant.get("debts", ())]
        for debt in debts:
            if meant.get("pays"):
                _give_way(turn, debt, meant.get("cents"))
            else:
                tell_measures(turn, debt)
        if debts and not meant.get("pays"):
            turn.say("utter_measures_settle_it")
            task_for_a_person(turn, "overindebtedness", {"measures": True})


def _give_way(turn: Turn, debt: Debt, wished: int | None) -> None:
    """Never more than what the measures ask today: more would favour one creditor over the others."""
    plan = imposed_on(turn.session, turn.clock, debt)
    if plan is None:
        turn.say("utter_all_on_hold")
        return
    ceiling = collectable(plan, turn.today)
    give_way_to_pay(turn, [debt], min(Money(wished, ceiling.currency), ceiling) if wished else ceiling)
    turn.say("utter_measures_no_more")
