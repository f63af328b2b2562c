"""Agree with the debtor on which debts a wish is about, before acting on it."""

from __future__ import annotations

from actions.debts.debt_lines import debt_lines
from actions.debts.debts_meant import choose, chosen_debts, debts_meant, negotiable
from actions.turn import Turn
from recovery.debts.records import Debt


def settle_on(turn: Turn, action: str, *, together: bool = True, among: list[Debt] | None = None) -> list[Debt]:
    """The debts to act on; empty once the reason or the question was said to the debtor.

    `together`: debts of one creditor are taken as a whole when none is named. The wish is kept while the debtor chooses.
    """
    debts = negotiable(turn) if among is None else among
    if not debts:
        turn.say("utter_nothing_due" if not turn.debts else "utter_all_on_hold")
        return []
    named = debts_meant(turn, debts)
    if among is None and not named and (held := debts_meant(turn, [debt for debt in turn.debts if debt not in debts])):
        turn.say("utter_not_asked_for", reference=held[0].reference)
        return []
    if "debts" in (turn.resumed or {}) and not named:
        return _ask_which(turn, action, debts)  # one of them has this wish, and it was not said which
    picked = (
        named or chosen_debts(turn, debts) or (debts if len(debts) == 1 or (together and _same_creditor(debts)) else [])
    )
    if picked:
        if named or len(debts) == 1:
            choose(turn, picked)
        return picked
    return _ask_which(turn, action, debts)


def _ask_which(turn: Turn, action: str, debts: list[Debt]) -> list[Debt]:
    turn.keep_wish(action)
    turn.context["listed"] = [str(debt.id) for debt in debts]
    turn.ask("which_debt", lines=debt_lines(turn, debts))
    return []


def _same_creditor(debts: list[Debt]) -> bool:
    return len({debt.creditor_id for debt in debts}) == 1
