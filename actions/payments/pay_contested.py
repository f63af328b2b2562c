"""Paying what one contests: nothing is asked for, whoever wishes to pays what they recognise, or all of it, and the dispute stands.

What was not owed is given back (C.civ 1302-1, CC 1895). A dispute ends before a person alone, never by a payment.
"""

from __future__ import annotations

from actions.debts.debt_lines import sum_due
from actions.debts.debts_meant import blocking_holds, debts_meant, negotiable
from actions.debts.settle_on import settle_on
from actions.payments.sum_meant import sum_said
from actions.plans.said import all_of_it
from actions.turn import Turn
from recovery.debts.records import Debt
from recovery.disputes.open_dispute import open_dispute_on
from recovery.payments.intent import CONTESTED

# A sum or a way to pay said at these is still about the debt contested.
BARE_WORDS = 2
STILL_ABOUT_IT = ("contested_payment", "payment_given")


def debts_to_pay(turn: Turn, action: str) -> list[Debt]:
    """The debts to pay now; empty once the reason or a question was said. A contested one is paid on its debtor's word alone."""
    contested = _contested(turn)
    if not contested:
        turn.context.pop("paying_contested", None)
        return settle_on(turn, action)
    told = turn.context.get("paying_contested") is not None
    turn.context["paying_contested"] = [str(debt.id) for debt in contested]
    chosen = sum_said(turn, contested) or all_of_it(turn) or (told and turn.conversation.expecting == "payment_given")
    if not chosen:
        _ask(turn, contested)
        return []
    if not told:
        turn.say("utter_paying_contested", ticket=_ticket(turn, contested))
    return contested


def asks_to_pay_contested(turn: Turn) -> bool:
    """Nothing is agreed on what is contested, neither a plan nor a day: who wishes for one is told what can be paid all the same."""
    contested = _contested(turn)
    if contested and turn.conversation.expecting == "payment_noted" and len(turn.text.split()) <= BARE_WORDS:
        turn.follow_up = "action_take_payment_facts"  # "all of it", said of what they paid
        return True
    if contested:
        turn.context["paying_contested"] = [str(debt.id) for debt in contested]
        _ask(turn, contested)
    return bool(contested)


def _ask(turn: Turn, contested: list[Debt]) -> None:
    turn.ask("contested_payment", amount=sum_due(turn, contested), ticket=_ticket(turn, contested))


def _ticket(turn: Turn, contested: list[Debt]) -> str:
    dispute = open_dispute_on(turn.session, contested[0])
    return dispute.ticket if dispute else contested[0].reference


def _contested(turn: Turn) -> list[Debt]:
    """What is named, or all there is, where nothing holds it but what its debtor said of it."""
    kept = turn.context.get("paying_contested", ()) if turn.conversation.expecting in STILL_ABOUT_IT else ()
    before = [debt for debt in turn.debts if str(debt.id) in kept]
    spoken_of = debts_meant(turn, turn.debts) or before or ([] if negotiable(turn) else turn.debts)
    held = [blocking_holds(turn, debt) for debt in spoken_of]
    return spoken_of if spoken_of and all(kinds and set(kinds) <= CONTESTED for kinds in held) else []
