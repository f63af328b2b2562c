"""From what is affordable to a plan the creditor's terms allow, with the reason where it is not what was asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from babel.dates import format_date

from actions.debts.debt_lines import sum_due
from actions.debts.debts_meant import fold
from actions.debts.settle_on import settle_on
from actions.payments.give_way import give_way_to_pay
from actions.payments.pay_contested import asks_to_pay_contested
from actions.plans.arrangement import plan_of, remaining
from actions.plans.plan_wish import minimum_asked, says_figures, sum_at_once, wish_so_far
from actions.plans.said import all_at_once, day_said, says
from actions.plans.share_budget import by_creditor
from actions.plans.show_plan import put_on_the_table, tell_terms
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.records import Debt
from recovery.handover.hand_over import hand_over
from recovery.money import Money
from recovery.plans.pauses import after_the_pause
from recovery.plans.propose_plan import Proposal, Wish, propose_plan
from recovery.plans.terms import Terms

# After these a person takes over, with the debtor's proposals attached.
MOST_COUNTER_OFFERS = 3
ABOUT_PLANS = ("plan_wish", "plan_acceptance", "plan_start", "plan_made", "budget_wish", "budget_acceptance")
# Asked once how much; whoever cannot say is shown the smallest plan.
MOST_ASKED = 1


class ProposePlan(TradeAction):
    action = "action_propose_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if turn.intent == "promise_to_pay" and says(turn, words_of("places")["all"]):
            turn.follow_up = "action_promise"  # "I'll pay it all on the 5th" in the middle of a plan
            return
        if turn.value("payment_method") and not says_figures(turn) and not turn.context.get("plan_wish"):
            turn.follow_up = "action_tell_payment_methods"  # "is Bizum possible?" asks for a way to pay
            return
        if _one_sum_on_one_day(turn):
            turn.follow_up = "action_promise"
            return
        spread = (turn.value("instalment_count") or 1) > 1 or turn.value("period") or turn.amounts()
        if "ask_discount" in turn.wishes and not spread:
            turn.leave_the_question()
            return  # "a reduction if I pay in one go?": no plan is asked for
        if all_at_once(turn) and not says_figures(turn):
            turn.follow_up = "action_pay_now"
            return
        if asks_to_pay_contested(turn):
            return
        debts = settle_on(turn, self.action)
        if not debts:
            return
        if len(by_creditor(debts)) > 1:
            turn.follow_up = "action_share_budget"  # each creditor has its own terms, and its own plan
            return
        if any(debt.product == "mortgage" for debt in debts):
            turn.follow_up = "action_call_a_person"  # a home is at stake: never by an assistant (IN-06)
            return
        due, terms = sum_due(turn, debts), Terms.of(debts[0].creditor.terms)
        if minimum_asked(turn):
            tell_terms(turn, debts, due, terms)
            return
        wish = _wish(turn, debts, due, terms)
        if wish is None:
            return
        if now := sum_at_once(turn, due):
            turn.context["others_told"] = True  # one way and one question are enough here
            give_way_to_pay(turn, debts, now)
        proposal = propose_plan(due, wish, terms, turn.today)
        if proposal.reason == "more_than_due":
            _all_at_once(turn)
        elif _too_many_refused(turn, proposal, wish):
            _call_a_person(turn, debts)
        else:
            put_on_the_table(turn, debts, proposal, wish)


def _one_sum_on_one_day(turn: Turn) -> bool:
    """ "I can give you 150 on 30 November, no more": a day with its month, no rhythm, and no plan spoken of so far."""
    day = day_said(turn)
    begun = turn.context.get("plan_wish") or turn.conversation.expecting in ABOUT_PLANS or plan_of(turn)
    rhythm = turn.value("period") or turn.value("instalment_count") or turn.value("share")
    one = len(turn.amounts()) == 1 and len(turn.all_values("date")) == 1 and day is not None and day > turn.today
    if not one or begun or rhythm or says(turn, words_of("rhythm")) or turn.intent == "request_instalments":
        return False
    return fold(format_date(day, "MMMM", locale=turn.language)) in fold(turn.text)


def _wish(turn: Turn, debts: list[Debt], due: Money, terms: Terms) -> Wish | None:
    """What was said so far; None once the debtor was asked how much. Whoever does not know is shown the smallest plan."""
    nothing_new = not says_figures(turn)
    _keep_next_day(turn, debts, terms)
    wish = wish_so_far(turn, due)
    if wish.says_how_much and not (nothing_new and turn.context.pop("plan_refused", False)):
        turn.context.pop("plan_refused", None)
        return wish
    asked = turn.context.get("plan_asked", 0)
    turn.context["plan_asked"] = asked + 1
    if asked < MOST_ASKED:
        tell_terms(turn, debts, due, terms, asks=True)
        return None
    turn.context["plan_wish"] = {**turn.context["plan_wish"], "smallest": True, "count": None, "each": None}
    return wish_so_far(turn, due)


def _keep_next_day(turn: Turn, debts: list[Debt], terms: Terms) -> None:
    """Unless a day is named, a plan that is changed goes on from its next day, and time given before a plan is left to run."""
    plan, kept = plan_of(turn, debts), turn.context.get("plan_wish", {})
    if "first" in kept:
        return
    latest = turn.today + timedelta(days=terms.max_first_payment_days)
    first = after_the_pause(turn.session, turn.clock, debts, latest)
    if plan and (left := remaining(plan)):
        first = min(left[0][0], latest)
    if first:
        turn.context["plan_wish"] = {**kept, "first": first.isoformat()}


def _all_at_once(turn: Turn) -> None:
    turn.context.pop("plan_wish", None)
    turn.follow_up = "action_promise" if turn.day() else "action_pay_now"


def _too_many_refused(turn: Turn, proposal: Proposal, wish: Wish) -> bool:
    """Counts the offers that answer a new wish with another plan. What was proposed is kept for a person."""
    if proposal.reason not in ("below_minimum", "too_long"):
        return False
    said: list[dict[str, Any]] = turn.context.setdefault("proposals", [])
    now = {"each": wish.each.cents if wish.each else None, "count": wish.count, "period": wish.period}
    if now not in said:
        said.append(now)
    return len(said) > MOST_COUNTER_OFFERS


def _call_a_person(turn: Turn, debts: list[Debt]) -> None:
    turn.close_question()
    turn.say(f"utter_plan_to_a_person_{turn.debtor.country.lower()}")
    facts = {
        "debtor_proposal": turn.context.get("plan_wish"),
        "debtor_proposals": turn.context.pop("proposals", []),
        "references": [debt.reference for debt in debts],
    }
    hand_over(turn.session, turn.clock, turn.conversation, reason="plan_outside_terms", words=turn.text, extra=facts)
