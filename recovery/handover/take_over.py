"""A person takes a conversation: from then on they alone write in it, and the assistant is silent if it was to be."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.handover.hand_over import hand_over
from recovery.handover.hold import SUPERVISOR, HeldByAnother, first_name, holder_of, lock, open_handovers
from recovery.handover.notices import notify_desk
from recovery.handover.records import DeskUser, Handover
from recovery.handover.tell_debtor import tell_debtor
from recovery.session.notices import notify_message
from recovery.session.records import Conversation


def take_over(
    session: Session, clock: Clock, conversation: Conversation, agent: DeskUser, *, from_another: bool = False
) -> list[Handover]:
    """Everything open in this conversation becomes this person's. Nothing was asked: they step in by themselves.

    Raises HeldByAnother, unless a supervisor takes it `from_another`.
    """
    lock(session, conversation)
    holder = holder_of(session, conversation)
    if holder and holder.id != agent.id and not (from_another and agent.role == SUPERVISOR):
        raise HeldByAnother(holder)
    handovers = open_handovers(session, conversation) or [hand_over(session, clock, conversation, reason="other")]
    for handover in handovers:
        if handover.state == "waiting" or handover.agent_id != agent.id:
            handover.state, handover.agent_id, handover.taken_at = "taken", agent.id, clock.now()
    if holder != agent and any(handover.takes_over for handover in handovers):
        step_in(session, clock, conversation, agent)
    facts = {"handovers": [str(handover.id) for handover in handovers], "from": holder.name if holder else None}
    record_act(session, clock, f"agent:{agent.id}", "handover.taken", f"conversation:{conversation.id}", **facts)
    notify_desk(session, conversation.id)
    return handovers


def step_in(session: Session, clock: Clock, conversation: Conversation, agent: DeskUser) -> None:
    """The assistant falls silent and the debtor is told who answers now."""
    conversation.mode = "human"
    notify_message(session, conversation.id)
    tell_debtor(session, clock, conversation, "agent_joined", name=first_name(agent))
