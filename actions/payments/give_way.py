"""The way to pay itself: a page for a card and its like, a mandate to sign, the bank details for a transfer."""

from __future__ import annotations

from collections.abc import Callable

from actions.debts.debt_lines import sum_due
from actions.payments.methods_said import BY_PAGE, method_named, methods_said
from actions.plans.share_budget import by_creditor
from actions.turn import Turn
from recovery.debts.records import Debt
from recovery.errors import Refusal
from recovery.money import Money
from recovery.payments.intent import payment_link
from recovery.plans.share_budget import pro_rata
from recovery.settings import settings

Give = Callable[[Turn, list[Debt], Money], None]


def give_way_to_pay(turn: Turn, debts: list[Debt], amount: Money | None, method: str | None = None) -> None:
    """`amount` None: all that is due. Each creditor is paid apart, each with its own part of the sum."""
    whole = sum_due(turn, debts)
    amount = amount or _kept_sum(turn, whole) or whole
    groups = by_creditor(debts)
    shares = pro_rata(amount, [sum_due(turn, group) for group in groups])
    turn.context["paying_in"] = str(turn.message.id)
    turn.context["paying"], turn.context["paying_for"] = amount.cents, [str(debt.id) for debt in debts]
    for group, share in zip(groups, shares, strict=True):
        if share.cents > 0:
            _give(turn, group, share, method)


def give_transfer(turn: Turn, debts: list[Debt], amount: Money) -> None:
    give_way_to_pay(turn, debts, amount, "transfer")


def _give(turn: Turn, debts: list[Debt], amount: Money, method: str | None) -> None:
    taken = debts[0].creditor.payment_methods
    asked = method or turn.value("payment_method")
    if asked and asked not in taken:
        methods, creditor = methods_said(turn, debts[0]), debts[0].creditor.name
        turn.say("utter_method_not_taken", asked=method_named(turn, asked), methods=methods, creditor=creditor)
        turn.conversation.expecting = "payment_given"
        return
    kept = turn.context.get("method")
    chosen = asked or (kept if kept in taken else next((way for way in BY_PAGE if way in taken), taken[0]))
    if asked:
        turn.context["method"] = asked
    if chosen == "transfer":
        _by_transfer(turn, debts, amount)
    elif chosen == "direct_debit" or chosen in BY_PAGE:
        _by_page(turn, debts, amount, chosen)
    else:
        turn.say(f"utter_pay_by_{chosen}", holder=debts[0].creditor.legal_name, address=debts[0].creditor.address,
                 references=_references(debts), amount=amount)  # fmt: skip


def _by_page(turn: Turn, debts: list[Debt], amount: Money, method: str) -> None:
    token = _link(turn, debts, amount, method)
    if token:
        others = [method_named(turn, way) for way in debts[0].creditor.payment_methods if way != method]
        said = "direct_debit_link" if method == "direct_debit" else "payment_link"
        turn.say(
            f"utter_{said}", amount=amount, creditor=debts[0].creditor.name, method=method_named(turn, method), url=_page(token)
        )  # fmt: skip
        if others and not turn.context.get("others_told"):
            turn.context["others_told"] = True
            whole = amount >= sum_due(turn, debts)
            turn.say(f"utter_other_methods{'' if whole else '_for_part'}", methods=", ".join(others))


def _by_transfer(turn: Turn, debts: list[Debt], amount: Money) -> None:
    creditor = debts[0].creditor
    if not creditor.iban:
        turn.say("utter_payment_methods", methods=methods_said(turn, debts[0]), creditor=creditor.name)
        return
    token = _link(turn, debts, amount, "transfer")
    if token:
        iban = " ".join(creditor.iban[i : i + 4] for i in range(0, len(creditor.iban), 4))
        turn.say(
            "utter_bank_details", holder=creditor.legal_name, iban=iban, bic=creditor.bic or "-", references=_references(debts),
            amount=amount, url=_page(token),
        )  # fmt: skip


def _link(turn: Turn, debts: list[Debt], amount: Money, method: str) -> str | None:
    """The token of its page; None once the debtor was told that nothing is asked for."""
    try:
        intent = payment_link(turn.session, turn.clock, turn.debtor.id, debts, amount, method, turn.conversation.id)
    except Refusal:
        turn.say("utter_all_on_hold")
        return None
    turn.close_question()
    turn.conversation.expecting = "payment_given"  # "no, 80 rather" right after is another sum
    return intent.token


def _page(token: str) -> str:
    return f"{settings().public_url.rstrip('/')}/pay/{token}"


def _references(debts: list[Debt]) -> str:
    return ", ".join(debt.reference for debt in debts)


def _kept_sum(turn: Turn, due: Money) -> Money | None:
    """When only the way to pay changes, the sum chosen a moment ago stays."""
    kept = turn.context.get("paying")
    same = turn.conversation.expecting == "payment_given" and turn.value("payment_method") and kept
    return Money(min(kept, due.cents), due.currency) if same and kept else None
