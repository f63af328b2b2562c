"""What a debt is for, and when it had to be paid."""

from actions.debts.debts_meant import debts_meant, negotiable
from actions.debts.settle_on import settle_on
from actions.plans.arrangement import open_promise, plan_of
from actions.plans.said import says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.balance import balance_on
from recovery.disputes.open_dispute import disputes_of

DISPUTE_SPOKEN_OF = ("dispute_more", "dispute_noted", "payment_noted")


class ExplainDebt(TradeAction):
    action = "action_explain_debt"

    def act(self, turn: Turn) -> None:
        if len(turn.debts) > 1 and not negotiable(turn) and says(turn, words_of("holds_for")):
            turn.say("utter_holds_for_all")  # "and does that hold for both bills?"
            return
        for debt in settle_on(turn, self.action, among=turn.debts):
            balance = balance_on(turn.session, debt, turn.today)
            plain = not (balance.interest or balance.indemnity or balance.paid)
            turn.say(
                f"utter_debt_details{'_plain' if plain else ''}", creditor=debt.creditor.legal_name, description=debt.description,
                reference=debt.reference, issued_on=debt.issued_on, due_on=debt.due_on, principal=balance.principal,
                interest=balance.interest, indemnity=balance.indemnity, paid=balance.paid, amount=balance.due,
            )  # fmt: skip
            if debt.letter_ref and debt.letter_sent_on:
                turn.say("utter_letter_recalled", letter_ref=debt.letter_ref, letter_day=debt.letter_sent_on)


class TellDueDate(TradeAction):
    action = "action_tell_due_date"

    def act(self, turn: Turn) -> None:
        if says(turn, words_of("more_time")) and not plan_of(turn):
            turn.follow_up = "action_give_time"
            return
        if plan_of(turn) or open_promise(turn):
            turn.follow_up = "action_plan_status"  # the day that counts is the one agreed
            return
        named = debts_meant(turn, turn.debts)
        if not named and _about_the_dispute(turn):
            if "ask_dispute_status" not in turn.wishes:
                turn.follow_up = "action_dispute_status"  # "and when will it be?": the answer, not the bill
            return
        for debt in settle_on(turn, self.action, among=turn.debts if named else negotiable(turn) or turn.debts):
            passed = debt.due_on < turn.today
            turn.say(
                f"utter_due_date{'_passed' if passed else ''}",
                reference=debt.reference,
                description=debt.description,
                day=debt.due_on,
            )


def _about_the_dispute(turn: Turn) -> bool:
    """A dispute is spoken of, or all they have is being examined."""
    spoken_of = turn.conversation.expecting in DISPUTE_SPOKEN_OF or "ask_dispute_status" in turn.wishes
    return bool(turn.debts and (spoken_of or not negotiable(turn)) and disputes_of(turn.session, turn.debtor))
