"""The ways to pay that a creditor takes, as words."""

from actions.plans.said import says
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.records import Debt

# A page takes these at once; the others need a bank's own time.
BY_PAGE = ("card", "paypal", "bizum")


def methods_said(turn: Turn, debt: Debt) -> str:
    names = words_of("methods")[turn.language]
    return ", ".join(names.get(method, method) for method in debt.creditor.payment_methods)


def method_named(turn: Turn, method: str) -> str:
    return str(words_of("methods")[turn.language].get(method, method))


def say_nothing_is_taken(turn: Turn) -> None:
    """Asked when the money will be taken: it is paid by the debtor, on each day, and never goes by itself."""
    if turn.debts and says(turn, words_of("taken")):
        turn.say("utter_nothing_taken", methods=methods_said(turn, turn.debts[0]))
