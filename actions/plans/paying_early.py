"""Whether one may pay more, or earlier, than a plan asks."""

from actions.trade_action import TradeAction
from actions.turn import Turn


class TellPayingEarly(TradeAction):
    """Free, whenever they like; the plan stands as it was shown."""

    action = "action_tell_paying_early"

    def act(self, turn: Turn) -> None:
        turn.say("utter_paying_early")
