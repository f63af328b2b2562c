"""A way to pay, now: all, part or chosen debts, by the methods that the creditor takes and no other."""

from __future__ import annotations

from actions.debts.debt_lines import sum_due
from actions.debts.settle_on import settle_on
from actions.payments.give_way import give_transfer, give_way_to_pay
from actions.payments.methods_said import method_named, methods_said
from actions.plans.arrangement import plan_of, remaining
from actions.plans.said import all_at_once, day_said, says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.records import Debt
from recovery.money import Money


class PayNow(TradeAction):
    action = "action_pay_now"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if elsewhere := _another_way(turn):
            turn.follow_up = elsewhere
            return
        debts = settle_on(turn, self.action)
        if debts:
            give_way_to_pay(turn, debts, _sum_said(turn, debts) or _next_instalment(turn, debts))


class PayPart(TradeAction):
    action = "action_pay_part"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if elsewhere := _another_way(turn):
            turn.follow_up = elsewhere
            return
        debts = settle_on(turn, self.action)
        if not debts:
            return
        amount = _sum_said(turn, debts)
        if amount is None:
            turn.ask("payment_choice", amount=sum_due(turn, debts))
        else:
            give_way_to_pay(turn, debts, amount)


class TellPaymentMethods(TradeAction):
    action = "action_tell_payment_methods"

    def act(self, turn: Turn) -> None:
        for debt in settle_on(turn, self.action)[:1]:
            asked = turn.value("payment_method")
            methods, creditor = methods_said(turn, debt), debt.creditor.name
            if asked and asked not in debt.creditor.payment_methods:
                turn.say("utter_method_not_taken", asked=method_named(turn, asked), methods=methods, creditor=creditor)
            elif asked:
                turn.follow_up = "action_pay_now"  # "a transfer then": taken, so here it is
            else:
                turn.say("utter_payment_methods", methods=methods, creditor=creditor)
                turn.conversation.expecting = turn.conversation.expecting or "payment_given"


class GiveBankDetails(TradeAction):
    action = "action_give_bank_details"
    comes_back = False

    def act(self, turn: Turn) -> None:
        debts = settle_on(turn, self.action)
        if debts:
            give_transfer(turn, debts, _sum_said(turn, debts) or _sum_kept(turn, debts))


class SetUpDirectDebit(TradeAction):
    """The account number is given on a page, never in the chat (ID-15)."""

    action = "action_set_up_direct_debit"
    comes_back = False

    def act(self, turn: Turn) -> None:
        debts = settle_on(turn, self.action)
        if debts:
            give_way_to_pay(turn, debts, _sum_said(turn, debts), "direct_debit")


def _another_way(turn: Turn) -> str | None:
    """What looks like paying now and is a plan, a promise, or the rest of a sum on a later day."""
    if (turn.value("instalment_count") or 1) > 1 or turn.value("period"):
        return "action_propose_plan"
    day = day_said(turn)
    if (day and day > turn.today) or (says(turn, words_of("paydays")) and not day):
        return "action_promise"
    return None


def _sum_said(turn: Turn, debts: list[Debt]) -> Money | None:
    """The sum named, never more than what is due."""
    due, share = sum_due(turn, debts), turn.value("share")
    named = (
        turn.amounts()[-1] if turn.amounts() else due.share(share["numerator"], share["denominator"]) if share else None
    )
    return min(named, due) if named else None


def _next_instalment(turn: Turn, debts: list[Debt]) -> Money | None:
    """Where a plan runs, "where do I pay" is about its next payment, unless all is wished for."""
    plan = None if all_at_once(turn) or says(turn, words_of("places")["all"]) else plan_of(turn)
    kept = turn.conversation.expecting == "payment_given" and turn.context.get("paying")
    if plan is None or kept or not all(str(debt.id) in plan.debt_ids for debt in debts):
        return None
    return next((amount for _, amount in remaining(plan)), None)


def _sum_kept(turn: Turn, debts: list[Debt]) -> Money:
    """The sum of the way to pay given a moment ago, when only the way changes."""
    due = sum_due(turn, debts)
    kept = turn.context.get("paying")
    return Money(min(kept, due.cents), due.currency) if kept and turn.conversation.expecting == "payment_given" else due
