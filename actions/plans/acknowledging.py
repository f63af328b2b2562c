"""Before a yes: accepting acknowledges the debt, and its period starts again. Said where much of the period has gone (IN-11)."""

from __future__ import annotations

from actions.turn import Turn
from recovery.debts.prescription import acknowledging_matters, limit_of
from recovery.debts.records import Debt


def warn_of_acknowledging(turn: Turn, debts: list[Debt]) -> None:
    for debt in debts:
        if acknowledging_matters(turn.session, debt, turn.today):
            last_day = limit_of(turn.session, debt).last_day
            turn.say("utter_acknowledging", reference=debt.reference, day=last_day)
