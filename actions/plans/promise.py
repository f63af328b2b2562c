"""One sum on one day: gathered, repeated, confirmed by a clear yes, then recorded."""

from __future__ import annotations

import uuid
from datetime import date

from actions.debts.debt_lines import due_on, sum_due
from actions.debts.debts_meant import debts_meant, negotiable
from actions.debts.settle_on import settle_on
from actions.plans.clear_yes import says_yes
from actions.plans.plan_wish import says_figures
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.records import Debt
from recovery.errors import OutsideTerms
from recovery.money import Money
from recovery.plans.offer import make_offer, open_offer, refuse_offer
from recovery.plans.promise import check_promise, make_promise, promise_limit


class TakePromise(TradeAction):
    action = "action_promise"
    comes_back = False

    def act(self, turn: Turn) -> None:
        _take_up_the_one_made(turn)
        if (turn.value("instalment_count") or 1) > 1:
            turn.follow_up = "action_propose_plan"
            return
        debts = settle_on(turn, self.action)
        if not debts:
            return
        kept = _gather(turn, debts)
        if _method_refused(turn, debts[0]):
            return
        if "day" not in kept:
            turn.ask("promise_facts", amount=Money(**kept["amount"]), limit=promise_limit(debts[0], turn.today))
            return
        _repeat_and_ask(turn, debts, Money(**kept["amount"]), date.fromisoformat(kept["day"]), kept.get("method"))


class ConfirmPromise(TradeAction):
    action = "action_confirm_promise"
    comes_back = False

    def act(self, turn: Turn) -> None:
        offer = open_offer(turn.session, turn.conversation, "promise")
        if offer is None or (says_figures(turn) and not _repeats(turn, offer.terms)):
            turn.follow_up = "action_promise"
            return
        if not says_yes(turn):
            turn.ask_again()
            return
        day = date.fromisoformat(offer.terms["day"])
        for key, cents in offer.terms["shares"].items():
            debt = turn.session.get_one(Debt, uuid.UUID(key))
            amount = Money(cents, offer.terms["currency"])
            make_promise(
                turn.session, turn.clock, turn.conversation, debt, amount, day, turn.message, offer.terms.get("method")
            )
        offer.state = "accepted"
        turn.context["promise_made"] = {
            key: value for key, value in turn.context.pop("promise", {}).items() if key != "day"
        }
        turn.stay_with("promise_made")
        turn.say("utter_promise_recorded", amount=Money(offer.terms["cents"], offer.terms["currency"]), day=day)


class DropPromise(TradeAction):
    action = "action_drop_promise"
    comes_back = False

    def act(self, turn: Turn) -> None:
        named = debts_meant(turn, negotiable(turn))
        if says_figures(turn) or named:
            turn.follow_up = "action_promise"  # "no, not both, only the phone": the same promise on what is named
            return
        offer = open_offer(turn.session, turn.conversation, "promise")
        if offer:
            refuse_offer(turn.session, turn.clock, offer)
        turn.context.pop("promise", None)
        turn.close_question()
        turn.say("utter_promise_dropped")


def _take_up_the_one_made(turn: Turn) -> None:
    """A figure said right after a promise changes that promise: the rest of it stands."""
    made = turn.context.pop("promise_made", None)
    if made and turn.conversation.expecting == "promise_made":
        turn.context["promise"] = made


def _gather(turn: Turn, debts: list[Debt]) -> dict[str, object]:
    """The sum (all that is due when none is named), the day and the way, over as many messages as it takes."""
    ids = [str(debt.id) for debt in debts]
    kept = dict(turn.context.get("promise", {}))
    if kept.get("debts") != ids:
        kept = {"debts": ids, **({"day": kept["day"]} if "day" in kept else {})}
    due = sum_due(turn, debts)
    amounts, share = turn.amounts(), turn.value("share")
    amount = amounts[-1] if amounts else due.share(share["numerator"], share["denominator"]) if share else None
    if amount or "amount" not in kept:
        kept["amount"] = {"cents": (amount or due).cents, "currency": due.currency}
    if turn.day():
        kept["day"] = turn.day().isoformat()  # type: ignore[union-attr]
    if turn.value("payment_method"):
        kept["method"] = turn.value("payment_method")
    turn.context["promise"] = kept
    return kept


def _method_refused(turn: Turn, debt: Debt) -> bool:
    method = turn.value("payment_method")
    if not method or method in debt.creditor.payment_methods:
        return False
    turn.context["promise"].pop("method", None)
    turn.follow_up = "action_tell_payment_methods"
    return True


def _repeat_and_ask(turn: Turn, debts: list[Debt], amount: Money, day: date, method: str | None) -> None:
    due = sum_due(turn, debts)
    try:
        check_promise(debts[0], due, amount, day, turn.today)
    except OutsideTerms as refused:
        turn.context["promise"].pop("amount" if refused.reason == "more_than_due" else "day", None)
        turn.say(f"utter_promise_{refused.reason}", limit=promise_limit(debts[0], turn.today), due=due)
        turn.conversation.expecting = "promise_facts"
        turn.context.pop("asked", None)
        return
    shares = _shares(turn, debts, amount)
    terms = {
        "shares": shares,
        "cents": amount.cents,
        "currency": amount.currency,
        "day": day.isoformat(),
        "method": method,
    }
    make_offer(turn.session, turn.clock, turn.conversation, "promise", {**terms, "debt_ids": list(shares)})
    turn.ask("promise_confirmation", amount=amount, day=day, references=", ".join(debt.reference for debt in debts))


def _shares(turn: Turn, debts: list[Debt], amount: Money) -> dict[str, int]:
    """Oldest debt first, each up to what is due on it."""
    shares, left = {}, amount.cents
    for debt in debts:
        part = min(left, due_on(turn, debt).cents)
        if part > 0:
            shares[str(debt.id)] = part
            left -= part
    return shares


def _repeats(turn: Turn, terms: dict[str, object]) -> bool:
    day = turn.day()
    same_sum = all(amount.cents == terms["cents"] for amount in turn.amounts())
    return same_sum and (day is None or day.isoformat() == terms["day"]) and (turn.value("instalment_count") or 1) == 1
