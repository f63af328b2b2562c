"""Why interest or an indemnity is asked for: each line of the balance that is not principal, with the law it stands on."""

from actions.debts.settle_on import settle_on
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.balance import balance_on
from recovery.debts.unknown_rates import not_counted_since


class ExplainFees(TradeAction):
    action = "action_explain_fees"

    def act(self, turn: Turn) -> None:
        for debt in settle_on(turn, self.action, among=turn.debts):
            balance = balance_on(turn.session, debt, turn.today)
            since = not_counted_since(turn.session, debt, turn.today)
            if since:  # no rate is guessed, and the debtor knows what was left out (FE-15)
                turn.say("utter_interest_not_counted", reference=debt.reference, day=since)
            if not balance.interest and not balance.indemnity:
                turn.say("utter_no_fees", reference=debt.reference, principal=balance.principal)
                continue
            turn.say(
                "utter_fees",
                reference=debt.reference,
                interest=balance.interest,
                indemnity=balance.indemnity,
                principal=balance.principal,
            )
