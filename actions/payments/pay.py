"""A way to pay, now: all, part or chosen debts, by the methods that the creditor takes and no other."""

from __future__ import annotations

from actions.debts.debt_lines import sum_due
from actions.payments.give_way import give_way_to_pay
from actions.payments.methods_said import method_named, methods_said
from actions.payments.pay_contested import debts_to_pay
from actions.payments.sum_meant import next_of_plan, of_the_plan, sum_meant, sum_said
from actions.plans.plan_wish import rest_in_months
from actions.plans.said import day_said, says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.records import Debt


class PayNow(TradeAction):
    action = "action_pay_now"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if "ask_discount" in turn.wishes and turn.asks_already:
            turn.leave_the_question()  # "a reduction if I pay in one go?": the offer comes first
            return
        if elsewhere := _another_way(turn):
            turn.follow_up = elsewhere
            return
        if debts := debts_to_pay(turn, self.action):
            _give(turn, debts)


class PayPart(TradeAction):
    action = "action_pay_part"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if elsewhere := _another_way(turn):
            turn.follow_up = elsewhere
            return
        debts = debts_to_pay(turn, self.action)
        if not debts:
            return
        amount = sum_said(turn, debts)
        if amount is None:
            turn.ask("payment_choice", amount=sum_due(turn, debts))
        else:
            give_way_to_pay(turn, debts, amount)


class TellPaymentMethods(TradeAction):
    action = "action_tell_payment_methods"

    def act(self, turn: Turn) -> None:
        asked = turn.value("payment_method")
        if asked and turn.context.get("paying_in") == str(turn.message.id):
            turn.leave_the_question()  # "I pay the 152,60 now, by card": it was just given
            return
        for debt in debts_to_pay(turn, self.action)[:1]:
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
        if debts := debts_to_pay(turn, self.action):
            _give(turn, debts, "transfer")


class SetUpDirectDebit(TradeAction):
    """The account number is given on a page, never in the chat (ID-15)."""

    action = "action_set_up_direct_debit"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if debts := debts_to_pay(turn, self.action):
            _give(turn, debts, "direct_debit")


def _give(turn: Turn, debts: list[Debt], method: str | None = None) -> None:
    """A way to pay; where it is the next payment of a plan, that is said, and that all may be paid."""
    debts = of_the_plan(turn, debts)
    amount, due = sum_meant(turn, debts, another_way=method is not None), next_of_plan(turn, debts)
    give_way_to_pay(turn, debts, amount, method)
    if due and amount == due[1] and turn.conversation.expecting == "payment_given":
        turn.say("utter_next_of_plan", day=due[0], amount=sum_due(turn, debts))
    if due and says(turn, words_of("cancels")):
        turn.ask("cancel_plan_confirmation")  # "cancel the plan, I pay it all": both


def _another_way(turn: Turn) -> str | None:
    """What looks like paying now and is a plan, a promise, or the rest of a sum on a later day."""
    if (turn.value("instalment_count") or 1) > 1 or turn.value("period") or rest_in_months(turn):
        return "action_propose_plan"
    day = day_said(turn)
    if (day and day > turn.today) or (says(turn, words_of("paydays")) and not day):
        return "action_promise"
    return None
