"""Move the dates of a running plan, pause it once, or replace it by another one."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.debts.debts_meant import says_other_debts
from actions.plans.arrangement import asks_which_plan, open_promise, plan_of
from actions.plans.change_of_mind import ASKS
from actions.plans.clear_yes import says_yes
from actions.plans.plan_wish import says_figures
from actions.plans.said import day_said, day_to_come, says
from actions.plans.show_plan import tell_end_of_pause, tell_which
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.documents.plan_agreement import write_agreement
from recovery.documents.receipt import language_beside
from recovery.errors import OutsideTerms
from recovery.money import Money
from recovery.plans.change_plan import change_plan, debts_of, latest_first, moved_dates, paused_dates
from recovery.plans.offer import make_offer, open_offer
from recovery.plans.records import Plan


class ChangePlan(TradeAction):
    action = "action_change_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if asks_which_plan(turn, self.action):
            return
        plan = plan_of(turn)
        if plan is None:
            turn.follow_up = "action_promise" if open_promise(turn) or _of_the_others(turn) else "action_propose_plan"
        elif says(turn, words_of("pause")):
            _pause(turn, plan)
        elif turn.amounts() or turn.value("instalment_count") or turn.value("share"):
            turn.follow_up = "action_propose_plan"  # another sum is another plan, under the same terms
        elif turn.intent in ASKS and says(turn, words_of("when")):
            turn.follow_up = "action_plan_status"  # "and when is the first one?" moves nothing
        elif day := day_to_come(turn):
            _move(turn, plan, day)
        else:
            turn.ask("change_plan_wish", latest=latest_first(turn.session, plan))


class ConfirmChangePlan(TradeAction):
    action = "action_confirm_change_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        plan, offer = plan_of(turn), open_offer(turn.session, turn.conversation, "plan_change")
        if plan is None or offer is None or offer.terms["plan"] != str(plan.id):
            turn.close_question()
            turn.say("utter_plan_kept" if plan else "utter_no_plan_any_more")
            return
        parts = [(date.fromisoformat(day), cents) for day, cents in offer.terms["parts"]]
        if says_figures(turn) and day_said(turn) not in (None, parts[0][0]):
            turn.follow_up = "action_change_plan"  # "yes, but the 20th" is another change
            return
        if not says_yes(turn):
            turn.say("utter_plan_yes_or_no")
            return
        paused = bool(offer.terms.get("pause"))
        changed = change_plan(turn.session, turn.clock, turn.conversation, plan, parts, turn.message, pause=paused)
        offer.state = "accepted"
        turn.stay_with("plan_made")
        turn.say("utter_plan_changed", schedule=[(day, Money(cents, changed.currency)) for day, cents in parts])
        turn.enclose(write_agreement(turn.session, turn.clock, changed, language_beside(turn.debtor, turn.language)))


def _of_the_others(turn: Turn) -> bool:
    """One is being paid: "and the two others in December?" asks for another day, where no plan runs."""
    return turn.conversation.expecting == "payment_given" and says_other_debts(turn)


def _move(turn: Turn, plan: Plan, day: date) -> None:
    try:
        parts = moved_dates(turn.session, plan, day, turn.today)
    except OutsideTerms as refused:
        turn.say(f"utter_change_plan_{refused.reason}", limit=latest_first(turn.session, plan))
        turn.wait_for("change_plan_wish")
        return
    _offer(turn, plan, parts, {})


def _pause(turn: Turn, plan: Plan) -> None:
    try:
        parts = paused_dates(turn.session, plan, turn.today)
    except OutsideTerms as refused:
        turn.close_question()
        turn.say(f"utter_change_plan_{refused.reason}")
        return
    _offer(turn, plan, parts, {"pause": True})


def _offer(turn: Turn, plan: Plan, parts: list[tuple[date, int]], more: dict[str, Any]) -> None:
    shown = [[due.isoformat(), cents] for due, cents in parts]
    terms = {"plan": str(plan.id), "parts": shown, "debt_ids": plan.debt_ids, **more}
    make_offer(turn.session, turn.clock, turn.conversation, "plan_change", terms)
    tell_which(turn, debts_of(turn.session, plan))
    tell_end_of_pause(turn, debts_of(turn.session, plan), parts[0][0])
    turn.ask("change_plan_confirmation", schedule=[(due, Money(cents, plan.currency)) for due, cents in parts])
