"""The ways a conversation leaves the hands of a person: back to the assistant, resolved, or back to the queue."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.errors import Invalid
from recovery.handover.hold import first_name, held_by, holder_of, lock
from recovery.handover.notices import notify_desk
from recovery.handover.records import DeskUser, Handover
from recovery.handover.tell_debtor import tell_debtor
from recovery.handover.waiting import waiting_since
from recovery.session.notices import notify_message
from recovery.session.records import Conversation

OUTCOMES = (
    "answered",
    "arrangement",
    "paid",
    "dispute_followed",
    "protected",
    "corrected",
    "passed_on",
    "unreachable",
    "no_action",
)


class UnknownOutcome(Invalid):
    kind = "unknown-outcome"

    def __init__(self, outcome: str) -> None:
        super().__init__(f"{outcome!r} is not an outcome; they are {', '.join(OUTCOMES)}.")


def hand_back(session: Session, clock: Clock, conversation: Conversation, agent: DeskUser) -> None:
    """The assistant talks again and the debtor is told. Tasks beside the conversation stay with whoever has them."""
    lock(session, conversation)
    for handover in held_by(session, conversation, agent):
        if handover.takes_over:
            handover.state, handover.ended_at = "handed_back", clock.now()
    if conversation.mode == "human":
        conversation.mode = "bot"
        conversation.expecting = None  # what the assistant had asked was answered to a person
        tell_debtor(session, clock, conversation, "handed_back", name=first_name(agent))
    _done(session, clock, conversation, f"agent:{agent.id}", "handover.handed_back")


def resolve(session: Session, clock: Clock, conversation: Conversation, agent: DeskUser, outcome: str) -> None:
    """Everything open here is over. The conversation closes; whoever writes again is answered again."""
    if outcome not in OUTCOMES:
        raise UnknownOutcome(outcome)
    lock(session, conversation)
    for handover in held_by(session, conversation, agent):
        handover.state, handover.ended_at, handover.outcome = "resolved", clock.now(), outcome
        handover.agent_id = handover.agent_id or agent.id
    if conversation.mode == "human":
        tell_debtor(session, clock, conversation, "person_left", name=first_name(agent))
        conversation.mode = "closed"
        conversation.expecting = None
    _done(session, clock, conversation, f"agent:{agent.id}", "handover.resolved", outcome=outcome)


def release(session: Session, clock: Clock, conversation: Conversation, agent: DeskUser) -> None:
    """Back to the queue, for a colleague. The debtor goes on waiting, and the due time does not move."""
    lock(session, conversation)
    _back_to_the_queue(
        clock, [handover for handover in held_by(session, conversation, agent) if handover.state == "taken"]
    )
    _done(session, clock, conversation, f"agent:{agent.id}", "handover.released")


def give_back_unanswered(session: Session, clock: Clock, after: timedelta) -> list[Conversation]:
    """The return timer: whoever has waited for the holder longer than `after` goes back to the queue."""
    taken = (
        select(Conversation)
        .join(Handover, Handover.conversation_id == Conversation.id)
        .where(Handover.state == "taken", Handover.takes_over.is_(True))
    )
    returned = []
    for conversation in session.scalars(taken.distinct()).all():
        lock(session, conversation)
        since = waiting_since(session, conversation)
        if since and clock.now() - since >= after:
            _return(session, clock, conversation)
            returned.append(conversation)
    return returned


def _return(session: Session, clock: Clock, conversation: Conversation) -> None:
    holder = holder_of(session, conversation)
    wanted = select(Handover).where(Handover.conversation_id == conversation.id, Handover.state == "taken")
    _back_to_the_queue(clock, list(session.scalars(wanted)))
    _done(session, clock, conversation, "system", "handover.returned", holder=holder.name if holder else None)


def _back_to_the_queue(clock: Clock, handovers: list[Handover]) -> None:
    for handover in handovers:
        handover.state, handover.agent_id, handover.taken_at, handover.returned_at = "waiting", None, None, clock.now()


def _done(session: Session, clock: Clock, conversation: Conversation, actor: str, act: str, **facts: object) -> None:
    session.flush()
    record_act(session, clock, actor, act, f"conversation:{conversation.id}", **facts)
    notify_message(session, conversation.id)
    notify_desk(session, conversation.id)
