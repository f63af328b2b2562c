"""More time for the whole sum, inside the creditor's terms."""

from __future__ import annotations

from datetime import date

from actions.debts.settle_on import settle_on
from actions.plans.arrangement import plan_of
from actions.plans.clear_yes import says_yes
from actions.plans.said import day_said
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.plans.promise import delay_limit


class GiveTime(TradeAction):
    action = "action_give_time"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if plan_of(turn):
            turn.follow_up = "action_change_plan"  # time for a plan is another date of that plan
            return
        debts = settle_on(turn, self.action)
        if not debts:
            return
        limit = min(delay_limit(turn.session, turn.clock, debt, turn.today) for debt in debts)
        day = day_said(turn) or _yes_to_the_latest(turn, limit)
        if limit <= turn.today:
            turn.close_question()
            turn.say("utter_delay_used")
        elif (day is None or day <= turn.today) and turn.asks_already:
            turn.leave_the_question()
        elif day is None or day <= turn.today:
            turn.ask("delay_date", limit=limit)
        elif day > limit:
            turn.say("utter_delay_too_long", limit=limit)
            turn.wait_for("delay_date")
            turn.context["latest_named"] = limit.isoformat()
        else:
            _give(turn, debts, day)


def _yes_to_the_latest(turn: Turn, limit: date) -> date | None:
    """The latest day was named a moment ago, and the answer is yes."""
    named = turn.context.pop("latest_named", None)
    return limit if named == limit.isoformat() and says_yes(turn) else None


def _give(turn: Turn, debts: list[Debt], day: date) -> None:
    for debt in debts:
        freeze(
            turn.session, turn.clock, debtor_id=debt.debtor_id, debt_id=debt.id, kind="delay", reason="asked by the debtor",
            until=day, conversation_id=turn.conversation.id,
        )  # fmt: skip
    turn.stay_with("delay_given")
    turn.say("utter_delay_given", day=day)
