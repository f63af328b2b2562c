"""Who of the desk is here, and who looks at which conversation."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.handover.notices import notify_desk
from recovery.handover.records import DeskPresence, DeskUser
from recovery.session.records import Conversation

# A page says every 25 seconds that it is still looked at.
GONE_AFTER = timedelta(seconds=70)


def look_at(session: Session, clock: Clock, agent: DeskUser, conversation: Conversation) -> None:
    before = session.get(DeskPresence, agent.id)
    arrives = before is None or before.conversation_id != conversation.id or clock.now() - before.seen_at > GONE_AFTER
    seen = {"conversation_id": conversation.id, "seen_at": clock.now()}
    session.execute(
        insert(DeskPresence)
        .values(user_id=agent.id, **seen)
        .on_conflict_do_update(index_elements=["user_id"], set_=seen)
    )
    if arrives:
        notify_desk(session, conversation.id)
    if arrives and before is not None and before.conversation_id:
        notify_desk(session, before.conversation_id)


def leave_desk(session: Session, agent: DeskUser) -> None:
    session.execute(delete(DeskPresence).where(DeskPresence.user_id == agent.id))


def lookers(session: Session, clock: Clock) -> dict[uuid.UUID, list[DeskUser]]:
    """Who looks at each conversation now."""
    here = (
        select(DeskPresence.conversation_id, DeskUser)
        .join(DeskUser, DeskUser.id == DeskPresence.user_id)
        .where(DeskPresence.seen_at > clock.now() - GONE_AFTER, DeskPresence.conversation_id.is_not(None))
    )
    looking: dict[uuid.UUID, list[DeskUser]] = {}
    for conversation_id, agent in session.execute(here.order_by(DeskUser.name)):
        assert conversation_id is not None
        looking.setdefault(conversation_id, []).append(agent)
    return looking
