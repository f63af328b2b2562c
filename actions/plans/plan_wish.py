"""What the debtor said they can pay, gathered over several messages: the latest word on each figure wins."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from babel.dates import format_date

from actions.debts.debts_meant import fold
from actions.plans.said import day_to_come, says
from actions.turn import Turn
from actions.words import words_of
from recovery.money import Money
from recovery.plans.propose_plan import Wish

# A bare "4" after a plan was shown is a number of payments, "80" a sum.
MOST_BARE_COUNT = 24
FIGURES = ("amount", "instalment_count", "share", "date", "period")
# Kept while a plan is being agreed on, and no longer.
OF_THE_WISH = ("plan_wish", "proposals", "plan_asked", "plan_refused", "offered_each", "paying", "paying_for")
ABOUT_SUMS = ("plan_wish", "plan_acceptance", "budget_wish", "budget_acceptance")


def wish_so_far(turn: Turn, due: Money) -> Wish:
    """Merge this message into the wish of this conversation."""
    kept: dict[str, Any] = dict(turn.context.get("plan_wish", {}))
    if at_once := sum_at_once(turn, due):
        kept["at_once"] = at_once.cents
    count, each = _figures(turn, kept, due)
    if minimum_named(turn):
        kept.update(smallest=True, count=None, each=None)
    elif count or each:
        keeps_count = each and not count and kept.get("count") and kept["count"] * each.cents == due.cents
        kept.update(
            smallest=False, each=each.cents if each else None, count=kept["count"] if keeps_count else count or None
        )
    if turn.value("period"):
        kept["period"] = turn.value("period")
    if (first := _earliest_of_two(turn) or _day_of_the_plan(turn, due)) and not _says_the_same_day(
        turn, kept.get("first"), first
    ):
        kept["first"] = first.isoformat()
    turn.context["plan_wish"] = kept
    return Wish(
        count=kept.get("count"),
        each=Money(kept["each"], due.currency) if kept.get("each") else None,
        period=kept.get("period", "month"),
        first=date.fromisoformat(kept["first"]) if kept.get("first") else None,
        smallest=bool(kept.get("smallest")),
        at_once=Money(kept["at_once"], due.currency) if kept.get("at_once") else None,
    )


def forget_wish(turn: Turn) -> None:
    """The plan is agreed on: the next one begins anew, and a sum chosen before it is no longer meant."""
    for key in OF_THE_WISH:
        turn.context.pop(key, None)


def sum_at_once(turn: Turn, due: Money) -> Money | None:
    """ "200 now and the rest in 10 times", "200 now, then 50 a month": the sum paid today, beside a plan over the rest."""
    now = says(turn, words_of("at_once")) or turn.today.isoformat() in turn.all_values("date")
    counted = (turn.value("instalment_count") or 1) > 1 or rest_in_months(turn)
    spread = counted or turn.value("period") or says(turn, words_of("minimum")["named"])
    share, amounts = turn.value("share"), turn.amounts()
    if not now or not spread or not (len(amounts) > 1 or says(turn, words_of("rest"))):
        return None
    first = amounts[0] if amounts else due.share(share["numerator"], share["denominator"]) if share else None
    return first if first and first < due else None


def rest_in_months(turn: Turn) -> int | None:
    """ "Half now and the rest in 3 months", "the one of 240 in 3 months": so many payments, no far day."""
    if (turn.value("instalment_count") or 1) == 1 and (named := _named_in_months(turn)):
        return named
    said = re.search(words_of("rest_in_months"), fold(turn.text))
    beside = says(turn, words_of("at_once")) and says(turn, words_of("rest"))
    return int(said[1]) if said and beside and int(said[1]) > 1 else None


def _named_in_months(turn: Turn) -> int | None:
    words = words_of("named_in_months")
    said = re.search(words["says"], fold(turn.text).strip())
    count = int(words["numbers"].get(said[1], said[1])) if said else 0
    return count if count > 1 else None


def _day_of_the_plan(turn: Turn, due: Money) -> date | None:
    """The day said, unless it is today and only the sum paid at once is for today; "from the 1st" is never one gone by (`day_to_come`)."""
    day = None if rest_in_months(turn) else day_to_come(turn)
    return None if day == turn.today and sum_at_once(turn, due) else day


def _earliest_of_two(turn: Turn) -> date | None:
    """ "Half on 5 December and the other half on 5 January": the plan begins on the first of them."""
    days = sorted({date.fromisoformat(day) for day in turn.all_values("date") if isinstance(day, str)})
    apart = len(days) > 1 and turn.value("share") is not None
    return next((day for day in days if day >= turn.today), None) if apart else None


def _says_the_same_day(turn: Turn, kept: str | None, said: date) -> bool:
    """ "That is the 24th", after Christmas Eve was said: the number alone moves no month."""
    earlier = date.fromisoformat(kept) if kept else said
    month = fold(format_date(said, "MMMM", locale=turn.language))
    return earlier > said and earlier.day == said.day and month not in fold(turn.text)


def minimum_named(turn: Turn) -> bool:
    """The debtor speaks of the least that can be paid, and no figure beside it."""
    return not turn.amounts() and says(turn, words_of("minimum")["named"])


def minimum_asked(turn: Turn) -> bool:
    return minimum_named(turn) and says(turn, words_of("minimum")["asked"])


def says_figures(turn: Turn) -> bool:
    return any(turn.value(entity) for entity in FIGURES) or _bare_figure(turn) is not None


def _figures(turn: Turn, kept: dict[str, Any], due: Money) -> tuple[int | None, Money | None]:
    count: int | None = turn.value("instalment_count") or rest_in_months(turn)
    each = _sum_each(turn, due)
    if sum_at_once(turn, due) and (len(turn.amounts()) < 2 or each == sum_at_once(turn, due)):
        each = None  # the one sum said is paid today
    if each and count is None and _is_a_count(turn, kept, each, due):
        return each.cents // 100, None
    if each and count and count * each.cents != due.cents and each.cents == turn.context.get("offered_each"):
        return count, None  # "90, and if I stay on 3": the first figure repeats what was offered
    return count, each


def _sum_each(turn: Turn, due: Money) -> Money | None:
    """The last sum said. Whoever names the whole debt beside another sum speaks of the debt, not of a payment."""
    if due in turn.amounts():
        return None
    if turn.amounts():
        return turn.amounts()[-1]
    if bare := _bare_figure(turn):
        return bare
    share = turn.value("share")
    return due.share(share["numerator"], share["denominator"]) if share else None


def _bare_figure(turn: Turn) -> Money | None:
    """The one number of a message in which nothing else was read, while a sum is being spoken of: "25, last offer"."""
    if turn.conversation.expecting not in ABOUT_SUMS or any(turn.value(entity) for entity in FIGURES):
        return None
    numbers = re.findall(r"(?<![\w.,])(\d{1,4})(?:[.,](\d{2}))?(?![\w]|[.,]\d)", turn.text)
    return Money(int(numbers[0][0]) * 100 + int(numbers[0][1] or 0)) if len(numbers) == 1 else None


def _is_a_count(turn: Turn, kept: dict[str, Any], figure: Money, due: Money) -> bool:
    """A bare "4" is a number of payments after talk of a number, and a sum after talk of a sum."""
    bare = not any(sign in turn.text.lower() for sign in words_of("money_signs"))
    number = figure.cents // 100
    if not bare or figure.cents % 100 or not 2 <= number <= MOST_BARE_COUNT:
        return False
    each = kept.get("each")
    return bool(kept.get("count")) or not each or (number * each >= due.cents > (number - 1) * each)
