"""A way to pay, now: all, part or chosen debts, by the methods that the creditor takes and no other."""

from __future__ import annotations

from actions.debts.debt_lines import sum_due
from actions.debts.settle_on import settle_on
from actions.payments.methods_said import BY_PAGE, method_named, methods_said
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.records import Debt
from recovery.errors import Refusal
from recovery.money import Money
from recovery.payments.intent import payment_link
from recovery.settings import settings


class PayNow(TradeAction):
    action = "action_pay_now"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if (turn.value("instalment_count") or 1) > 1:
            turn.follow_up = "action_propose_plan"
            return
        debts = settle_on(turn, self.action)
        if debts:
            give_way_to_pay(turn, debts, _sum_said(turn, debts) or sum_due(turn, debts))


class PayPart(TradeAction):
    action = "action_pay_part"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if (turn.value("instalment_count") or 1) > 1:
            turn.follow_up = "action_propose_plan"
            return
        debts = settle_on(turn, self.action)
        if not debts:
            return
        amount = _sum_said(turn, debts)
        if amount is None:
            turn.ask("payment_choice", amount=sum_due(turn, debts))
        elif turn.day() and turn.day() > turn.today:  # type: ignore[operator]
            turn.follow_up = "action_promise"
        else:
            give_way_to_pay(turn, debts, amount)


class TellPaymentMethods(TradeAction):
    action = "action_tell_payment_methods"

    def act(self, turn: Turn) -> None:
        for debt in settle_on(turn, self.action)[:1]:
            asked = turn.value("payment_method")
            methods = methods_said(turn, debt)
            if asked and asked not in debt.creditor.payment_methods:
                turn.say(
                    "utter_method_not_taken",
                    asked=method_named(turn, asked),
                    methods=methods,
                    creditor=debt.creditor.name,
                )
            else:
                turn.say("utter_payment_methods", methods=methods, creditor=debt.creditor.name)


class GiveBankDetails(TradeAction):
    action = "action_give_bank_details"

    def act(self, turn: Turn) -> None:
        debts = settle_on(turn, self.action)
        if debts:
            give_transfer(turn, debts, _sum_said(turn, debts) or sum_due(turn, debts))


class SetUpDirectDebit(TradeAction):
    """The account number is given on a page, never in the chat (ID-15); a person sends the mandate."""

    action = "action_set_up_direct_debit"

    def act(self, turn: Turn) -> None:
        for debt in settle_on(turn, self.action)[:1]:
            if "direct_debit" not in debt.creditor.payment_methods:
                methods = methods_said(turn, debt)
                turn.say(
                    "utter_method_not_taken",
                    asked=method_named(turn, "direct_debit"),
                    methods=methods,
                    creditor=debt.creditor.name,
                )
                return
            give_way_to_pay(turn, [debt], sum_due(turn, [debt]), "direct_debit")


def give_way_to_pay(turn: Turn, debts: list[Debt], amount: Money, method: str | None = None) -> None:
    """A page for a card and its like, the bank details for a transfer."""
    taken = debts[0].creditor.payment_methods
    method = method or turn.value("payment_method") or next((way for way in BY_PAGE if way in taken), taken[0])
    if method not in taken:
        turn.say(
            "utter_method_not_taken",
            asked=method_named(turn, method),
            methods=methods_said(turn, debts[0]),
            creditor=debts[0].creditor.name,
        )
        return
    if method == "transfer":
        give_transfer(turn, debts, amount)
        return
    try:
        intent = payment_link(turn.session, turn.clock, turn.debtor.id, debts, amount, method, turn.conversation.id)
    except Refusal:
        turn.say("utter_all_on_hold")
        return
    turn.close_question()
    url = f"{settings().public_url.rstrip('/')}/pay/{intent.token}"
    turn.say("utter_payment_link", amount=amount, url=url, method=method_named(turn, method))


def give_transfer(turn: Turn, debts: list[Debt], amount: Money) -> None:
    creditor = debts[0].creditor
    if "transfer" not in creditor.payment_methods or not creditor.iban:
        turn.say("utter_payment_methods", methods=methods_said(turn, debts[0]), creditor=creditor.name)
        return
    try:
        payment_link(turn.session, turn.clock, turn.debtor.id, debts, amount, "transfer", turn.conversation.id)
    except Refusal:
        turn.say("utter_all_on_hold")
        return
    turn.close_question()
    iban = " ".join(creditor.iban[i : i + 4] for i in range(0, len(creditor.iban), 4))
    references = ", ".join(debt.reference for debt in debts)
    turn.say(
        "utter_bank_details",
        holder=creditor.legal_name,
        iban=iban,
        bic=creditor.bic or "-",
        references=references,
        amount=amount,
    )


def _sum_said(turn: Turn, debts: list[Debt]) -> Money | None:
    """The sum named, never more than what is due."""
    due, share = sum_due(turn, debts), turn.value("share")
    named = (
        turn.amounts()[-1] if turn.amounts() else due.share(share["numerator"], share["denominator"]) if share else None
    )
    return min(named, due) if named else None
