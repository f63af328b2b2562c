"""What the debtor said they can pay, gathered over several messages: the latest word on each figure wins."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.debts.debts_meant import fold
from actions.turn import Turn
from actions.words import words_of
from recovery.money import Money
from recovery.plans.propose_plan import Wish

# A bare "4" after a plan was shown is a number of payments, "80" a sum.
MOST_BARE_COUNT = 24


def wish_so_far(turn: Turn, due: Money, least: Money) -> Wish:
    """Merge this message into the wish of this conversation."""
    kept: dict[str, Any] = dict(turn.context.get("plan_wish", {}))
    count, each = (None, least) if minimum_named(turn) else _figures(turn, kept, due)
    if count and each:
        kept.update(count=count, each=each.cents)
    elif count:
        kept.update(count=count, each=None)
    elif each:
        keeps_count = kept.get("count") and kept["count"] * each.cents == due.cents
        kept.update(each=each.cents, count=kept["count"] if keeps_count else None)
    if turn.value("period"):
        kept["period"] = turn.value("period")
    if turn.day():
        kept["first"] = turn.day().isoformat()  # type: ignore[union-attr]
    turn.context["plan_wish"] = kept
    return Wish(
        count=kept.get("count"),
        each=Money(kept["each"], due.currency) if kept.get("each") else None,
        period=kept.get("period", "month"),
        first=date.fromisoformat(kept["first"]) if kept.get("first") else None,
    )


def minimum_named(turn: Turn) -> bool:
    """The debtor speaks of the least that can be paid, and no figure beside it."""
    return not turn.amounts() and any(word in fold(turn.text) for word in words_of("minimum")["named"])


def minimum_asked(turn: Turn) -> bool:
    return minimum_named(turn) and any(word in fold(turn.text) for word in words_of("minimum")["asked"])


def says_figures(turn: Turn) -> bool:
    return any(turn.value(entity) for entity in ("amount", "instalment_count", "share", "date", "period"))


def _figures(turn: Turn, kept: dict[str, Any], due: Money) -> tuple[int | None, Money | None]:
    count: int | None = turn.value("instalment_count")
    amounts = [amount for amount in turn.amounts() if amount != due]
    each = amounts[-1] if amounts else None
    share = turn.value("share")
    if each is None and share:
        each = due.share(share["numerator"], share["denominator"])
    if each and count is None and _is_a_count(turn, kept, each):
        return each.cents // 100, None
    if each and count and count * each.cents != due.cents and each.cents == turn.context.get("offered_each"):
        return count, None  # "90, and if I stay on 3": the first figure repeats what was offered
    return count, each


def _is_a_count(turn: Turn, kept: dict[str, Any], figure: Money) -> bool:
    """A bare "4" is a number of payments after talk of a number, and a sum after talk of a sum."""
    bare = not any(sign in turn.text.lower() for sign in words_of("money_signs"))
    if not bare or figure.cents % 100 or not 2 <= figure.cents // 100 <= MOST_BARE_COUNT:
        return False
    return bool(kept.get("count")) or not kept.get("each")
