"""A clear yes to a plan, or a no."""

from __future__ import annotations

from actions.debts.debt_lines import sum_due
from actions.plans.clear_yes import begins_with_yes, says_yes
from actions.plans.plan_wish import forget_wish, says_figures
from actions.plans.said import all_at_once, says
from actions.plans.show_plan import in_short, told_in_short
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.documents.plan_agreement import write_agreement
from recovery.documents.receipt import language_beside
from recovery.errors import Refusal
from recovery.plans.accept_plan import accept_plan, parts_of
from recovery.plans.offer import open_offer, refuse_offer
from recovery.plans.records import Offer


class AcceptPlan(TradeAction):
    action = "action_accept_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        offer = open_offer(turn.session, turn.conversation, "plan")
        if offer is None:
            turn.follow_up = "action_propose_plan"
        elif says_figures(turn) and not (begins_with_yes(turn) and _only_repeats(turn, offer)):
            turn.follow_up = "action_propose_plan"  # "yes, but from the 10th" is another plan
        elif not says_yes(turn):
            turn.say("utter_plan_yes_or_no")
        elif _paid_since(turn, offer):
            turn.context.get("plan_wish", {}).pop("at_once", None)
            turn.follow_up = (
                "action_propose_plan"  # less is due than was shown: a yes is asked for to the right figures
            )
        else:
            _conclude(turn, offer)


class RefusePlan(TradeAction):
    action = "action_refuse_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        offer = open_offer(turn.session, turn.conversation, "plan")
        if says_figures(turn):
            turn.follow_up = "action_propose_plan"
            return
        _refuse(turn, offer)
        if all_at_once(turn):
            turn.close_question()
            turn.follow_up = "action_pay_now"  # "forget the plan, I'll pay it all"
        elif says(turn, words_of("given_up")):
            turn.close_question()
            forget_wish(turn)
            turn.say("utter_as_you_wish")  # the plan is given up, not its figures: no other sum is asked for
        else:
            turn.say("utter_plan_refused")


class PlanTooHigh(TradeAction):
    action = "action_plan_too_high"
    comes_back = False

    def act(self, turn: Turn) -> None:
        offer = open_offer(turn.session, turn.conversation, "plan")
        if says_figures(turn) and not (offer and _only_repeats(turn, offer)):
            turn.follow_up = "action_propose_plan"
            return
        _refuse(turn, offer)
        turn.say("utter_plan_too_high")


def _paid_since(turn: Turn, offer: Offer) -> bool:
    """Part of it was paid between the plan shown and the yes."""
    debts = [debt for debt in turn.debts if str(debt.id) in offer.terms["debt_ids"]]
    parts = parts_of(offer)
    return bool(debts) and sum_due(turn, debts) < sum((amount for _, amount in parts[1:]), parts[0][1])


def _refuse(turn: Turn, offer: Offer | None) -> None:
    """What was said so far is kept: "no" and then "the 10th" is the same plan on another day."""
    if offer:
        refuse_offer(turn.session, turn.clock, offer)
        turn.context["plan_refused"] = True
    turn.wait_for("plan_wish")


def _conclude(turn: Turn, offer: Offer) -> None:
    parts = parts_of(offer)
    try:
        plan = accept_plan(turn.session, turn.clock, turn.conversation, offer, turn.message)
    except Refusal:
        turn.close_question()
        turn.say("utter_all_on_hold")
        return
    turn.stay_with("plan_made")
    forget_wish(turn)
    turn.context["plan"] = str(plan.id)
    short = "_short" if told_in_short(turn, parts) else ""
    turn.say(f"utter_plan_accepted{short}", schedule=parts, **in_short(parts))
    turn.enclose(write_agreement(turn.session, turn.clock, plan, language_beside(turn.debtor, turn.language)))


def _only_repeats(turn: Turn, offer: Offer) -> bool:
    """Every figure said is one that the offer shows."""
    parts = parts_of(offer)
    shown = {amount for _, amount in parts} | {sum((amount for _, amount in parts[1:]), parts[0][1])}
    count, day = turn.value("instalment_count"), turn.day()
    return (
        all(amount in shown for amount in turn.amounts())
        and count in (None, len(parts))
        and (day is None or day in {due for due, _ in parts})
        and turn.value("share") is None
    )
