"""A doubt about the sum in the middle of a plan: the arithmetic first; a doubt that stays is a dispute, recorded as one."""

from __future__ import annotations

from actions.debts.debt_lines import sum_due
from actions.debts.debts_meant import negotiable
from actions.plans.plan_wish import says_figures
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.plans.offer import open_offer

# Below this the model only guesses that a sum is contested, and the figures of the message say more.
SURE = 0.5


class ExplainDifference(TradeAction):
    action = "action_explain_difference"

    def act(self, turn: Turn) -> None:
        offer = open_offer(turn.session, turn.conversation, "plan")
        if offer and offer.terms.get("reason") == "does_not_add_up" and not turn.context.get("difference_told"):
            turn.context["difference_told"] = True
            debts = [debt for debt in negotiable(turn) if str(debt.id) in offer.terms["debt_ids"]]
            if debts:
                turn.say("utter_plan_difference", total=sum_due(turn, debts))
                return
        unsure = float((turn.parsed.get("intent") or {}).get("confidence") or 0) < SURE
        turn.follow_up = "action_propose_plan" if unsure and says_figures(turn) else "action_dispute"
