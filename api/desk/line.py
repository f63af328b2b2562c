"""The queue: one line a conversation, the most urgent first, then who has waited longest."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from api.desk.door import REAL_TIME
from recovery.handover.hand_over import OPEN
from recovery.handover.presence import lookers
from recovery.handover.records import DeskUser, Handover
from recovery.identity.records import Debtor
from recovery.session.records import Conversation, Message

VIEWS = ("open", "waiting", "mine", "taken", "resolved")
LONGEST = 200  # lines
ENDED = ("resolved", "handed_back")


@dataclass(frozen=True)
class Line:
    conversation: Conversation
    handovers: list[Handover]  # the most urgent first
    name: str | None
    holder: DeskUser | None
    last: Message | None
    lookers: list[DeskUser]

    @property
    def first(self) -> Handover:
        return self.handovers[0]

    @property
    def is_task(self) -> bool:
        return not any(handover.takes_over for handover in self.handovers)

    @property
    def answered(self) -> bool:
        return all(handover.answered_at for handover in self.handovers)

    @property
    def due_at(self) -> datetime:
        return min(handover.answer_due_at for handover in self.handovers)

    @property
    def debtor_spoke_last(self) -> bool:
        return bool(self.last and self.last.author == "debtor")

    @property
    def words(self) -> str:
        """What made it urgent while nobody has it, then the last word."""
        if self.holder is None and self.first.words:
            return self.first.words
        return self.last.text if self.last else ""

    def late(self, now: datetime) -> bool:
        return self.first.state in OPEN and not self.answered and self.due_at < now


def line(session: Session, user: DeskUser, view: str = "open", queue: str = "") -> list[Line]:
    found: dict[uuid.UUID, list[Any]] = {}
    for row in session.execute(_wanted(user, view, queue)):
        found.setdefault(row.Conversation.id, []).append(row)
    last, looking = _last_messages(session, found), lookers(session, REAL_TIME)
    return [
        Line(
            conversation=rows[0].Conversation,
            handovers=[row.Handover for row in rows],
            name=rows[0].name,
            holder=next((row.DeskUser for row in rows if row.Handover.state == "taken"), None),
            last=last.get(key),
            lookers=[person for person in looking.get(key, []) if person.id != user.id],
        )
        for key, rows in found.items()
    ]


def counts(session: Session, user: DeskUser) -> dict[str, int]:
    """How many conversations each view holds, those that have ended aside."""

    def conversations(*conditions: Any) -> Any:
        matching = case((conditions[0], Handover.conversation_id)) if conditions else Handover.conversation_id
        return func.count(matching.distinct())

    mine = (Handover.state == "taken") & (Handover.agent_id == user.id)
    row = session.execute(
        select(
            conversations().label("open"),
            conversations(Handover.state == "waiting").label("waiting"),
            conversations(Handover.state == "taken").label("taken"),
            conversations(mine).label("mine"),
        ).where(Handover.state.in_(OPEN))
    ).one()
    return dict(row._mapping)


def late_count(session: Session, now: datetime) -> int:
    late = select(func.count(Handover.conversation_id.distinct())).where(
        Handover.state.in_(OPEN), Handover.answered_at.is_(None), Handover.answer_due_at < now
    )
    return session.scalar(late) or 0


def done_by(session: Session, user: DeskUser, now: datetime) -> int:
    since = now - timedelta(hours=12)
    done = select(func.count(Handover.conversation_id.distinct())).where(
        Handover.agent_id == user.id, Handover.state.in_(ENDED), Handover.ended_at > since
    )
    return session.scalar(done) or 0


def _wanted(user: DeskUser, view: str, queue: str) -> Any:
    wanted: Select[Any] = (
        select(Handover, Conversation, Debtor.name.label("name"), DeskUser)
        .join(Conversation, Conversation.id == Handover.conversation_id)
        .outerjoin(Debtor, Debtor.id == Conversation.debtor_id)
        .outerjoin(DeskUser, DeskUser.id == Handover.agent_id)
        .limit(LONGEST)
    )
    if queue:
        wanted = wanted.where(Handover.queue == queue)
    if view == "resolved":
        return wanted.where(Handover.state.in_(ENDED)).order_by(Handover.ended_at.desc())
    if view == "mine":
        wanted = wanted.where(Handover.state == "taken", Handover.agent_id == user.id)
    elif view in {"waiting", "taken"}:
        wanted = wanted.where(Handover.state == view)
    else:
        wanted = wanted.where(Handover.state.in_(OPEN))
    return wanted.order_by(Handover.priority, Handover.created_at, Handover.id)


def _last_messages(session: Session, conversations: Iterable[uuid.UUID]) -> dict[uuid.UUID, Message]:
    spoken = select(Message).where(Message.conversation_id.in_(list(conversations)), Message.author != "system")
    newest = spoken.ext(distinct_on(Message.conversation_id)).order_by(Message.conversation_id, Message.seq.desc())
    return {message.conversation_id: message for message in session.scalars(newest)}
