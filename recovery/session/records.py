"""Conversations, their messages in order, what came with them, and what is on its way out."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recovery.store import Identified, Record


class Conversation(Identified, Record):
    __tablename__ = "conversation"
    __table_args__ = (Index("conversation_address", "channel", "address"),)

    channel: Mapped[str]  # web | sms | whatsapp | telegram | email
    address: Mapped[str]  # the debtor's address on that channel; a random visitor key on the web
    creditor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("creditor.id"))  # whose site this is, if any
    debtor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("debtor.id"), index=True)
    language: Mapped[str]  # fr | es, or ca where a person answers
    mode: Mapped[str]  # bot | human | closed
    identity: Mapped[str]  # unverified | verified | locked
    verified_at: Mapped[datetime | None]
    identity_failures: Mapped[int] = mapped_column(default=0)
    claimed: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # identity facts given so far: debtor_id found, facts right
    expecting: Mapped[str | None]  # the open question, by name (bot/questions/)
    context: Mapped[dict[str, Any]] = mapped_column(default=dict)  # chosen debts, draft figures, counters of this talk
    last_seq: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    last_inbound_at: Mapped[datetime | None]
    disclosed_at: Mapped[datetime | None]  # when the automated-assistant notice was last given (AI Act 50)
    sealed_at: Mapped[datetime | None]  # its words were put away after the case (recovery/retention/)
    told_waiting_at: Mapped[
        datetime | None
    ]  # the assistant is unreachable, and the debtor knows their message has arrived

    messages: Mapped[list[Message]] = relationship(back_populates="conversation", order_by="Message.seq")


class Message(Identified, Record):
    """One message of either side. `seq` is dense in its conversation: the order everybody sees."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_message_id"),
    )

    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id"))
    seq: Mapped[int]
    author: Mapped[str]  # debtor | bot | agent | system
    author_name: Mapped[str]
    text: Mapped[str]  # secrets masked before storage
    masked: Mapped[list[str]] = mapped_column(default=list)  # inbound: the kinds of secrets that were (card, iban, ...)
    language: Mapped[str]
    buttons: Mapped[list[Any]] = mapped_column(default=list)  # [{"title","payload": opaque id,"means": Rasa payload}]
    client_message_id: Mapped[str | None]
    answers: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("message.id"), index=True
    )  # inbound message this replies to
    pressed: Mapped[str | None]  # inbound: what the pressed button means, resolved by us
    asked: Mapped[
        dict[str, Any] | None
    ]  # inbound: what the assistant was asked at the first try, so that another try asks the same
    nlu: Mapped[dict[str, Any] | None]  # intent, confidence, entities, signals, intents
    handled_at: Mapped[datetime | None]  # inbound: its turn is over
    delivery: Mapped[str] = mapped_column(
        default="none"
    )  # outbound: waiting | sent | delivered | read | failed | refused
    sent_at: Mapped[datetime]

    conversation: Mapped[Conversation] = relationship(back_populates="messages")
    attachments: Mapped[list[Attachment]] = relationship(back_populates="message")


class Attachment(Identified, Record):
    __tablename__ = "attachment"

    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id"), index=True)
    message_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("message.id"), index=True)
    name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    path: Mapped[str]  # under the data folder
    created_at: Mapped[datetime]

    message: Mapped[Message | None] = relationship(back_populates="attachments")


class ActionRun(Record):
    """What one action answered for one inbound message, so that a turn taken again does nothing twice."""

    __tablename__ = "action_run"

    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("message.id"), primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[dict[str, Any]]  # responses and events, as given to Rasa
    at: Mapped[datetime]


class UsedLink(Record):
    """A signed link works once; its second use finds its number here."""

    __tablename__ = "used_link"

    number: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id"))
    used_at: Mapped[datetime]


class ExternalEvent(Identified, Record):
    """A provider's call, stored once by its own id before anything is done with it."""

    __tablename__ = "external_event"
    __table_args__ = (UniqueConstraint("source", "external_id"),)

    source: Mapped[str]  # sms.twilio, whatsapp.meta, telegram, stripe, ...
    external_id: Mapped[str]
    body: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]


class Delivery(Identified, Record):
    """An outbox row: one message on its way through one provider."""

    __tablename__ = "delivery"

    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("message.id"), unique=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id"), index=True)
    channel: Mapped[str]
    provider_ref: Mapped[str | None] = mapped_column(index=True)
    state: Mapped[str]  # waiting | sent | delivered | read | failed | dead
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
