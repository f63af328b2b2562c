"""A child is concerned: no collection dialogue with a minor, the file is held and a person takes it (VU-09)."""

from __future__ import annotations

from actions.identity.somebody_else import debtor_in_question
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.freeze import freeze
from recovery.handover.hand_over import hand_over


class Minor(TradeAction):
    action = "action_minor"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        turn.context.pop("wishes", None)
        if debtor := debtor_in_question(turn):
            freeze(turn.session, turn.clock, debtor_id=debtor.id, kind="minor", conversation_id=turn.conversation.id)
        turn.say("utter_minor")
        hand_over(turn.session, turn.clock, turn.conversation, reason="minor", words=turn.text)
