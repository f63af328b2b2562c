"""A debt that was spoken of beside another, and nothing clear was said of it: said so, and asked, so that it is not lost."""

from __future__ import annotations

from actions.debts.debts_meant import of_this_half
from actions.trade_action import TradeAction
from actions.turn import Turn


class AskOfTheOther(TradeAction):
    action = "action_ask_of_the_other"
    comes_back = False

    def act(self, turn: Turn) -> None:
        for debt in of_this_half(turn, turn.debts):
            turn.say("utter_nothing_noted_of", creditor=debt.creditor.name, reference=debt.reference)
