"""A plan shown: why it is not what was asked, every date and sum, and the question for a clear yes."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.payments.methods_said import say_nothing_is_taken
from actions.plans.acknowledging import warn_of_acknowledging
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.plans.accept_plan import parts_of
from recovery.plans.offer import make_offer, open_offer
from recovery.plans.pauses import paused_until
from recovery.plans.propose_plan import Proposal, Wish, least_each, most_parts
from recovery.plans.terms import Terms

# Where every letter is paid for, a regular schedule is told in one sentence: the same days and sums.
SHORT_CHANNELS = ("sms",)


def put_on_the_table(turn: Turn, debts: list[Debt], proposal: Proposal, wish: Wish) -> None:
    """The offer, kept with its reason; a plan that is already on the table is not spelled out a second time."""
    parts = [[day.isoformat(), amount.cents] for day, amount in proposal.parts]
    earlier = open_offer(turn.session, turn.conversation, "plan")
    seen = earlier is not None and earlier.terms["parts"] == parts
    if earlier is None or not seen:
        terms = {
            "debt_ids": [str(debt.id) for debt in debts],
            "currency": proposal.total.currency,
            "parts": parts,
            "reason": proposal.reason,
            "asked": turn.context.get("plan_wish"),
        }
        make_offer(turn.session, turn.clock, turn.conversation, "plan", terms)
    turn.context["offered_each"] = parts[0][1]
    if proposal.reason:
        _say_why(turn, debts, proposal, wish, seen)
    if not seen:
        tell_which(turn, debts)
        tell_end_of_pause(turn, debts, proposal.parts[0][0])
        warn_of_acknowledging(turn, debts)
    _ask_for_a_yes(turn, proposal, seen)


def tell_which(turn: Turn, debts: list[Debt]) -> None:
    """Somebody who owes several sums says yes to a plan over these, named; told already where a message was taken debt by debt."""
    if len(turn.debts) > 1 and "debts" not in (turn.resumed or {}):
        turn.say("utter_plan_for", references=", ".join(debt.reference for debt in debts))


def tell_end_of_pause(turn: Turn, debts: list[Debt], first: date) -> None:
    """A plan that begins before the time given is over takes its place: said before the yes."""
    until = paused_until(turn.session, turn.clock, debts)
    if until and first < until:
        turn.say("utter_plan_ends_pause", day=until)


def tell_terms(turn: Turn, debts: list[Debt], due: Money, terms: Terms, *, asks: bool = False) -> None:
    """The least and the longest that the creditor allows for this sum, whoever asks."""
    facts = {"least": least_each(due, terms), "most": most_parts(due, terms)}
    if asks:
        turn.ask("plan_wish", amount=due, **facts)
    else:
        turn.say("utter_plan_minimum", creditor=debts[0].creditor.name, **facts)
        if not turn.conversation.expecting:
            turn.conversation.expecting = "plan_wish"


class ShowPlan(TradeAction):
    """The dates and sums of the plan on the table, spelled out again when they are asked for."""

    action = "action_show_plan"

    def act(self, turn: Turn) -> None:
        offer = open_offer(turn.session, turn.conversation, "plan")
        if offer is None:
            turn.follow_up = "action_plan_status"
        else:
            say_nothing_is_taken(turn)
            turn.say("utter_plan_dates", schedule=parts_of(offer))


class ExplainOffer(TradeAction):
    """Why this plan and no other: the creditor's terms and the sum due, the same for everybody."""

    action = "action_explain_offer"

    def act(self, turn: Turn) -> None:
        if not turn.debts:
            turn.say("utter_nothing_due")
            return
        debt = turn.debts[0]
        terms = Terms.of(debt.creditor.terms)
        turn.say(
            "utter_plan_why", creditor=debt.creditor.name, least=terms.least, months=terms.max_months, days=terms.max_first_payment_days
        )  # fmt: skip


def _say_why(turn: Turn, debts: list[Debt], proposal: Proposal, wish: Wish, seen: bool) -> None:
    facts: dict[str, Any] = {"limit": proposal.limit, "creditor": debts[0].creditor.name, "total": proposal.total}
    if seen and proposal.reason in ("below_minimum", "too_long"):
        turn.say(f"utter_plan_{proposal.reason}_again", asked=wish.each or wish.count, **facts)
    elif not seen:
        turn.say(f"utter_plan_{proposal.reason}", **facts)


def _ask_for_a_yes(turn: Turn, proposal: Proposal, seen: bool) -> None:
    parts = list(proposal.parts)
    form = "_short" if told_in_short(turn, parts) else ""
    turn.ask("plan_acceptance", form=form, seen=seen, schedule=parts, total=proposal.total, **in_short(parts))


def in_short(parts: list[tuple[date, Money]]) -> dict[str, Any]:
    """The figures of a schedule for a sentence: how many, the first sum, the first and the last day."""
    return {"count": len(parts), "each": parts[0][1], "first": parts[0][0], "last": parts[-1][0]}


def told_in_short(turn: Turn, parts: list[tuple[date, Money]]) -> bool:
    """A schedule of equal sums, once a month, on a channel where every letter counts."""
    same_sum = len({amount for _, amount in parts}) == 1
    monthly = len({day.day for day, _ in parts}) == 1
    return turn.conversation.channel in SHORT_CHANNELS and len(parts) > 3 and same_sum and monthly
