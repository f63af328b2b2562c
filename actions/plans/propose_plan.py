"""From what is affordable to a plan the creditor's terms allow, with the reason where it is not what was asked."""

from __future__ import annotations

from actions.debts.debt_lines import sum_due
from actions.debts.settle_on import settle_on
from actions.plans.acknowledging import warn_of_acknowledging
from actions.plans.plan_wish import minimum_asked, minimum_named, says_figures, wish_so_far
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.debts.records import Debt
from recovery.handover.hand_over import hand_over
from recovery.plans.offer import make_offer
from recovery.plans.propose_plan import Proposal, most_parts, propose_plan
from recovery.plans.terms import Terms

# After these a person takes over, with the debtor's proposal attached.
MOST_COUNTER_OFFERS = 3


class ProposePlan(TradeAction):
    action = "action_propose_plan"
    comes_back = False

    def act(self, turn: Turn) -> None:
        debts = settle_on(turn, self.action)
        if not debts:
            return
        due, terms = sum_due(turn, debts), Terms.of(debts[0].creditor.terms)
        if minimum_asked(turn):
            turn.say(
                "utter_plan_minimum", least=terms.least, most=most_parts(due, terms), creditor=debts[0].creditor.name
            )
            return
        if not says_figures(turn) and not minimum_named(turn) and not turn.context.get("plan_wish"):
            turn.ask("plan_wish", amount=due, least=terms.least, most=most_parts(due, terms))
            return
        proposal = propose_plan(due, wish_so_far(turn, due, terms.least), terms, turn.today)
        if proposal.reason == "more_than_due":
            _all_at_once(turn)
        elif _too_many_refused(turn, proposal):
            _call_a_person(turn, debts)
        else:
            put_on_the_table(turn, debts, proposal)


def put_on_the_table(turn: Turn, debts: list[Debt], proposal: Proposal) -> None:
    """Say why, where it is not what was asked, then show every date and sum and ask for a clear yes."""
    parts = list(proposal.parts)
    make_offer(
        turn.session, turn.clock, turn.conversation, "plan",
        {
            "debt_ids": [str(debt.id) for debt in debts],
            "currency": parts[0][1].currency,
            "parts": [[day.isoformat(), amount.cents] for day, amount in parts],
            "reason": proposal.reason,
            "asked": turn.context.get("plan_wish"),
        },
    )  # fmt: skip
    turn.context["offered_each"] = parts[0][1].cents
    if proposal.reason:
        turn.say(
            f"utter_plan_{proposal.reason}", limit=proposal.limit, creditor=debts[0].creditor.name, total=proposal.total
        )
    warn_of_acknowledging(turn, debts)
    turn.ask("plan_acceptance", count=len(parts), schedule=parts, total=proposal.total)


def _all_at_once(turn: Turn) -> None:
    turn.context.pop("plan_wish", None)
    turn.follow_up = "action_promise" if turn.day() else "action_pay_now"


def _too_many_refused(turn: Turn, proposal: Proposal) -> bool:
    if proposal.reason in (None, "first_too_late", "does_not_add_up"):
        return False
    turn.context["counter_offers"] = turn.context.get("counter_offers", 0) + 1
    return bool(turn.context["counter_offers"] > MOST_COUNTER_OFFERS)


def _call_a_person(turn: Turn, debts: list[Debt]) -> None:
    turn.close_question()
    turn.say("utter_plan_to_a_person")
    proposal = {"debtor_proposal": turn.context.get("plan_wish"), "references": [debt.reference for debt in debts]}
    hand_over(turn.session, turn.clock, turn.conversation, reason="plan_outside_terms", words=turn.text, extra=proposal)
