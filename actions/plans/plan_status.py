"""Where a plan or a promise stands, and its end when the debtor wants out."""

from __future__ import annotations

from actions.payments.methods_said import say_nothing_is_taken
from actions.plans.arrangement import (
    asks_which_plan,
    open_promise,
    plan_of,
    plans_of,
    promises_of,
    remaining,
    tell_promises,
)
from actions.plans.clear_yes import begins_with_yes, says_yes
from actions.plans.plan_wish import forget_wish, says_figures
from actions.plans.said import all_at_once, says
from actions.plans.show_plan import tell_which
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.audit import fingerprint, record_act
from recovery.plans.promise import cancel_promise
from recovery.plans.records import Plan

# A yes to these comes first, whatever is said after it.
CONFIRMED_BY = {
    "change_plan_confirmation": "action_confirm_change_plan",
    "plan_acceptance": "action_accept_plan",
    "promise_confirmation": "action_confirm_promise",
}


class PlanStatus(TradeAction):
    action = "action_plan_status"

    def act(self, turn: Turn) -> None:
        plans, promises = plans_of(turn), promises_of(turn)
        if plans or promises:
            say_nothing_is_taken(turn)
            for plan in plans:
                _tell(turn, plan)
            tell_promises(turn, promises)
            if len(plans) > 1 and turn.conversation.expecting == "plan_made":
                turn.close_question()  # none of them is spoken of before the other any more
        elif says(turn, words_of("how_much")):
            turn.follow_up = "action_tell_balance"
        elif says(turn, words_of("payments_made")):
            turn.follow_up = "action_payment_status"
        elif turn.asks_already:
            turn.leave_the_question()
        else:
            turn.ask("plan_start")


class CancelPlan(TradeAction):
    action = "action_cancel_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if turn.conversation.expecting in CONFIRMED_BY and begins_with_yes(turn):
            turn.follow_up = CONFIRMED_BY[turn.conversation.expecting]  # "yes, and I won't touch it again"
            return
        if asks_which_plan(turn, self.action):
            return
        if plan_of(turn):
            turn.ask("cancel_plan_confirmation")
        elif open_promise(turn):
            for promise in promises_of(turn):
                cancel_promise(turn.session, turn.clock, promise, turn.text)
            turn.close_question()
            turn.say("utter_promise_cancelled")
        elif turn.conversation.expecting == "plan_wish" and says(turn, words_of("given_up")) and not says_figures(turn):
            turn.follow_up = "action_leave_plan_aside"
        elif says_figures(turn):
            turn.follow_up = "action_propose_plan"  # nothing to cancel, and a sum: it is a plan that is wished for
        elif turn.asks_already:
            turn.leave_the_question()
        else:
            turn.ask("plan_start")


class ConfirmCancelPlan(TradeAction):
    action = "action_confirm_cancel_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        plan = plan_of(turn)
        if plan and turn.intent != "cancel_plan" and not says_yes(turn):
            turn.say("utter_plan_yes_or_no")
            return
        turn.close_question()
        if plan is None:
            turn.say("utter_no_plan_any_more")
            return
        plan.state = "cancelled"
        record_act(
            turn.session, turn.clock, "debtor", "plan.cancelled", f"plan:{plan.id}", words_sha256=fingerprint(turn.text)
        )
        turn.say("utter_plan_cancelled")
        if turn.context.get("paying"):
            turn.stay_with("payment_given")  # its page was given with the wish to pay it all


class KeepPlan(TradeAction):
    action = "action_keep_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        turn.say("utter_plan_kept")


class LeavePlanAside(TradeAction):
    """No to "would you like to pay in several times?": nothing is pressed."""

    action = "action_leave_plan_aside"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        if says(turn, words_of("given_up")) and (says_figures(turn) or all_at_once(turn)):
            turn.follow_up = (
                "action_propose_plan" if says_figures(turn) else "action_pay_now"
            )  # "forget that: 50 a month"
            return
        turn.close_question()
        forget_wish(turn)
        turn.say("utter_as_you_wish")


def _tell(turn: Turn, plan: Plan) -> None:
    tell_which(turn, [debt for debt in turn.debts if str(debt.id) in plan.debt_ids])
    left = remaining(plan)
    facts = {"count": len(plan.instalments), "schedule": left}
    paid = len(plan.instalments) - len(left)
    if left and says(turn, words_of("the_last")) and "ask_balance" not in turn.wishes:
        turn.say("utter_plan_last", day=left[-1][0], amount=left[-1][1], count=len(left))
        return
    turn.say("utter_plan_status" if paid else "utter_plan_status_unpaid", paid=paid, **facts)
