"""Debts as numbered lines, and their sum."""

from __future__ import annotations

from actions.turn import Turn
from actions.wording import written
from recovery.debts.balance import balance_on
from recovery.debts.records import Debt
from recovery.money import Money


def debt_lines(turn: Turn, debts: list[Debt]) -> str:
    """One line a debt: number, creditor, what for, reference, what is due today."""
    return "\n".join(
        f"{n}. {debt.creditor.name}, {debt.description} ({debt.reference}) : {written(due_on(turn, debt), turn.language)}"
        for n, debt in enumerate(debts, 1)
    )


def due_on(turn: Turn, debt: Debt) -> Money:
    return balance_on(turn.session, debt, turn.today).due


def sum_due(turn: Turn, debts: list[Debt]) -> Money:
    return sum((due_on(turn, debt) for debt in debts[1:]), due_on(turn, debts[0]))
