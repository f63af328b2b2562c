"""What the assistant hands to a person, the notes they take, and the people of the desk."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from recovery.store import Identified, Record


class Handover(Identified, Record):
    __tablename__ = "handover"

    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id"), index=True)
    debtor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("debtor.id"), index=True)
    reason: Mapped[str]  # recovery.handover.reasons.REASONS
    priority: Mapped[int]  # 0 distress · 1 a person was asked for · 2 dispute, hardship · 3 the rest
    queue: Mapped[str]  # general | disputes | hardship | estates | complaints | privacy
    words: Mapped[str | None]  # the debtor's words that triggered it
    summary: Mapped[dict[str, Any]]  # facts at that moment, see recovery.handover.summary
    state: Mapped[str]  # waiting | taken | resolved | handed_back
    answer_due_at: Mapped[datetime]
    agent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("desk_user.id"))
    takes_over: Mapped[bool]  # true: the assistant is silent until handed back; false: a task beside the conversation
    created_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    answered_at: Mapped[datetime | None]  # a person's first answer: what `answer_due_at` is measured against
    returned_at: Mapped[datetime | None]  # went back to the queue, by its holder or because nobody answered


class Note(Identified, Record):
    __tablename__ = "note"

    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id"), index=True)
    agent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("desk_user.id"))
    text: Mapped[str]
    created_at: Mapped[datetime]


class DeskUser(Identified, Record):
    __tablename__ = "desk_user"

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]  # argon2id
    role: Mapped[str]  # agent | supervisor
    language: Mapped[str]  # fr | es: the desk's own language for this person
    time_zone: Mapped[str] = mapped_column(default="Europe/Paris")  # IANA name: the times this person reads
    active: Mapped[bool] = mapped_column(default=True)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class DeskSession(Record):
    """A login at the desk. The cookie carries a random token; only its hash is kept."""

    __tablename__ = "desk_session"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("desk_user.id"))
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class DeskPresence(Record):
    """Where each person of the desk is looking now."""

    __tablename__ = "desk_presence"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("desk_user.id"), primary_key=True)
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id"), index=True)
    seen_at: Mapped[datetime]
