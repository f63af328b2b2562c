"""Where a plan stands, and its end when the debtor wants out."""

from __future__ import annotations

from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.audit import record_act
from recovery.money import Money
from recovery.plans.accept_plan import running_plan
from recovery.plans.records import Plan


class PlanStatus(TradeAction):
    action = "action_plan_status"

    def act(self, turn: Turn) -> None:
        plan = plan_of(turn)
        if plan is None:
            turn.say("utter_no_plan")
            return
        left = remaining(plan)
        turn.say(
            "utter_plan_status", paid=len(plan.instalments) - len(left), count=len(plan.instalments), schedule=left
        )


class CancelPlan(TradeAction):
    action = "action_cancel_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if plan_of(turn) is None:
            turn.say("utter_no_plan")
        else:
            turn.ask("cancel_plan_confirmation")


class ConfirmCancelPlan(TradeAction):
    action = "action_confirm_cancel_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        plan = plan_of(turn)
        turn.close_question()
        if plan is None:
            turn.say("utter_no_plan")
            return
        plan.state = "cancelled"
        record_act(turn.session, turn.clock, "debtor", "plan.cancelled", f"plan:{plan.id}", words=turn.text)
        turn.say("utter_plan_cancelled")


class KeepPlan(TradeAction):
    action = "action_keep_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        turn.say("utter_plan_kept")


def plan_of(turn: Turn) -> Plan | None:
    return running_plan(turn.session, {debt.id for debt in turn.debts})


def remaining(plan: Plan) -> list[tuple[object, Money]]:
    return [
        (part.due_on, Money(part.amount_cents - part.paid_cents, plan.currency))
        for part in plan.instalments
        if part.paid_cents < part.amount_cents
    ]
