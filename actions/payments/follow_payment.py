"""What became of money: did it arrive, a receipt, a problem, a refund, a reduction."""

from __future__ import annotations

from sqlalchemy import select

from actions.debts.debt_lines import sum_due
from actions.debts.settle_on import settle_on
from actions.trade_action import TradeAction
from actions.turn import Turn
from recovery.disputes.open_dispute import disputes_of
from recovery.documents.nothing_owed import certify_nothing_owed, owes_nothing_to
from recovery.documents.receipt import make_receipt
from recovery.handover.hand_over import hand_over
from recovery.money import Money
from recovery.payments.records import Payment
from recovery.plans.terms import Terms


class PaymentStatus(TradeAction):
    action = "action_payment_status"

    def act(self, turn: Turn) -> None:
        latest = _latest_payment(turn)
        if latest:
            turn.say("utter_payment_found", amount=Money(latest.amount_cents, latest.currency), day=latest.paid_on)
        elif any(dispute.kind == "paid" for dispute in disputes_of(turn.session, turn.debtor)):
            turn.follow_up = "action_dispute_status"  # it is being looked for, under its ticket
        else:
            turn.say("utter_no_payment_seen")


class GiveReceipt(TradeAction):
    """The receipt of the latest payment, and a certificate for each creditor to whom nothing is owed any more."""

    action = "action_give_receipt"

    def act(self, turn: Turn) -> None:
        latest = _latest_payment(turn)
        clear = owes_nothing_to(turn.session, turn.clock, turn.debtor)
        if latest:
            turn.say(
                "utter_receipt",
                amount=Money(latest.amount_cents, latest.currency),
                day=latest.paid_on,
                number=latest.external_ref,
            )
            turn.enclose(make_receipt(turn.session, turn.clock, latest, turn.language))
        for creditor in clear:
            turn.say("utter_nothing_owed", creditor=creditor.name)
            turn.enclose(certify_nothing_owed(turn.session, turn.clock, turn.debtor, creditor, turn.language))
        if not (latest or clear):
            turn.say("utter_no_payment_seen" if turn.debts else "utter_nothing_due")


class PaymentProblem(TradeAction):
    action = "action_payment_problem"

    def act(self, turn: Turn) -> None:
        turn.say("utter_payment_problem")
        hand_over(turn.session, turn.clock, turn.conversation, reason="other", words=turn.text, takes_over=False)
        if turn.debts:
            turn.follow_up = "action_tell_payment_methods"


class Refund(TradeAction):
    """A person decides on a refund: the assistant only accepts, it never refuses (ID-10)."""

    action = "action_refund"

    def act(self, turn: Turn) -> None:
        turn.say("utter_refund_asked")
        hand_over(
            turn.session,
            turn.clock,
            turn.conversation,
            reason="other",
            words=turn.text,
            takes_over=False,
            extra={"refund": True},
        )


class Discount(TradeAction):
    """Only what the creditor's terms allow, with nothing invented and no false deadline (CO-11)."""

    action = "action_discount"

    def act(self, turn: Turn) -> None:
        debts = settle_on(turn, self.action)
        if not debts:
            return
        percent = Terms.of(debts[0].creditor.terms).settlement_discount_percent
        if not percent:
            turn.say("utter_no_discount", creditor=debts[0].creditor.name)
            return
        due = sum_due(turn, debts)
        turn.say("utter_discount_possible", percent=percent, amount=due.share(100 - percent, 100), due=due)
        hand_over(
            turn.session,
            turn.clock,
            turn.conversation,
            reason="other",
            words=turn.text,
            takes_over=False,
            extra={"settlement_percent": percent},
        )


def _latest_payment(turn: Turn) -> Payment | None:
    mine = select(Payment).where(Payment.debtor_id == turn.debtor.id, Payment.reversed_on.is_(None))
    return turn.session.scalars(mine.order_by(Payment.paid_on.desc(), Payment.recorded_at.desc())).first()
