"""French and Spanish at will; any other language gets a kind word in both and a person."""

from actions.debts.debts_meant import fold
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of


class ChangeLanguage(TradeAction):
    action = "action_change_language"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        said = fold(turn.text)
        asked = [code for code, names in words_of("languages").items() if any(name in said for name in names)]
        if not asked or asked[0] not in ("fr", "es"):
            turn.say("utter_languages_spoken")
            return
        turn.conversation.language = asked[0]
        if known := turn.known_debtor:
            known.language = asked[0]
        turn.say("utter_language_changed")
