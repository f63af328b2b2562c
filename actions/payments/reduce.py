"""A reduction: only what the creditor's terms allow, with its end date, nothing invented and no hurry (CO-11)."""

from __future__ import annotations

from actions.debts.settle_on import settle_on
from actions.payments.give_way import give_way_to_pay
from actions.plans.clear_yes import says_yes
from actions.plans.said import says
from actions.trade_action import TradeAction
from actions.turn import Turn
from actions.words import words_of
from recovery.debts.records import Debt
from recovery.money import Money
from recovery.plans.offer import open_offer, refuse_offer
from recovery.plans.records import Offer
from recovery.plans.settlement import KINDS, accept_reduction, offer_reduction, reduction_allowed


class Discount(TradeAction):
    action = "action_discount"
    comes_back = False

    def act(self, turn: Turn) -> None:
        debts = settle_on(turn, self.action)
        if not debts:
            return
        creditor = debts[0].creditor.name
        allowed = reduction_allowed(turn.session, debts, turn.today)
        if allowed is None:
            turn.say("utter_no_discount", creditor=creditor)
            return
        standing = _open_reduction(turn)
        if standing and (turn.intent == "plan_too_high" or says(turn, words_of("too_much"))):
            turn.follow_up = "action_refuse_reduction"  # "225 at once is too much": no
            return
        if standing and any(amount < _reduced(standing) for amount in turn.amounts()):
            turn.say("utter_no_lower", creditor=creditor, amount=_reduced(standing), until=standing.until)
            turn.wait_for("reduction_acceptance")
            return
        offer = standing or offer_reduction(turn.session, turn.clock, turn.conversation, debts, *allowed)
        turn.ask(
            "reduction_acceptance", creditor=creditor, percent=offer.terms["percent"], amount=_reduced(offer), until=offer.until,
            due=Money(offer.terms["due_cents"], offer.terms["currency"]),
        )  # fmt: skip


class AcceptReduction(TradeAction):
    action = "action_accept_reduction"
    comes_back = False

    def act(self, turn: Turn) -> None:
        offer = _open_reduction(turn)
        if offer is None or offer.until is None:
            turn.follow_up = "action_discount"
        elif not says_yes(turn):
            turn.say("utter_plan_yes_or_no")
        else:
            accept_reduction(turn.session, turn.clock, turn.conversation, offer, turn.message)
            turn.close_question()
            turn.say("utter_reduction_accepted", amount=_reduced(offer), until=offer.until)
            debts = [debt for debt in turn.debts if str(debt.id) in offer.terms["debt_ids"]]
            _way_to_pay(turn, debts, offer)


class RefuseReduction(TradeAction):
    action = "action_refuse_reduction"
    comes_back = False

    def act(self, turn: Turn) -> None:
        offer = _open_reduction(turn)
        if offer:
            refuse_offer(turn.session, turn.clock, offer)
        turn.close_question()
        turn.say("utter_reduction_refused")
        turn.conversation.expecting = "reduction_refused"


def _way_to_pay(turn: Turn, debts: list[Debt], offer: Offer) -> None:
    if debts:
        turn.context.pop("paying", None)
        give_way_to_pay(turn, debts, _reduced(offer))


def _open_reduction(turn: Turn) -> Offer | None:
    """The reduction on the table, as long as its day has not passed."""
    found = (open_offer(turn.session, turn.conversation, kind) for kind in KINDS)
    return next((offer for offer in found if offer and offer.until and offer.until >= turn.today), None)


def _reduced(offer: Offer) -> Money:
    return Money(offer.terms["cents"], offer.terms["currency"])
