"""What happened to the people of the demo after their debts were taken in: each step through the room that owns it, on
its own day.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import Clock, FrozenClock, local_day
from recovery.consent.opt_out import opt_out
from recovery.debts.balance import balance_on
from recovery.debts.freeze import freeze
from recovery.debts.records import Debt
from recovery.debts.stop_interest import stop_interest
from recovery.disputes.open_dispute import open_dispute
from recovery.handover.hand_over import hand_over
from recovery.identity.records import Debtor
from recovery.money import Money
from recovery.payments.record_payment import record_payment
from recovery.payments.records import Payment
from recovery.payments.reverse_payment import reverse_payment
from recovery.plans.accept_plan import accept_plan
from recovery.plans.offer import make_offer
from recovery.plans.promise import make_promise
from recovery.plans.propose_plan import Wish, propose_plan
from recovery.plans.terms import Terms
from recovery.session.open_conversation import open_conversation
from recovery.session.records import Conversation, Message
from recovery.session.say import say


@dataclass
class Life:
    session: Session
    clock: Clock
    debtor: Debtor
    debts: dict[str, Debt]
    conversation: Conversation | None = None
    said: list[Message] = field(default_factory=list)
    days_ago: int = 0  # of the last talk: what follows from it happened on that day

    def then(self, days_ago: int | None = None) -> Clock:
        return FrozenClock(self.clock.now() - timedelta(days=self.days_ago if days_ago is None else days_ago))

    def talk(self) -> Conversation:
        assert self.conversation is not None, f"{self.debtor.name}: a talk comes first"
        return self.conversation


def tell_story(
    session: Session, clock: Clock, debtor: Debtor, debts: dict[str, Debt], steps: list[dict[str, Any]]
) -> None:
    life = Life(session, clock, debtor, debts)
    for step in steps:
        for name, facts in step.items():
            STEPS[name](life, facts)
            session.flush()


def _talk(life: Life, facts: dict[str, Any]) -> None:
    life.days_ago = facts["days_ago"]
    then, language = life.then(), life.debtor.language or "fr"
    first = next(iter(life.debts.values()))
    life.conversation = open_conversation(life.session, then, "web", uuid.uuid4().hex, first.creditor, language)
    life.conversation.debtor_id, life.conversation.identity, life.conversation.verified_at = (
        life.debtor.id,
        "verified",
        then.now(),
    )
    life.said = []
    for author, text in facts["said"]:
        if author == "debtor":
            life.said.append(_heard(life, then, text))
        else:
            say(life.session, then, life.conversation, text, answers=life.said[-1] if life.said else None)


def _heard(life: Life, then: Clock, text: str) -> Message:
    """A message whose turn is over: nothing is enqueued for it."""
    talk = life.talk()
    talk.last_seq += 1
    talk.last_inbound_at = then.now()
    message = Message(
        conversation_id=talk.id,
        seq=talk.last_seq,
        author="debtor",
        author_name=life.debtor.name,
        text=text,
        language=talk.language,
        buttons=[],
        client_message_id=uuid.uuid4().hex,
        handled_at=then.now(),
        sent_at=then.now(),
    )
    life.session.add(message)
    life.session.flush()
    return message


def _plan(life: Life, facts: dict[str, Any]) -> None:
    then = life.then()
    today = local_day(then, life.debtor.time_zone)
    debts = [life.debts[reference] for reference in facts["debts"]]
    due = sum(balance_on(life.session, debt, today).due.cents for debt in debts)
    wish = Wish(count=facts["parts"], first=today + timedelta(days=facts["first_in"]))
    proposal = propose_plan(Money(due), wish, Terms.of(debts[0].creditor.terms), today)
    parts = [[day.isoformat(), amount.cents] for day, amount in proposal.parts]
    terms = {"debt_ids": [str(debt.id) for debt in debts], "parts": parts, "currency": "EUR"}
    offer = make_offer(life.session, then, life.talk(), "plan", terms)
    accept_plan(life.session, then, life.talk(), offer, life.said[-1])
    for debt in debts:
        debt.acknowledged_on = today


def _promise(life: Life, facts: dict[str, Any]) -> None:
    then = life.then()
    day = local_day(then, life.debtor.time_zone) + timedelta(days=facts["in_days"])
    make_promise(life.session, then, life.talk(), life.debts[facts["debt"]], Money(facts["cents"]), day, life.said[-1])


def _dispute(life: Life, facts: dict[str, Any]) -> None:
    claimed = Money(facts["claimed_cents"]) if "claimed_cents" in facts else None
    open_dispute(
        life.session, life.then(), life.talk(), life.debts[facts["debt"]], facts["kind"], facts["words"], claimed
    )


def _hand_over(life: Life, facts: dict[str, Any]) -> None:
    hand_over(
        life.session,
        life.then(),
        life.talk(),
        reason=facts["reason"],
        words=facts["words"],
        takes_over=facts["takes_over"],
    )


def _paid(life: Life, facts: dict[str, Any]) -> None:
    then = life.then(facts["days_ago"])
    debt = life.debts[facts["debt"]]
    ref = facts.get("ref") or f"DEMO-{debt.reference_folded}-{facts['days_ago']}"
    record_payment(
        life.session, then, debt, Money(facts["cents"]), local_day(then, life.debtor.time_zone), facts["method"], ref
    )


def _reversed(life: Life, facts: dict[str, Any]) -> None:
    debt = life.debts[facts["debt"]]
    payment = life.session.scalars(
        select(Payment).where(Payment.debt_id == debt.id, Payment.external_ref == facts["ref"])
    ).one()
    reverse_payment(life.session, life.clock, payment, facts["because"])


def _hold(life: Life, facts: dict[str, Any]) -> None:
    freeze(life.session, life.clock, debtor_id=life.debtor.id, kind=facts["kind"], reason=facts.get("reason"))


def _hardship(life: Life, facts: dict[str, Any]) -> None:
    then = life.then()
    life.debtor.hardship_kind = facts["kind"]
    until = local_day(then, life.debtor.time_zone) + timedelta(days=facts["pause_days"])
    freeze(life.session, then, debtor_id=life.debtor.id, kind="hardship", until=until, conversation_id=life.talk().id)


def _interest_stopped(life: Life, facts: dict[str, Any]) -> None:
    on = local_day(life.then(facts["days_ago"]), life.debtor.time_zone)
    stop_interest(life.session, life.clock, life.debtor.id, on, facts["because"])


def _opt_out(life: Life, facts: dict[str, Any]) -> None:
    address = next(point.address for point in life.debtor.contact_points if point.channel == facts["channel"])
    talk = Conversation(
        channel=facts["channel"],
        address=address,
        debtor_id=life.debtor.id,
        language=life.debtor.language or "fr",
        mode="bot",
        identity="unverified",
        claimed={},
        context={},
        identity_failures=0,
        last_seq=0,
        created_at=life.clock.now(),
    )
    life.session.add(talk)
    life.session.flush()
    opt_out(life.session, life.clock, talk, facts["channel"], facts["words"])


STEPS: dict[str, Callable[[Life, dict[str, Any]], None]] = {
    "talk": _talk,
    "plan": _plan,
    "promise": _promise,
    "dispute": _dispute,
    "hand_over": _hand_over,
    "paid": _paid,
    "reversed": _reversed,
    "hold": _hold,
    "hardship": _hardship,
    "interest_stopped": _interest_stopped,
    "opt_out": _opt_out,
}
