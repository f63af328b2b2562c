"""Several creditors, one budget: each gets a plan by its own terms, the sum a month is shared in proportion to what is owed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from actions.debts.debt_lines import sum_due
from actions.debts.debts_meant import choose, negotiable
from actions.plans.acknowledging import warn_of_acknowledging
from actions.plans.clear_yes import begins_with_yes, says_yes
from actions.plans.plan_wish import forget_wish, minimum_named, says_figures, wish_so_far
from actions.plans.show_plan import tell_end_of_pause
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.wording import schedule_lines
from recovery.debts.records import Creditor, Debt
from recovery.documents.plan_agreement import write_agreement
from recovery.documents.receipt import language_beside
from recovery.errors import Refusal
from recovery.money import Money
from recovery.plans.accept_plan import accept_plan
from recovery.plans.offer import make_offer, open_offer, refuse_offer
from recovery.plans.propose_plan import Proposal
from recovery.plans.records import Offer, Plan
from recovery.plans.share_budget import Claimed, least_budget, share_budget
from recovery.plans.terms import Terms


class ShareBudget(TradeAction):
    action = "action_share_budget"
    comes_back = False

    def act(self, turn: Turn) -> None:
        groups = by_creditor(negotiable(turn))
        if len(groups) < 2:
            turn.follow_up = "action_propose_plan"
            return
        choose(turn, [debt for debts in groups for debt in debts])
        claims = [Claimed(sum_due(turn, debts), Terms.of(debts[0].creditor.terms)) for debts in groups]
        total = sum((claim.due for claim in claims[1:]), claims[0].due)
        wish = wish_so_far(turn, total)
        budget = least_budget(claims) if minimum_named(turn) else wish.each
        if budget is None and wish.count:
            budget = max(total.split(wish.count))
        if budget is None:
            turn.ask("budget_wish", total=total, least=least_budget(claims))
            return
        proposals, least = share_budget(budget, claims, wish.first, turn.today)
        _put_on_the_table(turn, groups, proposals, budget, least)


class AcceptBudget(TradeAction):
    action = "action_accept_budget"
    comes_back = False

    def act(self, turn: Turn) -> None:
        offer = open_offer(turn.session, turn.conversation, "budget")
        if offer is None or (says_figures(turn) and not begins_with_yes(turn)):
            turn.follow_up = "action_share_budget"
        elif not says_yes(turn):
            turn.say("utter_plan_yes_or_no")
        else:
            _conclude(turn, offer)


class RefuseBudget(TradeAction):
    action = "action_refuse_budget"
    comes_back = False

    def act(self, turn: Turn) -> None:
        if says_figures(turn):
            turn.follow_up = "action_share_budget"
            return
        offer = open_offer(turn.session, turn.conversation, "budget")
        if offer:
            refuse_offer(turn.session, turn.clock, offer)
        turn.context.pop("plan_wish", None)
        turn.say("utter_plan_refused")
        turn.wait_for("budget_wish")


def by_creditor(debts: Sequence[Debt]) -> list[list[Debt]]:
    """The debts of each creditor together, the oldest debt first."""
    groups: dict[uuid.UUID, list[Debt]] = {}
    for debt in debts:
        groups.setdefault(debt.creditor_id, []).append(debt)
    return list(groups.values())


def _put_on_the_table(
    turn: Turn, groups: list[list[Debt]], proposals: list[Proposal], budget: Money, least: Money | None
) -> None:
    plans = [
        {
            "debt_ids": [str(debt.id) for debt in debts],
            "currency": proposal.total.currency,
            "parts": [[day.isoformat(), amount.cents] for day, amount in proposal.parts],
        }
        for debts, proposal in zip(groups, proposals, strict=True)
    ]
    terms = {
        "plans": plans,
        "budget_cents": budget.cents,
        "debt_ids": [key for plan in plans for key in plan["debt_ids"]],
    }
    make_offer(turn.session, turn.clock, turn.conversation, "budget", terms)
    if least:
        turn.say("utter_budget_below_minimum", least=least)
    lines = "\n".join(
        f"{debts[0].creditor.name}\n{schedule_lines(proposal.parts, turn.language)}"
        for debts, proposal in zip(groups, proposals, strict=True)
    )
    together = [debt for debts in groups for debt in debts]
    tell_end_of_pause(turn, together, min(proposal.parts[0][0] for proposal in proposals))
    warn_of_acknowledging(turn, together)
    monthly = sum((proposal.parts[0][1] for proposal in proposals[1:]), proposals[0].parts[0][1])
    turn.ask("budget_acceptance", lines=lines, monthly=monthly)


def _conclude(turn: Turn, offer: Offer) -> None:
    first: list[tuple[date, Money]] = []
    plans: list[Plan] = []
    try:
        for plan in offer.terms["plans"]:
            own = _own_offer(turn, offer, plan)
            plans.append(accept_plan(turn.session, turn.clock, turn.conversation, own, turn.message))
            day, cents = plan["parts"][0]
            first.append((date.fromisoformat(day), Money(cents, plan["currency"])))
    except Refusal:
        turn.close_question()
        turn.say("utter_all_on_hold")
        return
    offer.state = "accepted"
    turn.close_question()
    forget_wish(turn)
    monthly = sum((amount for _, amount in first[1:]), first[0][1])
    for plan in plans:
        creditor = turn.session.get_one(Creditor, plan.creditor_id).name
        turn.say("utter_budget_agreement", creditor=creditor)
        turn.enclose(write_agreement(turn.session, turn.clock, plan, language_beside(turn.debtor, turn.language)))
    turn.say("utter_budget_accepted", count=len(first), monthly=monthly, first=min(day for day, _ in first))
    turn.conversation.expecting = "plan_made"


def _own_offer(turn: Turn, budget: Offer, plan: dict[str, Any]) -> Offer:
    """The part of the budget that one creditor is offered, with its own proof."""
    offer = Offer(
        conversation_id=budget.conversation_id, debtor_id=budget.debtor_id, kind="plan", terms={**plan, "budget": str(budget.id)},
        state="open", created_at=turn.clock.now(),
    )  # fmt: skip
    turn.session.add(offer)
    turn.session.flush()
    return offer
