"""French and Spanish at will; Catalan by a person who writes it; any other language gets a kind word in both and a person."""

from actions.debts.debts_meant import fold
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.handover.hand_over import hand_over
from recovery.session.in_catalan import ANSWERED_IN, choose_catalan


class ChangeLanguage(TradeAction):
    action = "action_change_language"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        said = fold(turn.text)
        asked = [code for code, names in words_of("languages").items() if any(name in said for name in names)]
        if asked[:1] == ["ca"]:
            choose_catalan(turn.session, turn.clock, turn.conversation)
            turn.conversation.language = ANSWERED_IN  # of this turn; the choice is kept beside it
            turn.close_question()
            turn.say("utter_catalan_person")
            hand_over(turn.session, turn.clock, turn.conversation, reason="catalan", words=turn.text)
            return
        if not asked or asked[0] not in ("fr", "es"):
            turn.say("utter_languages_spoken")
            return
        turn.conversation.language = asked[0]
        if known := turn.known_debtor:
            known.language = asked[0]
        turn.say("utter_language_changed")
