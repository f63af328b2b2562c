"""Reading a message that gives each debt a wish of its own: "the first on the 15th and the other in 3 times"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from actions.debts.debt_lines import due_on
from actions.debts.debts_meant import debts_meant, fold, says_other_debts
from actions.plans.plan_wish import rest_in_months
from actions.plans.said import day_said, says
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.records import Debt

DISPUTES = ("dispute_not_owed", "dispute_amount", "dispute_service", "dispute_fraud")
OF_ALL = 4  # words
LEFT_ALONE = "left_alone"  # "not the first", "the other, we shall see": nothing is recorded on it, and it is asked about at the end
ACTIONS = {
    "promise_to_pay": "action_promise",
    "request_instalments": "action_propose_plan",
    "request_delay": "action_give_time",
    "pay_now": "action_pay_now",
    "pay_part": "action_pay_part",
    "report_payment": "action_report_payment",
    **dict.fromkeys(DISPUTES, "action_dispute"),
    LEFT_ALONE: "action_ask_of_the_other",
}


@dataclass(frozen=True)
class Half:
    """What is said of one debt. `debts`: ids, none where it does not say which; `other`: it is the one that is left."""

    text: str
    values: list[dict[str, Any]]
    intent: str
    debts: list[str]
    other: bool

    @property
    def action(self) -> str:
        return ACTIONS[self.intent]


def halves_of(turn: Turn, debts: list[Debt]) -> list[Half]:
    """One for each debt named with its own wish, those left alone without one; empty where the message is one wish over them."""
    if len(debts) < 2:
        return []
    parts = [part for part in _parts(turn, debts) if not _only_says_all(part, debts)]
    named = [debt for part in parts for debt in _own(part, debts)]
    wishes = [_wish(part, debts) or _unclear(part, debts) for part in parts]
    once = len({debt.id for debt in named}) == len(named)
    if len(parts) < 2 or not once or not all(wishes) or not all(_names(part, debts) for part in parts):
        return []
    halves = [_half(part, wish or "", debts, named) for part, wish in zip(parts, wishes, strict=True)]
    return halves if any(half.intent != LEFT_ALONE for half in halves) else []


def _half(part: Turn, wish: str, debts: list[Debt], named: list[Debt]) -> Half:
    own, other = _own(part, debts), says_other_debts(part)
    if not own and other and named:
        left = [debt for debt in debts if debt not in named]
        own = left if len(left) == 1 else []
    return Half(part.text, _without_its_name(part, own), wish, [str(debt.id) for debt in own], other and not own)


def _parts(turn: Turn, debts: list[Debt]) -> list[Turn]:
    """The message cut where another debt is named and the one before has its wish."""
    parts: list[Turn] = []
    begins = ends = 0
    for end, start in [*_borders(turn), (len(turn.text), len(turn.text))]:
        piece = _part(turn, ends, end)
        if not parts and not _names(piece, debts) and _wish(piece, debts) not in (None, LEFT_ALONE):
            return []  # "in 3 times, the first on the 5th and the second on the 20th": payments, not debts
        if parts and not (_names(piece, debts) and _names(parts[-1], debts) and _wish(parts[-1], debts)):
            parts[-1] = _part(turn, begins, end)
        else:
            parts.append(piece)
            begins = ends
        ends = start
    return parts


def _borders(turn: Turn) -> list[tuple[int, int]]:
    """Where one statement may end and the next begin, never inside a value ("treinta y cinco")."""
    inside = [(found["start"], found["end"]) for found in turn.values if found.get("start") is not None]
    found = [match.span() for match in re.finditer(words_of("one_wish_a_debt")["border"], turn.text, re.I)]
    return [span for span in found if not any(start < span[1] and span[0] < end for start, end in inside)]


def _part(turn: Turn, start: int, end: int) -> Turn:
    """The turn as if these words alone had been written."""
    values = [
        {**found, "start": found["start"] - start, "end": found["end"] - start}
        for found in turn.values
        if found.get("start") is not None and start <= found["start"] and found["end"] <= end
    ]
    times = re.search(words_of("one_wish_a_debt")["times_alone"], turn.text[start:end].strip(" .!?"), re.I)
    if times:
        values = [found for found in values if found.get("text") != times[1]]
        values.append({"entity": "instalment_count", "value": int(times[1]), "start": 0, "end": 0, "text": times[0]})
    if len(values) > 1:
        ordinals = words_of("one_wish_a_debt")["ordinal_days"]
        values = [found for found in values if fold(str(found.get("text"))) not in ordinals]
    heard = {"text": turn.text[start:end], "intent": turn.intent, "values": values}
    return replace(turn, resumed=heard, values=values, context={**turn.context, "chosen": []})


def _names(part: Turn, debts: list[Debt]) -> bool:
    one = words_of("one_wish_a_debt")["one"]
    return bool(_own(part, debts)) or says_other_debts(part) or re.match(one, fold(part.text)) is not None


def _own(part: Turn, debts: list[Debt]) -> list[Debt]:
    """Those it names by themselves; "the other" is told by what the rest of the message names."""
    found = debts_meant(part, debts)
    return [] if says_other_debts(part) and len(found) == len(debts) else found


def _wish(part: Turn, debts: list[Debt]) -> str | None:
    """What its own figures and words ask for; None where they ask for nothing."""
    words, text = words_of("one_wish_a_debt"), fold(part.text).strip(" .,;!?")
    contested = next((name for name in DISPUTES if name in part.wishes), None)
    says_no = any(re.search(rf"\b{word}\b", text) for word in words_of("negations"))
    day = day_said(part)
    if re.search(words["contests"], text) or (contested and says_no):
        return contested or "dispute_not_owed"
    if "report_payment" in part.wishes and ((day and day < part.today) or re.match(words["paid"], text)):
        return "report_payment"
    counted = (part.value("instalment_count") or 1) > 1 or rest_in_months(part)
    if counted or part.value("period") or says(part, words["several"]):
        return "request_instalments"
    if says(part, words_of("more_time")):
        return "request_delay"
    if (day and day > part.today) or (day is None and says(part, words_of("paydays"))):
        return "promise_to_pay"
    if part.value("share") or _without_its_name(part, _own(part, debts), kinds=("amount",)):
        return "pay_part"
    at_once = day == part.today or says(part, words_of("at_once"))
    now = at_once or re.search(words["now"], text) or re.search(words["pays"], text)
    return LEFT_ALONE if says_no else "pay_now" if now else None


def _only_says_all(part: Turn, debts: list[Debt]) -> bool:
    """ "Both in full", said after each of them has its day."""
    short = not part.values and len(part.text.split()) <= OF_ALL and not says_other_debts(part)
    return short and len(debts_meant(part, debts)) == len(debts)


def _unclear(part: Turn, debts: list[Debt]) -> str | None:
    """More than its name is said of that debt, and no wish: "the second, we shall see". "The second as well" shares the one before."""
    words, text = words_of("one_wish_a_debt"), fold(part.text).strip(" .,;!?")
    says_more = len(text.split()) >= words["more_than_a_name"] and not re.search(words["as_well"], text)
    return LEFT_ALONE if says_more and _own(part, debts) else None


def _without_its_name(part: Turn, debts: list[Debt], kinds: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Its values (of these kinds) but for the sum that only says which debt: "the one of 80"."""
    due = {due_on(part, debt).cents for debt in debts}
    naming = due | {cents // 100 * 100 for cents in due}
    return [
        found
        for found in part.values
        if (not kinds or found["entity"] in kinds)
        and not (found["entity"] == "amount" and found["value"]["cents"] in naming)
    ]
