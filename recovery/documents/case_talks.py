"""The part of a case file that proves: every message with what the gate decided, and every act with its hash."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import AuditLine
from recovery.clock import Clock
from recovery.consent.records import Complaint, DataRequest, GateDecision
from recovery.debts.records import Debt, Hold
from recovery.disputes.records import Dispute
from recovery.documents.records import Document
from recovery.documents.sheet import Block, Grid, Heading, Words
from recovery.documents.words import Say, named
from recovery.handover.records import Handover
from recovery.identity.records import Debtor
from recovery.payments.records import PaymentIntent
from recovery.plans.records import Offer, Plan, Promise
from recovery.session.records import Conversation, Message
from recovery.written import moment

# What acts are about, by the kind that their subject begins with.
OWNED = {
    "plan": Plan,
    "promise": Promise,
    "dispute": Dispute,
    "hold": Hold,
    "offer": Offer,
    "intent": PaymentIntent,
    "data_request": DataRequest,
    "complaint": Complaint,
    "handover": Handover,
    "document": Document,
    "conversation": Conversation,
}


def talks_of(session: Session, debtor: Debtor, say: Say, language: str) -> list[Block]:
    had = select(Conversation).where(Conversation.debtor_id == debtor.id).order_by(Conversation.created_at)
    blocks: list[Block] = [Heading(say("case_file.conversations"))]
    for talk in session.scalars(had):
        about = say(
            "case_file.conversation",
            moment=moment(talk.created_at, debtor.time_zone),
            channel=named(language, "channels", talk.channel),
            identity=talk.identity,
        )
        blocks += [Words(about, strong=True), _messages(session, debtor, talk, say, language)]
    return blocks if len(blocks) > 1 else [*blocks, Words(say("case_file.nothing"))]


def acts_of(
    session: Session, clock: Clock, debtor: Debtor, debts: list[Debt], broken: int | None, say: Say
) -> list[Block]:
    """The acts about this person, with the hash that ties each to the whole chain."""
    subjects = _subjects(session, debtor, debts)
    lines = session.scalars(select(AuditLine).where(AuditLine.subject.in_(subjects)).order_by(AuditLine.id))
    rows = [
        (str(line.id), moment(line.at, debtor.time_zone), line.actor, line.act, line.subject, line.hash)
        for line in lines
    ]
    if broken is None:
        lead = say("case_file.audit_lead_whole", moment=moment(clock.now(), debtor.time_zone))
    else:
        lead = say("case_file.audit_lead_broken", line=broken)
    headings = (
        say("case_file.line"),
        say("case_file.when"),
        say("case_file.who"),
        say("case_file.act"),
        say("case_file.part"),
        say("case_file.hash"),
    )
    return [Heading(say("case_file.audit")), Words(lead), Grid(headings, rows, (8, 14, 10, 18, 24, 26), small=True)]


def _messages(session: Session, debtor: Debtor, talk: Conversation, say: Say, language: str) -> Grid:
    said = list(session.scalars(select(Message).where(Message.conversation_id == talk.id).order_by(Message.seq)))
    decided = {
        decision.message_id: decision
        for decision in session.scalars(select(GateDecision).where(GateDecision.conversation_id == talk.id))
    }
    rows = [
        (
            moment(message.sent_at, debtor.time_zone),
            named(language, "authors", message.author),
            "\n".join([message.text, *(f"[{file.name} · {file.sha256[:16]}]" for file in message.attachments)]),
            _verdict(decided.get(message.id), say),
        )
        for message in said
    ]
    headings = (say("case_file.when"), say("case_file.who"), say("case_file.words"), say("case_file.gate"))
    return Grid(headings, rows, (15, 12, 53, 20), small=True)


def _verdict(decision: GateDecision | None, say: Say) -> str:
    if decision is None:
        return ""
    if decision.allowed:
        return say("case_file.allowed")
    return say("case_file.refused", rules=", ".join(rule["rule"] for rule in decision.rules if not rule["passed"]))


def _subjects(session: Session, debtor: Debtor, debts: Iterable[Debt]) -> list[str]:
    subjects = [f"debtor:{debtor.id}", *(f"debt:{debt.id}" for debt in debts)]
    for kind, record in OWNED.items():
        keys: Iterable[UUID] = session.scalars(select(record.id).where(record.debtor_id == debtor.id))  # type: ignore[attr-defined]
        subjects += [f"{kind}:{key}" for key in keys]
    return subjects
