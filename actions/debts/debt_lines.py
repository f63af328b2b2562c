"""Debts as numbered lines, and their sum."""

from __future__ import annotations

from actions.turn import Turn
from recovery.debts.balance import balance_on
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.written import labelled, written


def debt_lines(turn: Turn, debts: list[Debt]) -> str:
    """One line a debt: number, creditor, what for, reference, what is due today."""
    return "\n".join(f"{n}. {_line(turn, debt)}" for n, debt in enumerate(debts, 1))


def _line(turn: Turn, debt: Debt) -> str:
    what = f"{debt.creditor.name}, {debt.description} ({debt.reference})"
    return labelled(what, written(due_on(turn, debt), turn.language), turn.language)


def due_on(turn: Turn, debt: Debt) -> Money:
    return balance_on(turn.session, debt, turn.today).due


def sum_due(turn: Turn, debts: list[Debt]) -> Money:
    return sum((due_on(turn, debt) for debt in debts[1:]), due_on(turn, debts[0]))
