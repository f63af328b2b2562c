"""Why interest or an indemnity is asked for: each line of the balance that is not principal, with its rates and dates."""

from typing import Any

from actions.debts.settle_on import settle_on
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.balance import balance_on, rates_applied
from recovery.debts.records import Debt
from recovery.debts.unknown_rates import not_counted_since
from recovery.written import percent

MOST_LINES = 4  # the latest stretches; older ones stand in the file


class ExplainFees(TradeAction):
    action = "action_explain_fees"

    def act(self, turn: Turn) -> None:
        for debt in settle_on(turn, self.action, among=turn.debts):
            balance = balance_on(turn.session, debt, turn.today)
            if since := not_counted_since(turn.session, debt, turn.today):
                turn.say(
                    "utter_interest_not_counted", reference=debt.reference, day=since
                )  # no rate is guessed (FE-15)
            facts: dict[str, Any] = {"reference": debt.reference, "principal": balance.principal}
            if balance.interest:
                turn.say("utter_interest", interest=balance.interest, **facts)
                _say_rates(turn, debt)
            if balance.indemnity:
                turn.say("utter_indemnity", indemnity=balance.indemnity, **facts)
            turn.say("utter_fees_end" if balance.interest or balance.indemnity else "utter_no_fees", **facts)


def _say_rates(turn: Turn, debt: Debt) -> None:
    for line in rates_applied(turn.session, debt, turn.today)[-MOST_LINES:]:
        turn.say(
            "utter_interest_rate", rate=percent(line.basis_points, turn.language), principal=line.principal,
            first=line.first, last=line.last,
        )  # fmt: skip
