"""A reminder before the day of a promise or an instalment: once, by the gate, at a decent hour, never on a held debt."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock, local_day
from recovery.consent.opt_out import opted_out
from recovery.countries.contact import Whereabouts, may_write_at
from recovery.debts.freeze import active_holds
from recovery.debts.records import Debt
from recovery.identity.records import ContactPoint, Debtor
from recovery.money import Money
from recovery.plans.records import Instalment, Plan, Promise, Reminder
from recovery.session.open_conversation import open_conversation
from recovery.session.records import Conversation
from recovery.session.say import MayNotBeSaid, say
from recovery.settings import settings
from recovery.texts import text_for
from recovery.written import long_day, written

log = logging.getLogger(__name__)

# A reminder is written to these; a letter takes longer than a day.
WRITTEN_TO = ("sms", "whatsapp", "telegram", "email")
ONE_DAY = timedelta(days=1)
LOOK_AHEAD = timedelta(days=6)  # the longest run of days on which nobody is written to: Easter, with its holidays


@dataclass(frozen=True)
class Coming:
    """What is to be paid on a day, as was agreed. `subject` tells it from any other: promise:<id>, instalment:<id>."""

    subject: str
    debtor: Debtor
    debt_ids: list[uuid.UUID]
    due_on: date
    amount: Money
    conversation_id: uuid.UUID | None


def send_reminders(session: Session, clock: Clock) -> list[Reminder]:
    """For the timetable, often: each coming payment is recalled once, on the last decent day before it."""
    sent = []
    for coming in [*_promises(session, clock), *_instalments(session, clock)]:
        if reminder := _remind(session, clock, coming):
            sent.append(reminder)
    return sent


def can_be_reminded(session: Session, clock: Clock, debtor: Debtor, day: date) -> bool:
    """Whether a reminder will have a way and a day to go: not for tomorrow's payment agreed to tonight."""
    today = local_day(clock, debtor.time_zone)
    return _last_day_to_write(debtor, day) > today and _address(session, debtor) is not None


def _remind(session: Session, clock: Clock, coming: Coming) -> Reminder | None:
    debtor, today = coming.debtor, local_day(clock, coming.debtor.time_zone)
    if _last_day_to_write(debtor, coming.due_on) != today or not _decent_hour(debtor, clock):
        return None  # the gate would say the same; here it is no refusal, only not yet
    if session.scalar(select(Reminder.id).where(Reminder.subject == coming.subject, Reminder.due_on == coming.due_on)):
        return None
    if _held(session, clock, coming):
        return None
    conversation = _conversation(session, clock, coming)
    if conversation is None or opted_out(session, debtor.id, conversation.channel):
        return None
    reminder = Reminder(
        subject=coming.subject, debtor_id=debtor.id, due_on=coming.due_on, conversation_id=conversation.id, sent_at=clock.now()
    )  # fmt: skip
    try:
        reminder.message_id = say(session, clock, conversation, _text(conversation, coming), author="campaign").id
    except MayNotBeSaid as refused:
        log.info("No reminder for %s: %s", coming.subject, refused)
        return None
    session.add(reminder)
    session.flush()
    record_act(session, clock, "bot", "reminder.sent", coming.subject, due_on=coming.due_on.isoformat())
    return reminder


def _text(conversation: Conversation, coming: Coming) -> str:
    """Sums and days for whoever proved who they are in this conversation; otherwise nothing that tells a stranger anything."""
    language = conversation.language
    if conversation.identity == "verified" and conversation.debtor_id == coming.debtor.id:
        amount, day = written(coming.amount, language), long_day(coming.due_on, language)
        return text_for("reminder", language, amount=amount, day=day)
    return text_for("reminder_unnamed", language, name=settings().operator_name)


def _last_day_to_write(debtor: Debtor, due_on: date) -> date:
    """The last day before it on which somebody may be written to at all: the Friday before a Monday."""
    day = due_on - ONE_DAY
    while not any(
        _may_write(debtor, datetime.combine(day, time(hour), ZoneInfo(debtor.time_zone))) for hour in range(24)
    ):
        day -= ONE_DAY
    return day


def _decent_hour(debtor: Debtor, clock: Clock) -> bool:
    """Now, by the law of the country and by the hours the debtor asked for."""
    asked: dict[str, str] = debtor.preferences.get("hours") or {}
    here = clock.now().astimezone(ZoneInfo(debtor.time_zone)).time()
    earliest, latest = time.fromisoformat(asked.get("from", "00:00")), time.fromisoformat(asked.get("until", "23:59"))
    return earliest <= here <= latest and _may_write(debtor, clock.now())


def _may_write(debtor: Debtor, moment: datetime) -> bool:
    return may_write_at(moment, Whereabouts(debtor.country, debtor.time_zone, debtor.postcode, debtor.region))


def _promises(session: Session, clock: Clock) -> Iterator[Coming]:
    wanted = select(Promise, Debtor).join(Debtor, Debtor.id == Promise.debtor_id).where(Promise.state == "open")
    for promise, debtor in session.execute(wanted.where(Promise.due_on.between(*_soon(clock)))).all():
        amount = Money(promise.amount_cents, promise.currency)
        yield Coming(
            f"promise:{promise.id}", debtor, [promise.debt_id], promise.due_on, amount, promise.conversation_id
        )


def _instalments(session: Session, clock: Clock) -> Iterator[Coming]:
    wanted = (
        select(Instalment, Plan, Debtor)
        .join(Plan, Plan.id == Instalment.plan_id)
        .join(Debtor, Debtor.id == Plan.debtor_id)
        .where(Plan.state == "active", Instalment.paid_cents < Instalment.amount_cents)
    )
    for part, plan, debtor in session.execute(wanted.where(Instalment.due_on.between(*_soon(clock)))).all():
        left = Money(part.amount_cents - part.paid_cents, plan.currency)
        agreed_in = uuid.UUID(plan.acceptance["conversation_id"]) if plan.acceptance.get("conversation_id") else None
        ids = [uuid.UUID(key) for key in plan.debt_ids]
        yield Coming(f"instalment:{part.id}", debtor, ids, part.due_on, left, agreed_in)


def _soon(clock: Clock) -> tuple[date, date]:
    """A day before and after by any debtor's clock."""
    today = clock.now().date()
    return today, today + LOOK_AHEAD


def _held(session: Session, clock: Clock, coming: Coming) -> bool:
    states = set(session.scalars(select(Debt.state).where(Debt.id.in_(coming.debt_ids))))
    held = any(active_holds(session, clock, coming.debtor.id, debt_id) for debt_id in coming.debt_ids)
    return held or states <= {"settled", "cancelled", "time_barred"}


def _conversation(session: Session, clock: Clock, coming: Coming) -> Conversation | None:
    """Where the debtor is written to: their preferred or first address, else the website's conversation where it was agreed."""
    point = _address(session, coming.debtor)
    if point is None:
        talk = session.get(Conversation, coming.conversation_id) if coming.conversation_id else None
        return talk if talk and talk.mode == "bot" else None
    there = select(Conversation).where(Conversation.channel == point.channel, Conversation.address == point.address)
    talk = session.scalar(there.order_by(Conversation.id.desc()).limit(1))
    if talk:
        return talk if talk.mode == "bot" else None
    try:
        return open_conversation(session, clock, point.channel, point.address, None, coming.debtor.language or "fr")
    except MayNotBeSaid:
        return None


def _address(session: Session, debtor: Debtor) -> ContactPoint | None:
    points = session.scalars(
        select(ContactPoint).where(
            ContactPoint.debtor_id == debtor.id,
            ContactPoint.suppressed_at.is_(None),
            ContactPoint.channel.in_(WRITTEN_TO),
        )
    )
    allowed = [point for point in points if point.channel != "whatsapp" or point.opt_in]
    wanted = debtor.preferences.get("channel")
    ranked = sorted(allowed, key=lambda p: (p.channel != wanted, WRITTEN_TO.index(p.channel), str(p.id)))
    return ranked[0] if ranked else None
