"""Where nothing but a time-barred debt is left: whatever is asked of it, it is asked for no more, and nothing may come (PR-05)."""

from __future__ import annotations

from actions.turn import Turn
from recovery.debts.find import unsettled_debts
from recovery.debts.records import Debt

# Asked about such a debt, their usual answers would not be true: "you owe nothing", "the creditor may go to court", "pay, spread".
ANSWERED_BY_ITS_AGE = {
    "action_help",
    "action_repeat",
    "action_tell_consequences",
    "action_tell_due_date",
    "action_explain_debt",
    "action_cannot_pay",
    "action_ask_which_wish",
    "action_dispute_status",
    "action_refusal",
}


def answered_by_its_age(turn: Turn, action: str) -> bool:
    """Whether the message was answered by what the debt's age means; said once, however many wishes were heard."""
    asked = action in ANSWERED_BY_ITS_AGE or (
        action == "action_stop_contact" and "?" in turn.text and not turn.has_signal("stop_contact")
    )
    barred = _only_barred(turn) if asked and turn.known_debtor else []
    if not barred:
        return False
    turn.leave_the_question()
    if turn.context.get("age_told") == str(turn.message.id):
        return True
    turn.context["age_told"] = str(turn.message.id)
    for debt in barred:
        if action == "action_explain_debt":
            turn.say(
                "utter_time_barred_debt", creditor=debt.creditor.legal_name, description=debt.description,
                reference=debt.reference, issued_on=debt.issued_on, due_on=debt.due_on,
            )  # fmt: skip
        else:
            turn.say("utter_time_barred_means", reference=debt.reference)
    return True


def _only_barred(turn: Turn) -> list[Debt]:
    left = unsettled_debts(turn.session, turn.debtor.id)
    return left if left and not turn.debts and all(debt.state == "time_barred" for debt in left) else []
