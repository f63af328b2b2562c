"""Debts under measures of the over-indebtedness commission, and the wishes that are answered by them alone."""

from __future__ import annotations

from datetime import date

from actions.debts.debts_meant import blocking_holds, debts_meant, negotiable
from actions.payments.sum_meant import sum_said
from actions.plans.arrangement import remaining
from actions.turn import Turn
from recovery.debts.records import Debt
from recovery.plans.imposed import HOLD, imposed_on

PAYS = frozenset({"action_pay_now", "action_pay_part", "action_give_bank_details", "action_set_up_direct_debit"})
# What the debtor and the creditor settle between them elsewhere; here the decision has settled it.
SETTLES = frozenset(
    {
        "action_propose_plan", "action_share_budget", "action_change_plan", "action_confirm_change_plan", "action_cancel_plan",
        "action_confirm_cancel_plan", "action_promise", "action_give_time", "action_discount", "action_accept_plan",
    }
)  # fmt: skip


def answered_by_measures(turn: Turn, action: str) -> bool:
    """True where they speak of debts under measures and of nothing else: what the measures ask is told next, and can be paid."""
    if action not in PAYS | SETTLES or not turn.known_debtor:
        return False
    measured = under_measures(turn)
    spoken_of = measured and (debts_meant(turn, turn.debts) or ([] if negotiable(turn) else turn.debts))
    if not spoken_of or any(debt not in measured for debt in spoken_of):
        return False
    wished = sum_said(turn, spoken_of) if action in PAYS else None
    turn.context["measures"] = {
        "debts": [str(debt.id) for debt in spoken_of],
        "pays": action in PAYS,
        "cents": wished.cents if wished else None,
    }
    turn.follow_up = "action_follow_measures"
    return True


def under_measures(turn: Turn) -> list[Debt]:
    """Held by measures, and by nothing that would refuse the money."""
    return [debt for debt in turn.debts if set(blocking_holds(turn, debt)) == {HOLD}]


def tell_measures(turn: Turn, debt: Debt) -> None:
    """What the decision asks: how much is left of it, the next payment, and that nothing else is asked for."""
    plan = imposed_on(turn.session, turn.clock, debt)
    left = remaining(plan) if plan else []
    if plan is None or plan.imposed is None or not left:
        turn.say("utter_all_on_hold")
        return
    turn.say(
        "utter_measures_apply",
        reference=debt.reference, creditor=debt.creditor.legal_name, count=len(left), day=left[0][0], each=left[0][1],
        decided_on=date.fromisoformat(plan.imposed["decided_on"]),
    )  # fmt: skip
