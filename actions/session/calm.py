"""Anger is met once with calm, then with a person (conversation.md, Chit-chat)."""

from actions.trade_action import TradeAction
from actions.turn import Turn


class Calm(TradeAction):
    action = "action_calm"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        turn.context["anger"] = turn.context.get("anger", 0) + 1
        turn.say("utter_calm" if turn.context["anger"] == 1 else "utter_calm_person")
