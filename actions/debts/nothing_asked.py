"""Until when nothing is asked for: a delay, or a pause in a hard time."""

from datetime import date

from actions.turn import Turn
from recovery.debts.freeze import LEAVES_OPEN, active_holds
from recovery.debts.records import Debt


def nothing_asked_until(turn: Turn, debts: list[Debt]) -> date | None:
    """The day until which none of the debts is asked for; None as soon as one of them may be.

    Time was given, or the debtor is in difficulty: what is owed is told, and nothing is proposed unasked.
    """
    ends = [_left_open_until(turn, debt) for debt in debts]
    return min((end for end in ends if end), default=None) if all(ends) else None


def _left_open_until(turn: Turn, debt: Debt) -> date | None:
    holds = active_holds(turn.session, turn.clock, debt.debtor_id, debt.id)
    return max((hold.until for hold in holds if hold.kind in LEAVES_OPEN and hold.until), default=None)
