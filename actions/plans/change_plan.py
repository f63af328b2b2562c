"""Move the dates of a running plan, or replace it by another one."""

from __future__ import annotations

from datetime import date

from actions.plans.plan_status import plan_of
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.documents.plan_agreement import write_agreement
from recovery.errors import OutsideTerms
from recovery.money import Money
from recovery.plans.change_plan import change_plan, moved_dates
from recovery.plans.offer import make_offer, open_offer


class ChangePlan(TradeAction):
    action = "action_change_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        plan = plan_of(turn)
        if plan is None:
            turn.follow_up = "action_propose_plan"
            return
        if turn.amounts() or turn.value("instalment_count"):
            turn.follow_up = "action_propose_plan"  # another sum is another plan, under the same terms
            return
        day = turn.day()
        if day is None:
            turn.ask("change_plan_wish")
            return
        try:
            parts = moved_dates(turn.session, plan, day, turn.today)
        except OutsideTerms as refused:
            turn.say(f"utter_change_plan_{refused.reason}")
            turn.conversation.expecting = "change_plan_wish"
            return
        terms = {
            "plan": str(plan.id),
            "parts": [[due.isoformat(), cents] for due, cents in parts],
            "debt_ids": plan.debt_ids,
        }
        make_offer(turn.session, turn.clock, turn.conversation, "plan_change", terms)
        turn.ask("change_plan_confirmation", schedule=[(due, Money(cents, plan.currency)) for due, cents in parts])


class ConfirmChangePlan(TradeAction):
    action = "action_confirm_change_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        plan, offer = plan_of(turn), open_offer(turn.session, turn.conversation, "plan_change")
        turn.stay_with("plan_made")
        if plan is None or offer is None or offer.terms["plan"] != str(plan.id):
            turn.say("utter_no_plan")
            return
        parts = [(date.fromisoformat(day), cents) for day, cents in offer.terms["parts"]]
        changed = change_plan(turn.session, turn.clock, turn.conversation, plan, parts, turn.message)
        offer.state = "accepted"
        turn.say("utter_plan_changed", schedule=[(day, Money(cents, changed.currency)) for day, cents in parts])
        turn.enclose(write_agreement(turn.session, turn.clock, changed, turn.language))
