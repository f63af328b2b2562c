"""What is promised, gathered over as many messages as it takes: the sum, the day, and what is paid at once or stands beside it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from actions.debts.debt_lines import sum_due
from actions.debts.debts_meant import fold
from actions.payments.give_way import give_way_to_pay
from actions.plans.arrangement import promises_of
from actions.plans.clear_yes import says_yes
from actions.plans.plan_wish import says_figures
from actions.plans.said import all_at_once, day_said, day_to_come, says
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.records import Debt
from recovery.money import Money

HALF = {"numerator": 1, "denominator": 2}


def take_up_the_one_made(turn: Turn) -> None:
    """A figure said right after a promise changes that promise: the rest of it stands."""
    made = turn.context.pop("promise_made", None)
    if made and turn.conversation.expecting == "promise_made":
        beside = _speaks_of_the_rest(turn)
        day = {"day": made["agreed_day"]} if not beside and "agreed_day" in made and _puts_the_sum_right(turn) else {}
        turn.context["promise"] = {"debts": made["debts"], "beside": True} if beside else {**made, **day}


def _puts_the_sum_right(turn: Turn) -> bool:
    """ "Wait, no, 140": the day stands."""
    only_a_sum = bool(turn.amounts()) and turn.value("date") is None
    return only_a_sum and re.match(words_of("put_right")["begins"], fold(turn.text)) is not None


def in_two_halves(turn: Turn) -> bool:
    """ "Half at the end of the month and the other half a month later" is a plan of two."""
    days = [date.fromisoformat(day) for day in turn.all_values("date") if isinstance(day, str)]
    if not (turn.value("share") == HALF and says(turn, words_of("rest")) and len(days) == 2 and min(days) > turn.today):
        return False
    turn.context["plan_wish"] = {"count": 2, "first": min(days).isoformat()}
    turn.context.pop("promise", None)
    return True


def give_way_for_today(turn: Turn, debts: list[Debt]) -> None:
    """ "50 now and the rest on the 15th": the way to pay the first sum is given here, the rest is the promise."""
    due, (part, *more) = sum_due(turn, debts), [*turn.amounts(), *_shares_said(turn, debts), None]
    now = says(turn, words_of("at_once")) and says(turn, words_of("rest")) and day_said(turn) is not None
    if now and part and part < due and not any(more):
        turn.context["others_told"] = True  # one way and one question are enough here
        give_way_to_pay(turn, debts, part)
        turn.context["promise"] = {"debts": [str(debt.id) for debt in debts], "rest_of": str(turn.message.id)}


def gather(turn: Turn, debts: list[Debt]) -> dict[str, Any]:
    """The sum (all that is due when none is named), the day and the way, over as many messages as it takes."""
    ids = [str(debt.id) for debt in debts]
    kept = dict(turn.context.get("promise", {}))
    if kept.get("debts") != ids:
        kept = {"debts": ids, **({"day": kept["day"]} if "day" in kept else {})}
    due = open_sum(turn, debts, kept)
    amount = _sum_said(turn, debts, due)
    if amount or "amount" not in kept:
        kept["amount"] = {"cents": (amount or due).cents, "currency": due.currency}
    latest = kept.pop("latest", None)
    if day := _day_meant(turn):
        kept["day"] = day.isoformat()
    elif latest and not says_figures(turn) and says_yes(turn):
        kept["day"] = latest  # the latest day was named, and the answer is yes
    if turn.value("payment_method"):
        kept["method"] = turn.value("payment_method")
    turn.context["promise"] = kept
    return kept


def _day_meant(turn: Turn) -> date | None:
    """The number of a day alone, said of what was just promised, is still to come: "my client pays on the 4th, so the 4th"."""
    said = [str(found.get("text")) for found in turn.values if found["entity"] == "date"]
    bare = bool(said) and all(re.fullmatch(r"\D{0,7}\d{1,2}\D{0,2}", text) for text in said)
    about_it = turn.conversation.expecting in ("promise_made", "promise_facts", "promise_confirmation")
    return day_to_come(turn) if bare and about_it else day_said(turn)


def open_sum(turn: Turn, debts: list[Debt], kept: dict[str, Any]) -> Money:
    """What is due, less what is promised already where this promise stands beside another."""
    due = sum_due(turn, debts)
    promised = (
        sum(p.amount_cents for p in promises_of(turn) if str(p.debt_id) in kept["debts"]) if kept.get("beside") else 0
    )
    return Money(max(due.cents - promised, 0), due.currency)


def _speaks_of_the_rest(turn: Turn) -> bool:
    """Part is promised: "and the rest on the 20th", "and 50 on the 20th" stand beside it, and take nothing back."""
    one_more = bool(turn.amounts()) and re.match(rf"(?:{words_of('besides')})\b", fold(turn.text)) is not None
    return (one_more or says(turn, words_of("rest"))) and bool(promises_of(turn))


def _shares_said(turn: Turn, debts: list[Debt]) -> list[Money]:
    """The share named first; half where only its word was read."""
    said = turn.all_values("share") or ([HALF] if says(turn, words_of("half")) else [])
    return [sum_due(turn, debts).share(share["numerator"], share["denominator"]) for share in said[:1]]


def _sum_said(turn: Turn, debts: list[Debt], due: Money) -> Money | None:
    """The sum named; beside a way to pay given a moment ago, its own sum or the rest of it."""
    amounts, share, paying = turn.amounts(), turn.value("share"), _being_paid(turn, debts)
    if turn.context.get("promise", {}).get("rest_of") == str(turn.message.id):
        return Money(due.cents - paying, due.currency)
    if amounts:
        return amounts[-1]
    if share:
        return due.share(share["numerator"], share["denominator"])
    if not 0 < paying < due.cents or all_at_once(turn) or turn.context.get("promise", {}).get("beside"):
        return None
    if says(turn, words_of("rest")):
        return Money(due.cents - paying, due.currency)  # "and the rest on the 5th"
    return Money(paying, due.currency) if turn.conversation.expecting == "payment_given" else None


def _being_paid(turn: Turn, debts: list[Debt]) -> int:
    """The cents of the way to pay given a moment ago, where it was for one of these debts: another's sum says nothing of them."""
    paid_for = set(turn.context.get("paying_for") or [str(debt.id) for debt in debts])
    return int(turn.context.get("paying", 0)) if paid_for & {str(debt.id) for debt in debts} else 0
