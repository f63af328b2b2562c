"""A right that was only guessed is asked about in one line before anything is recorded; its words are kept until then.

A stop and a distress that nobody said in clear are asked about where they are heard (`consent/`, `handover/trouble.py`).
"""

from __future__ import annotations

from collections.abc import Collection

from actions.trade_action import TradeAction
from actions.turn import Turn

# In tests/nlu/dev nearly every message that contests something, or tells of a payment, is heard with more.
SURE = 0.5


def only_guessed(turn: Turn, wishes: Collection[str], least: float = SURE) -> bool:
    """Whether the chances of all these wishes together stay below `least`. What is sent along, pressed or taken up again is meant."""
    if turn.resumed or turn.message.pressed or turn.message.attachments or turn.asks_already:
        return False
    ranked = sum(
        float(guess["confidence"]) for guess in turn.parsed.get("intent_ranking") or [] if guess["name"] in wishes
    )
    # A second wish is as sure as the half of the message that says it.
    of_a_part = [float(wish["confidence"]) for wish in turn.parsed.get("intents") or [] if wish["name"] in wishes]
    return 0 < max([ranked, *of_a_part]) < least


def ask_if_meant(turn: Turn, action: str, question: str) -> None:
    """Opens `question`; a yes takes `action` up with the words and values of this message."""
    turn.context["guessed"] = {
        "action": action, "intent": turn.intent, "text": turn.text, "values": turn.values, "message_id": str(turn.message.id),
    }  # fmt: skip
    turn.ask(question)


class TakeAsMeant(TradeAction):
    """Yes, or said again: recorded with the words that were asked about."""

    action = "action_take_as_meant"
    comes_back = False

    def act(self, turn: Turn) -> None:
        guessed = turn.context.pop("guessed", None)
        turn.close_question()
        if guessed is None:
            turn.say("utter_yes_to_what_known")
            return
        if turn.intent != "affirm":
            words, values = "\n".join([guessed["text"], turn.text]), [*guessed["values"], *turn.values]
            guessed |= {"intent": turn.intent, "text": words, "values": values}
        turn.context["resuming"] = guessed
        turn.follow_up = guessed["action"]


class LeaveAsNotMeant(TradeAction):
    action = "action_leave_as_not_meant"
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.context.pop("guessed", None)
        turn.close_question()
        turn.say("utter_not_meant")
