"""An instalment that did not come: a week of patience, one neutral word, then a person. Nothing falls due at once (IN-13)."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import ColumnElement, String, cast, exists, literal, select
from sqlalchemy.orm import Session

from recovery.audit import AuditLine, record_act
from recovery.clock import Clock, local_day
from recovery.handover.hand_over import hand_over
from recovery.money import Money
from recovery.plans.records import Instalment, Plan
from recovery.session.records import Conversation
from recovery.session.say import MayNotBeSaid, say
from recovery.texts import text_for
from recovery.written import long_day, written

GRACE = timedelta(days=7)  # IN-13, grace_days; as long again between the word and a person


def follow_late_instalments(session: Session, clock: Clock) -> list[Instalment]:
    """For the timetable: those of which something was done today. Each is spoken of once, and given to a person once."""
    today = local_day(clock, "Europe/Paris")
    late = (
        select(Instalment, Plan)
        .join(Plan, Plan.id == Instalment.plan_id)
        .where(
            Plan.state == "active",
            Plan.imposed.is_(None),  # what is late of measures is for the creditor to demand, by a letter (L733-16)
            Instalment.paid_cents < Instalment.amount_cents,
            Instalment.due_on < today - GRACE,
            ~_done(Instalment, "instalment.given_to_a_person"),
        )
    )
    return [part for part, plan in session.execute(late).all() if _follow(session, clock, part, plan)]


def _follow(session: Session, clock: Clock, part: Instalment, plan: Plan) -> bool:
    talk = session.get(Conversation, uuid.UUID(plan.acceptance["conversation_id"]))
    if talk is None:
        return False
    spoken = session.scalar(
        select(AuditLine.at).where(AuditLine.subject == f"instalment:{part.id}", AuditLine.act == "instalment.recalled")
    )
    if spoken is None and _recall(session, clock, talk, part, plan):
        return True
    if spoken is not None and clock.now() - spoken < GRACE:
        return False
    late = {"plan": str(plan.id), "due_on": part.due_on.isoformat(), "left_cents": part.amount_cents - part.paid_cents}
    hand_over(session, clock, talk, reason="other", takes_over=False, extra={"late_instalment": late})
    record_act(session, clock, "system", "instalment.given_to_a_person", f"instalment:{part.id}", **late)
    return True


def _recall(session: Session, clock: Clock, talk: Conversation, part: Instalment, plan: Plan) -> bool:
    """False where the gate lets nothing leave, or where whoever is there has not proven who they are."""
    if talk.identity != "verified" or talk.mode != "bot":
        return False
    left = written(Money(part.amount_cents - part.paid_cents, plan.currency), talk.language)
    text = text_for("late_instalment", talk.language, amount=left, day=long_day(part.due_on, talk.language))
    try:
        say(session, clock, talk, text, author="campaign")
    except MayNotBeSaid:
        return False
    record_act(session, clock, "bot", "instalment.recalled", f"instalment:{part.id}", due_on=part.due_on.isoformat())
    return True


def _done(part: type[Instalment], act: str) -> ColumnElement[bool]:
    subject = literal("instalment:").concat(cast(part.id, String))
    return exists().where(AuditLine.act == act, AuditLine.subject == subject)
