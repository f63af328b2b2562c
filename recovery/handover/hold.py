"""The write lock: one person writes to a debtor at a time, whoever took the conversation."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.errors import Forbidden, Refusal
from recovery.handover.hand_over import OPEN
from recovery.handover.records import DeskUser, Handover
from recovery.session.records import Conversation

SUPERVISOR = "supervisor"


class HeldByAnother(Refusal):
    """Somebody else is writing. `holder` is their name."""

    kind = "held-by-another"

    def __init__(self, holder: DeskUser) -> None:
        super().__init__(f"{holder.name} has this conversation; a supervisor can take it.")
        self.holder = holder.name


class NotTaken(Refusal):
    kind = "not-taken"

    def __init__(self) -> None:
        super().__init__("Take the conversation before you write in it.")


class NotYoursToGive(Forbidden):
    kind = "not-yours-to-give"

    def __init__(self) -> None:
        super().__init__("Only the person who has a conversation, or a supervisor, can give it up.")


def open_handovers(session: Session, conversation: Conversation) -> list[Handover]:
    """Waiting or taken, the most urgent first."""
    wanted = select(Handover).where(Handover.conversation_id == conversation.id, Handover.state.in_(OPEN))
    return list(session.scalars(wanted.order_by(Handover.priority, Handover.created_at, Handover.id)))


def holder_of(session: Session, conversation: Conversation) -> DeskUser | None:
    held = (
        select(DeskUser)
        .join(Handover, Handover.agent_id == DeskUser.id)
        .where(Handover.conversation_id == conversation.id, Handover.state == "taken")
    )
    return session.scalars(held.order_by(Handover.taken_at.desc()).limit(1)).first()


def lock(session: Session, conversation: Conversation) -> None:
    """Two people who act on one conversation at once wait for each other here."""
    session.refresh(conversation, with_for_update=True)


def held_by(session: Session, conversation: Conversation, agent: DeskUser) -> Sequence[Handover]:
    """The open hand-overs of a conversation that this person may end. Raises NotTaken, NotYoursToGive."""
    holder = holder_of(session, conversation)
    if holder is None:
        raise NotTaken()
    if holder.id != agent.id and agent.role != SUPERVISOR:
        raise NotYoursToGive()
    return open_handovers(session, conversation)


def first_name(agent: DeskUser) -> str:
    """What the debtor is shown, and nothing more."""
    return agent.name.split()[0] if agent.name.strip() else ""
