"""Somebody who cannot pay: no pressure, nothing about why; the smallest plan, a pause, free advice, a person."""

from __future__ import annotations

from datetime import timedelta

from actions.debts.debts_meant import negotiable
from actions.debts.tell_balance import say_nothing_is_asked
from actions.handover.trouble import tells_of_little_income
from actions.plans.said import says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.audit import record_act
from recovery.debts.freeze import freeze

# With one of these, "I cannot pay" is a hardship told.
LIFE_EVENTS = ("job_loss", "illness", "separation", "bereavement", "accident", "birth")
PAUSE_DAYS = timedelta(days=30)  # VU-05: vuln_pause_days


class CannotPay(TradeAction):
    action = "action_cannot_pay"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if "report_hardship" in turn.wishes or turn.context.get("hardship_told_in") == str(turn.message.id):
            return  # said in the same message as a reason, and answered with it
        if says(turn, words_of("nothing_more")):
            turn.ask_again()  # "I have nothing more to say of it" says nothing of paying
            return
        if not turn.debts:
            say_nothing_is_asked(turn)
            return
        if not negotiable(turn):
            turn.say("utter_all_on_hold")
            return
        if tells_of_little_income(turn) or turn.value("hardship_kind") in LIFE_EVENTS:
            turn.follow_up = "action_hardship"
            return
        turn.close_question()
        turn.say(f"utter_cannot_pay_{turn.debtor.country.lower()}")
        turn.conversation.expecting = "cannot_pay_choice"


class TakeAPause(TradeAction):
    """Thirty days in which nothing is asked for, whatever the terms say; the kind alone is kept (ID-14)."""

    action = "action_take_a_pause"
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.close_question()
        if not turn.debts:
            turn.say("utter_nothing_due")
            return
        until = turn.today + PAUSE_DAYS
        debtor = turn.debtor
        debtor.hardship_kind = debtor.hardship_kind or "low_income"
        freeze(
            turn.session, turn.clock, debtor_id=debtor.id, kind="hardship", until=until, conversation_id=turn.conversation.id
        )  # fmt: skip
        record_act(
            turn.session, turn.clock, "debtor", "hardship.told", f"debtor:{debtor.id}", kind=debtor.hardship_kind
        )
        turn.say("utter_pause_given", day=until)


class OfferSmallest(TradeAction):
    """ "Small payments" after "I cannot pay": the smallest plan the terms allow, shown at once, nothing asked first."""

    action = "action_offer_smallest"
    comes_back = False

    def act(self, turn: Turn) -> None:
        turn.context["plan_wish"] = {**turn.context.get("plan_wish", {}), "smallest": True, "count": None, "each": None}
        turn.close_question()
        turn.follow_up = "action_propose_plan"
