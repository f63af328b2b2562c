"""Short courtesies: each is one line, and the way to what can be done here."""

import re

from actions.debts.debts_meant import debts_meant, fold
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.audit import record_act


class Greet(TradeAction):
    action = "action_greet"
    needs_identity = False
    gives_way = True

    def act(self, turn: Turn) -> None:
        turn.say("utter_greet_known" if turn.known_debtor else "utter_greet")


class SayGoodbye(TradeAction):
    action = "action_say_goodbye"
    needs_identity = False
    gives_way = True
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
    gives_way = True

    def act(self, turn: Turn) -> None:
        turn.say("utter_answer_thanks")


class TakeSatisfaction(TradeAction):
    action = "action_take_satisfaction"
    needs_identity = False
    comes_back = False

    def act(self, turn: Turn) -> None:
        mark = _mark(turn.text)
        turn.context["satisfaction"] = mark
        record_act(
            turn.session, turn.clock, "debtor", "satisfaction.told", f"conversation:{turn.conversation.id}", mark=mark
        )
        turn.close_question()
        turn.say("utter_thank_for_mark")


class Wait(TradeAction):
    action = "action_wait"
    needs_identity = False
    gives_way = True
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.say("utter_take_your_time")


class StayOnTopic(TradeAction):
    action = "action_stay_on_topic"
    needs_identity = False
    gives_way = True

    def act(self, turn: Turn) -> None:
        if turn.known_debtor and "?" in turn.text and debts_meant(turn, turn.debts):
            turn.follow_up = "action_explain_debt"  # "that is the electricity, isn't it?"
            return
        turn.say("utter_answer_thanks" if says_courtesy(turn) else "utter_stay_on_topic")


def says_courtesy(turn: Turn) -> bool:
    """ "thx", "guay": a word of thanks or of content that nobody taught the model."""
    return fold(turn.text).strip(" .,;!?") in words_of("bare_courtesies")


class SayWhatIAm(TradeAction):
    action = "action_say_what_i_am"
    needs_identity = False
    gives_way = True

    def act(self, turn: Turn) -> None:
        turn.say("utter_what_i_am")


def _mark(text: str) -> int | None:
    """One to five, in figures or in words; None where something else was said."""
    words = re.findall(r"\w+", fold(text))
    marks = {name: mark for mark, names in enumerate(words_of("marks"), 1) for name in names}
    return next((marks[word] for word in words if word in marks), None)
