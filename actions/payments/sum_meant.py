"""What a debtor who pays now means to pay: the sum said, the one chosen a moment ago, the payment due of a plan, or all of it."""

from __future__ import annotations

from datetime import date

from actions.debts.debt_lines import sum_due
from actions.plans.arrangement import plan_of, remaining
from actions.plans.said import all_of_it, says
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.records import Debt
from recovery.money import Money


def sum_said(turn: Turn, debts: list[Debt]) -> Money | None:
    """The sum named, never more than what is due."""
    due, share = sum_due(turn, debts), turn.value("share")
    named = (
        turn.amounts()[-1] if turn.amounts() else due.share(share["numerator"], share["denominator"]) if share else None
    )
    return min(named, due) if named else None


def sum_meant(turn: Turn, debts: list[Debt], *, another_way: bool = False) -> Money | None:
    """None where nothing tells it. `another_way`: only the way to pay changes, the sum chosen a moment ago stays."""
    if named := sum_said(turn, debts):
        return named
    if all_of_it(turn):
        return sum_due(turn, debts)
    kept = turn.context.get("paying") if turn.conversation.expecting == "payment_given" else None
    if kept and (another_way or turn.value("payment_method") or says(turn, words_of("page_asked"))):
        return Money(min(kept, sum_due(turn, debts).cents), sum_due(turn, debts).currency)
    return due[1] if (due := next_of_plan(turn, debts)) else None


def next_of_plan(turn: Turn, debts: list[Debt]) -> tuple[date, Money] | None:
    """Where a plan runs over them, its next payment."""
    plan = plan_of(turn, debts)
    return next(iter(remaining(plan)), None) if plan else None


def of_the_plan(turn: Turn, debts: list[Debt]) -> list[Debt]:
    """Of several debts spoken of as a whole, those that a plan runs on: "how do I pay?" is about its next payment."""
    plan = None if turn.amounts() or all_of_it(turn) else plan_of(turn, debts)
    return [debt for debt in debts if str(debt.id) in plan.debt_ids] if plan else debts
