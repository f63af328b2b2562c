"""One sum on one day: gathered, repeated, confirmed by a clear yes, then recorded."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from actions.debts.debt_lines import due_on
from actions.debts.debts_meant import debts_meant, negotiable
from actions.debts.settle_on import settle_on
from actions.payments.day_paid import day_paid
from actions.payments.pay_contested import asks_to_pay_contested
from actions.plans.arrangement import plan_of
from actions.plans.clear_yes import says_yes
from actions.plans.plan_wish import rest_in_months, says_figures
from actions.plans.promise_wish import gather, give_way_for_today, in_two_halves, open_sum, take_up_the_one_made
from actions.plans.said import all_at_once, day_said, says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.records import Debt
from recovery.errors import OutsideTerms
from recovery.money import Money
from recovery.plans.offer import make_offer, open_offer, refuse_offer
from recovery.plans.promise import check_promise, make_promise, promise_limit
from recovery.plans.remind import can_be_reminded


class TakePromise(TradeAction):
    action = "action_promise"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if turn.intent == "ask_receipt" and not says_figures(turn):
            turn.follow_up = "action_give_receipt"  # "is it a PDF? my bees do not read the rest"
            return
        take_up_the_one_made(turn)
        if (turn.value("instalment_count") or 1) > 1 or rest_in_months(turn):
            turn.follow_up = "action_propose_plan"
            return
        if turn.asks_already and turn.conversation.expecting == "plan_acceptance" and len(turn.amounts()) < 2:
            turn.leave_the_question()  # "100 a month, on the 1st": the plan just shown says it all
            return
        if turn.conversation.expecting == "payment_facts" and (paid := day_paid(turn)) and paid <= turn.today:
            turn.follow_up = "action_take_payment_facts"  # the day they paid, in answer to our question
            return
        if all_at_once(turn) and not says_figures(turn) and plan_of(turn):
            turn.follow_up = "action_pay_now"  # "all of it, finally", said of a plan
            return
        if _already_paid(turn):
            turn.follow_up = "action_report_payment"
            return
        if asks_to_pay_contested(turn):
            return
        debts = settle_on(turn, self.action)
        if not debts:
            return
        if in_two_halves(turn):
            turn.follow_up = "action_propose_plan"
            return
        give_way_for_today(turn, debts)
        kept = gather(turn, debts)
        if _method_refused(turn, debts[0]):
            return
        if turn.conversation.expecting == "promise_confirmation" and _says_it_again(turn, kept):
            if says_yes(turn):
                turn.follow_up = "action_confirm_promise"  # "Thursday the 26th, yes"
                return
            turn.say("utter_promise_needs_a_yes", amount=Money(**kept["amount"]), day=date.fromisoformat(kept["day"]))
            return
        if "day" not in kept:
            payday = "_payday" if says(turn, words_of("paydays")) else ""
            turn.ask("promise_facts", form=payday, amount=Money(**kept["amount"]), limit=_limit(turn, debts))
            return
        _repeat_and_ask(turn, debts, Money(**kept["amount"]), date.fromisoformat(kept["day"]), kept.get("method"))


class ConfirmPromise(TradeAction):
    action = "action_confirm_promise"
    comes_back = False

    def act(self, turn: Turn) -> None:
        offer = open_offer(turn.session, turn.conversation, "promise")
        if offer is None or (says_figures(turn) and not _repeats(turn, offer.terms)):
            turn.follow_up = "action_promise"
            return
        if not says_yes(turn):
            turn.ask_again()
            return
        day = date.fromisoformat(offer.terms["day"])
        for key, cents in offer.terms["shares"].items():
            debt = turn.session.get_one(Debt, uuid.UUID(key))
            amount = Money(cents, offer.terms["currency"])
            make_promise(
                turn.session, turn.clock, turn.conversation, debt, amount, day, turn.message, offer.terms.get("method"),
                beside=bool(offer.terms.get("beside")),
            )  # fmt: skip
        offer.state = "accepted"
        agreed = turn.context.pop("promise", {})
        kept = {key: value for key, value in agreed.items() if key != "day"}
        turn.context["promise_made"] = {**kept, "agreed_day": offer.terms["day"]}
        turn.stay_with("promise_made")
        reminded = "_reminded" if can_be_reminded(turn.session, turn.clock, turn.debtor, day) else ""
        amount = Money(offer.terms["cents"], offer.terms["currency"])
        turn.say(f"utter_promise_recorded{reminded}", amount=amount, day=day)


class DropPromise(TradeAction):
    action = "action_drop_promise"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if says(turn, words_of("nothing_more")) and says_yes(turn):
            turn.follow_up = "action_confirm_promise"  # "nothing to add on the box; and yes, the 2nd": two answers
            return
        named = debts_meant(turn, turn.debts)
        left = negotiable(turn, named)
        if says_figures(turn) or left:
            turn.follow_up = "action_promise"  # "no, not both, only the phone": the same promise on what is named
            return
        if named:  # "the gym, never!": it is held already, and the promise on the rest stands as asked
            turn.say("utter_not_asked_for", reference=named[0].reference)
            turn.ask_again()
            return
        offer = open_offer(turn.session, turn.conversation, "promise")
        if offer:
            refuse_offer(turn.session, turn.clock, offer)
        turn.context.pop("promise", None)
        turn.close_question()
        turn.say("utter_promise_dropped")


def _already_paid(turn: Turn) -> bool:
    """ "I paid 50 on the 10th": a day gone by, outside any talk of a day to come, is a payment made."""
    day = day_said(turn)
    asked = turn.conversation.expecting in ("promise_facts", "promise_confirmation", "promise_made")
    return day is not None and day < turn.today and not asked


def _method_refused(turn: Turn, debt: Debt) -> bool:
    method = turn.value("payment_method")
    if not method or method in debt.creditor.payment_methods:
        return False
    turn.context["promise"].pop("method", None)
    turn.follow_up = "action_tell_payment_methods"
    return True


def _repeat_and_ask(turn: Turn, debts: list[Debt], amount: Money, day: date, method: str | None) -> None:
    kept = turn.context["promise"]
    due = open_sum(turn, debts, kept)
    try:
        for debt in debts:
            check_promise(debt, due, amount, day, turn.today)
    except OutsideTerms as refused:
        turn.context["promise"].pop("amount" if refused.reason == "more_than_due" else "day", None)
        turn.say(f"utter_promise_{refused.reason}", limit=_limit(turn, debts), due=due)
        if refused.reason == "too_late":
            turn.context["promise"]["latest"] = _limit(turn, debts).isoformat()
        turn.wait_for("promise_facts")
        return
    shares = _shares(turn, debts, amount)
    terms = {
        "shares": shares,
        "cents": amount.cents,
        "currency": amount.currency,
        "day": day.isoformat(),
        "method": method,
        "beside": bool(kept.get("beside")),
    }
    make_offer(turn.session, turn.clock, turn.conversation, "promise", {**terms, "debt_ids": list(shares)})
    turn.ask("promise_confirmation", amount=amount, day=day, references=", ".join(debt.reference for debt in debts))


def _shares(turn: Turn, debts: list[Debt], amount: Money) -> dict[str, int]:
    """Oldest debt first, each up to what is due on it."""
    shares, left = {}, amount.cents
    for debt in debts:
        part = min(left, due_on(turn, debt).cents)
        if part > 0:
            shares[str(debt.id)] = part
            left -= part
    return shares


def _limit(turn: Turn, debts: list[Debt]) -> date:
    return min(promise_limit(debt, turn.today) for debt in debts)


def _says_it_again(turn: Turn, kept: dict[str, Any]) -> bool:
    """Every figure said is the one that was just repeated to the debtor: a yes is still awaited."""
    offer = open_offer(turn.session, turn.conversation, "promise")
    same = (
        offer is not None and kept["amount"]["cents"] == offer.terms["cents"] and kept.get("day") == offer.terms["day"]
    )
    return same and says_figures(turn) and _repeats(turn, offer.terms) and kept["debts"] == offer.terms["debt_ids"]  # type: ignore[union-attr]


def _repeats(turn: Turn, terms: dict[str, object]) -> bool:
    day = day_said(turn)
    same_sum = all(amount.cents == terms["cents"] for amount in turn.amounts())
    return same_sum and (day is None or day.isoformat() == terms["day"]) and (turn.value("instalment_count") or 1) == 1
