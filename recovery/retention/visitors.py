"""Talks of people who never proved who they are, and providers' own calls: erased when they are of no more use (RE-02)."""

from __future__ import annotations

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.consent.records import Complaint, DataRequest
from recovery.countries.retention import retention_of
from recovery.handover.hand_over import COUNTRY_OF_LANGUAGE
from recovery.handover.hand_over import OPEN as HANDOVER_OPEN
from recovery.handover.records import Handover
from recovery.retention.files import destroy_files, take_files
from recovery.retention.words import take_words
from recovery.session.external_events import PLACE
from recovery.session.records import Conversation, ExternalEvent
from recovery.texts import text_for

AT_A_TIME = 500


def erase_visitors(session: Session, clock: Clock) -> list[Conversation]:
    """For the timetable. While a person has it, or where the visitor complained or asked for their data, it is kept as a case would be."""
    quiet_since = func.coalesce(Conversation.last_inbound_at, Conversation.created_at)
    wanted = select(Conversation).where(
        Conversation.debtor_id.is_(None),
        or_(Conversation.sealed_at.is_(None), Conversation.last_inbound_at > Conversation.sealed_at),
        ~exists().where(Handover.conversation_id == Conversation.id, Handover.state.in_(HANDOVER_OPEN)),
        ~exists().where(DataRequest.conversation_id == Conversation.id, DataRequest.state == "open"),
    )
    erased = []
    for talk in session.scalars(wanted.order_by(quiet_since).limit(AT_A_TIME)).all():
        kept = retention_of(COUNTRY_OF_LANGUAGE.get(talk.language, "FR"))
        complained = session.scalar(select(exists().where(Complaint.conversation_id == talk.id)))
        term = relativedelta(years=kept.archive_years) if complained else relativedelta(months=kept.visitor_months)
        if (talk.last_inbound_at or talk.created_at) + term <= clock.now():
            _erase(session, clock, talk)
            erased.append(talk)
    return erased


def forget_provider_calls(session: Session, clock: Clock) -> int:
    """For the timetable: the bodies of calls taken in long ago. Who called and under which number stays, so that a repeat is known."""
    days = min(retention_of(country).event_days for country in COUNTRY_OF_LANGUAGE.values())
    old = select(ExternalEvent).where(
        ExternalEvent.handled_at < clock.now() - timedelta(days=days),
        ExternalEvent.body != {},
        ~ExternalEvent.source.startswith(f"{PLACE}/"),
    )
    calls = session.scalars(old.limit(AT_A_TIME * 10)).all()
    for call in calls:
        call.body = {}
    session.flush()
    return len(calls)


def _erase(session: Session, clock: Clock, talk: Conversation) -> None:
    words = take_words(session, [talk], None, lambda record: text_for("no_longer_kept", talk.language))
    files = take_files(session, [talk], None)
    destroy_files(files)
    talk.sealed_at, talk.expecting = clock.now(), None
    session.flush()
    record_act(
        session, clock, "system", "conversation.erased", f"conversation:{talk.id}",
        because="a visitor who never proved who they are", words=len(words), files=len(files),
    )  # fmt: skip
