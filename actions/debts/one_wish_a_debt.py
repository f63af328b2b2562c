"""Two debts, two wishes, one message: each is settled by itself, one after the other, on the debt that it names."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from actions.debts.cut_by_debt import LEFT_ALONE, Half, halves_of
from actions.debts.debts_meant import choose, negotiable
from actions.plans.plan_wish import forget_wish
from actions.turn import Turn
from recovery.debts.records import Debt
from recovery.plans.accept_plan import running_plan
from recovery.plans.records import Promise

# What such a message may be heard as, or be the answer to.
HEARD_AS = {
    "action_pay_now", "action_pay_part", "action_promise", "action_propose_plan", "action_share_budget", "action_give_time",
    "action_choose_debt", "action_change_of_mind", "action_change_plan", "action_tell_payment_methods",
    "action_report_payment", "action_dispute", "action_take_value", "action_take_yes", "action_ask_which_wish",
    "action_drop_promise", "action_confirm_promise", "action_refuse_plan", "action_accept_plan", "action_offer_smallest",
}  # fmt: skip
# Nothing is asked at these: what was put aside goes on.
NOTHING_ASKED = (None, "promise_made", "plan_made", "delay_given", "payment_given", "payment_noted", "dispute_noted")
# After these, too, a debt may be settled. After any other (a stop, a person asked for) what was put aside stays so.
SETTLES = HEARD_AS | {
    "action_leave_plan_aside", "action_close_dispute_question", "action_add_to_dispute", "action_take_payment_facts",
    "action_give_bank_details", "action_set_up_direct_debit", "action_accept_budget", "action_change_plan", "action_ask_of_the_other",
}  # fmt: skip
GIVEN_AT_ONCE = ("action_pay_now", "action_pay_part")
KEPT_FOR = timedelta(days=1)
CONTESTS = ("action_dispute", "action_report_payment")
OF_ONE_DEBT = ("promise", "promise_made")


def takes_apart(turn: Turn, action: str) -> bool:
    """Whether the message was put aside debt by debt, now or by another action of this turn."""
    if action not in HEARD_AS or not turn.known_debtor or (turn.resumed and "debts" in turn.resumed):
        return False
    if turn.context.get("taken_apart") == str(turn.message.id) and not turn.resumed:
        turn.asked = True  # its first debt is being settled
        return True
    halves = sorted(halves_of(turn, turn.debts), key=_asks_for)
    if not halves:
        return False
    turn.context["taken_apart"] = str(turn.message.id)
    turn.context.pop("wishes", None)
    turn.context["others_told"] = True  # one way and one question are enough here
    kept = {"message_id": str(turn.message.id), "since": turn.clock.now().isoformat()}
    turn.context["apart"] = [{**asdict(half), "action": half.action, **kept} for half in halves]
    return goes_on(turn, first=True)


def _asks_for(half: Half) -> int:
    """A way to pay asks nothing and comes first; then what is clear; a day still to be found; last, a debt of which nothing is clear."""
    if half.intent == LEFT_ALONE:
        return 3
    if half.debts and half.action in GIVEN_AT_ONCE:
        return 0
    needs_a_day = half.action == "action_promise" and not any(found["entity"] == "date" for found in half.values)
    return 2 if needs_a_day else 1


def goes_on(turn: Turn, *, first: bool = False) -> bool:
    """Take up the next debt put aside, in this same turn; False where none waits."""
    while waiting := turn.context.pop("apart", None):
        half, *rest = waiting
        if rest:
            turn.context["apart"] = rest
        debts = _debts_of(turn, half)
        if not debts and (half["debts"] or not negotiable(turn)):
            continue  # settled, held or agreed on meanwhile
        forget_wish(turn)
        for key in OF_ONE_DEBT:
            turn.context.pop(key, None)
        choose(turn, debts)
        if debts and half["intent"] != LEFT_ALONE:
            told = "utter_one_debt_first" if first else "utter_next_debt"
            turn.say(told, creditor=debts[0].creditor.name, reference=debts[0].reference)
        turn.context["resuming"] = {**half, "debts": [str(debt.id) for debt in debts]}
        turn.follow_up = half["action"]
        return True
    return False


def waits_for_nothing(turn: Turn, action: str) -> bool:
    """The debt before is settled: no question is open but "anything to add?", and it is still us who speak."""
    expecting = turn.conversation.expecting
    answered = not turn.asked and expecting in NOTHING_ASKED
    ours = turn.follow_up is None and turn.conversation.mode == "bot" and turn.known_debtor is not None
    return action in SETTLES and ours and (answered or expecting == "dispute_more")


def _debts_of(turn: Turn, half: dict[str, Any]) -> list[Debt]:
    """Those it names, as far as they are still open and nothing was agreed on them since."""
    if turn.clock.now() - datetime.fromisoformat(half["since"]) > KEPT_FOR:
        return []
    told_of = turn.debts if half["action"] in CONTESTS else negotiable(turn)
    open_ones = [debt for debt in told_of if not _agreed_since(turn, debt, half["since"])]
    if half["other"] and not half["debts"]:
        chosen = turn.context.get("chosen", [])
        left = [debt for debt in open_ones if str(debt.id) not in chosen]
        return left if chosen and len(left) == 1 else []
    return [debt for debt in open_ones if str(debt.id) in half["debts"]]


def _agreed_since(turn: Turn, debt: Debt, since: str) -> bool:
    promises = select(Promise).where(Promise.debt_id == debt.id, Promise.state == "open")
    plan = running_plan(turn.session, {debt.id})
    agreed = [*turn.session.scalars(promises), *([plan] if plan else [])]
    return any(arrangement.created_at.isoformat() > since for arrangement in agreed)
