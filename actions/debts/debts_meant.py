"""Which debts a message is about: by reference, by sum, by creditor, by what was bought, by place in the list, or the other one."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Callable

from actions.identity.facts_given import facts_given
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.balance import balance_on
from recovery.debts.freeze import LEAVES_OPEN, active_holds
from recovery.debts.records import Debt

# So short an answer is a place in the list, even where it may be read as a day ("el 1").
FEW_WORDS = 3
FIGURES = ("amount", "date", "instalment_count", "period", "share")


def debts_meant(turn: Turn, debts: list[Debt], text: str | None = None) -> list[Debt]:
    """The debts of `debts` that the text names; empty where it names none. Half a message keeps to the debt it was cut for."""
    if text is None and (own := of_this_half(turn, debts)):
        return own
    said = text if text is not None else turn.text
    for reads in (_by_reference, _by_sum, _by_name):
        if found := reads(turn, debts, fold(said)):
            standing_out = _by_what_stands_out(turn, found, fold(said)) if len(found) > 1 else []
            return standing_out or found  # "the dearest, is it the phone or the electricity?"
    return _by_place(turn, debts, fold(_without_figures(turn, said))) or (
        _by_place(turn, debts, fold(said)) if len(said.split()) <= FEW_WORDS else []
    )


def of_this_half(turn: Turn, debts: list[Debt]) -> list[Debt]:
    """Where a message was cut debt by debt: the one that this half of it is about."""
    return [debt for debt in debts if str(debt.id) in (turn.resumed or {}).get("debts", ())]


def negotiable(turn: Turn, debts: list[Debt] | None = None) -> list[Debt]:
    """Debts on which money may be spoken of: no dispute, no insolvency, no distress (CT-14)."""
    return [debt for debt in (turn.debts if debts is None else debts) if not blocking_holds(turn, debt)]


def blocking_holds(turn: Turn, debt: Debt) -> list[str]:
    return [
        hold.kind
        for hold in active_holds(turn.session, turn.clock, debt.debtor_id, debt.id)
        if hold.kind not in LEAVES_OPEN
    ]


def chosen_debts(turn: Turn, debts: list[Debt]) -> list[Debt]:
    """The debts picked earlier in this conversation, as far as they are still among `debts`."""
    kept = {uuid.UUID(key) for key in turn.context.get("chosen", [])}
    return [debt for debt in debts if debt.id in kept]


def choose(turn: Turn, debts: list[Debt]) -> None:
    turn.context["chosen"] = [str(debt.id) for debt in debts]


def says_other_debts(turn: Turn) -> bool:
    """ "The two others": those that were not spoken of so far."""
    return len(turn.debts) > 1 and any(_is_word(word, fold(turn.text)) for word in words_of("places")["other"])


def fold(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _by_reference(turn: Turn, debts: list[Debt], folded: str) -> list[Debt]:
    given = set(facts_given(turn).references)
    compact = re.sub(r"[^a-z0-9]", "", folded).upper()
    return [debt for debt in debts if debt.reference_folded in given and debt.reference_folded in compact]


def _by_sum(turn: Turn, debts: list[Debt], folded: str) -> list[Debt]:
    said = {amount.cents for amount in turn.amounts()}
    due = {debt.id: balance_on(turn.session, debt, turn.today).due.cents for debt in debts}
    # "180" also means 180,40 where no other debt is near it.
    exact = [debt for debt in debts if due[debt.id] in said and _stands_in(due[debt.id], folded)]
    return exact or [
        debt for debt in debts if any(cents % 100 == 0 and cents == due[debt.id] // 100 * 100 for cents in said)
    ]


def _stands_in(cents: int, folded: str) -> bool:
    return str(cents // 100) in folded.replace(" ", "").replace(".", "")


def _by_name(turn: Turn, debts: list[Debt], folded: str) -> list[Debt]:
    told = re.sub(words_of("places")["by_phone"], " ", folded) if len(debts) > 1 else folded
    return [debt for debt in debts if any(_is_word(name, told) for name in _names(debt))]


def _names(debt: Debt) -> list[str]:
    creditor = [word for word in fold(debt.creditor.name).split() if len(word) > 3]
    described = [
        word for word in re.findall(r"[a-z]{5,}", fold(debt.description)) if word not in words_of("places")["empty"]
    ]
    return [*creditor, *described, *words_of("products").get(debt.product, [])]


def _without_figures(turn: Turn, text: str) -> str:
    """The "2" of "in 2 times" and the "all" of "all at once" are no place in a list."""
    figures = [found["text"] for found in turn.values if found["entity"] in FIGURES and found.get("text")]
    for figure in figures:
        text = text.replace(figure, " ")
    return re.sub("|".join(map(re.escape, words_of("at_once"))), " ", text, flags=re.I)


def _is_word(word: str, folded: str) -> bool:
    return re.search(rf"\b{re.escape(word)}s?\b", folded) is not None


def _by_place(turn: Turn, debts: list[Debt], folded: str) -> list[Debt]:
    listed = turn.context.get("listed") or [str(debt.id) for debt in debts]
    places = words_of("places")
    if standing_out := _by_what_stands_out(turn, debts, folded):
        return standing_out
    others = any(_is_word(word, folded) for word in places["other"])
    folded = re.sub(places["counted"], " ", folded) if others else folded
    if not others and any(_is_word(word, re.sub(places["one_of"], " ", folded)) for word in places["all"]):
        return debts
    numbers = [n for n, words in enumerate(places["ordinals"]) if any(_is_word(word, folded) for word in words)]
    if at := [listed[number] for number in numbers if number < len(listed)]:
        return [debt for debt in debts if str(debt.id) in at]
    if others:
        earlier = set(turn.context.get("chosen", []))
        return [debt for debt in debts if str(debt.id) not in earlier] if len(debts) > 1 else debts
    return []


def _by_what_stands_out(turn: Turn, debts: list[Debt], folded: str) -> list[Debt]:
    """ "The small one", "the oldest": where one of several is so, and no other as much."""
    measures: dict[str, Callable[[Debt], int]] = {
        "smallest": lambda debt: balance_on(turn.session, debt, turn.today).due.cents,
        "largest": lambda debt: -balance_on(turn.session, debt, turn.today).due.cents,
        "oldest": lambda debt: debt.due_on.toordinal(),
        "newest": lambda debt: -debt.due_on.toordinal(),
    }
    for name, measure in measures.items():
        if len(debts) > 1 and any(_is_word(word, folded) for word in words_of("places")[name]):
            first, second, *_ = sorted(debts, key=measure)
            return [first] if measure(first) < measure(second) else []
    return []
