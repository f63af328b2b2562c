"""Short courtesies: each is one line, and the way to what can be done here."""

from actions.identity.facts_given import names_a_file
from actions.trade_action import TradeAction
from actions.turn import Turn


class Greet(TradeAction):
    action = "action_greet"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        if names_a_file(turn):
            turn.follow_up = "action_identify"
        else:
            turn.say("utter_greet_known" if turn.known_debtor else "utter_greet")


class SayGoodbye(TradeAction):
    action = "action_say_goodbye"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        if turn.known_debtor and not turn.context.get("satisfaction_asked"):
            turn.context["satisfaction_asked"] = True
            turn.say("utter_goodbye")
            turn.ask("satisfaction")
        else:
            turn.say("utter_goodbye")


class AnswerThanks(TradeAction):
    action = "action_answer_thanks"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        turn.say("utter_answer_thanks")


class TakeSatisfaction(TradeAction):
    action = "action_take_satisfaction"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        mark = next((int(sign) for sign in turn.text if sign in "12345"), None)
        turn.context["satisfaction"] = mark
        turn.close_question()
        turn.say("utter_thank_for_mark")


class Wait(TradeAction):
    action = "action_wait"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.say("utter_take_your_time")


class StayOnTopic(TradeAction):
    action = "action_stay_on_topic"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        turn.say("utter_stay_on_topic")


class SayWhatIAm(TradeAction):
    action = "action_say_what_i_am"
    needs_identity = False

    def act(self, turn: Turn) -> None:
        turn.say("utter_what_i_am")
