"""A word that comes right after something was agreed: "no wait, the 10th" changes it, anything else is taken for itself."""

from __future__ import annotations

from actions.plans.arrangement import plan_of, promises_of
from actions.plans.plan_wish import says_figures
from actions.plans.said import day_said, says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of

OTHERWISE = {
    "wait": "action_wait",
    "contact_preference": "action_note_preference",
    "ask_plan_status": "action_plan_status",
    "ask_due_date": "action_plan_status",  # what was agreed a moment ago is what falls due
    "change_plan": "action_change_plan",
    "request_delay": "action_give_time",
    "promise_to_pay": "action_promise",
    "pay_part": "action_pay_part",
    "propose_plan": "action_propose_plan",
    "request_instalments": "action_propose_plan",
    "plan_too_high": "action_plan_too_high",
    "inform": "action_take_value",
}


ASKS = ("ask_due_date", "ask_plan_status")


class ChangeOfMind(TradeAction):
    action = "action_change_of_mind"
    comes_back = False

    def act(self, turn: Turn) -> None:
        plan, promises = plan_of(turn), promises_of(turn)
        about_channel = turn.intent in ("contact_preference", "deny") and turn.value("channel") is not None
        if turn.intent == "out_of_scope" and not _speaks_of_days_to_come(turn):
            turn.follow_up = "action_stay_on_topic"  # "did you see the match yesterday?"
        elif not says_figures(turn) or about_channel:
            _as_itself(turn)
        elif turn.intent in ASKS and not turn.amounts() and says(turn, words_of("when")):
            turn.follow_up = "action_plan_status"  # "cuándo es el primero?" moves nothing
        elif _stands(turn, {part.due_on for part in plan.instalments} if plan else {p.due_on for p in promises}):
            turn.follow_up = "action_plan_status"
        elif plan:
            turn.follow_up = "action_change_plan"
        elif (turn.value("instalment_count") or 1) > 1 or turn.value("period"):
            turn.follow_up = "action_propose_plan"
        else:
            turn.follow_up = "action_promise"


def _speaks_of_days_to_come(turn: Turn) -> bool:
    day = day_said(turn)
    return bool(turn.amounts() or turn.value("instalment_count")) or (day is not None and day >= turn.today)


def _as_itself(turn: Turn) -> None:
    if turn.intent == "deny" and turn.value("channel"):
        turn.follow_up = "action_note_preference"  # "oh and no, leave the SMS"
    elif turn.intent == "deny":
        turn.say("utter_what_to_change")
    elif turn.parsed.get("doubtful"):
        turn.follow_up = "action_ask_which_wish"  # a guess nobody is sure of changes nothing
    else:
        turn.follow_up = OTHERWISE.get(turn.intent, "action_take_value")


def _stands(turn: Turn, days: set[object]) -> bool:
    """A day said that is one of those agreed: a question about it, no change."""
    return day_said(turn) in days and not turn.amounts() and not turn.value("instalment_count")
