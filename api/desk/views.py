"""What the pages are made from."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.case_file import case_file, offers_in
from api.desk.desk_route import UnknownConversation
from api.desk.door import REAL_TIME, Desk
from api.desk.line import VIEWS, counts, done_by, late_count, line
from api.desk.pages import rendered
from api.desk.summary_lines import offer_in_words, summary_lines
from api.desk.talk import talk
from recovery.consent.opt_out import opt_out_in_force
from recovery.debts.records import Creditor
from recovery.handover.give_up import OUTCOMES
from recovery.handover.hold import SUPERVISOR, first_name, holder_of, open_handovers
from recovery.handover.presence import lookers
from recovery.handover.reasons import QUEUES
from recovery.handover.records import Handover
from recovery.identity.records import Debtor
from recovery.session.records import Conversation


def conversation_of(session: Session, key: uuid.UUID) -> Conversation:
    conversation = session.get(Conversation, key)
    if conversation is None:
        raise UnknownConversation(key)
    return conversation


def line_values(at: Desk, view: str, queue: str, current: str = "") -> dict[str, Any]:
    view = view if view in VIEWS else VIEWS[0]
    queue = queue if queue in QUEUES else ""
    return {
        "lines": line(at.session, at.user, view, queue),
        "counts": counts(at.session, at.user),
        "late_count": late_count(at.session, at.clock.now()),
        "view": view,
        "views": VIEWS,
        "queue": queue,
        "queues": QUEUES,
        "current": current,
        "now": at.clock.now(),
    }


def quiet_values(at: Desk) -> dict[str, Any]:
    """No conversation is open: what waits, and the most urgent."""
    waiting = line(at.session, at.user, "waiting")
    return {
        "talk": None,
        "next": waiting[0] if waiting else None,
        "done_today": done_by(at.session, at.user, at.clock.now()),
        "first_name": first_name(at.user),
    }


def talk_values(at: Desk, conversation: Conversation, everything: bool = False) -> dict[str, Any]:
    days, more = talk(at.session, conversation, at.formats, everything)
    handovers = open_handovers(at.session, conversation)
    holder = holder_of(at.session, conversation)
    debtor = at.session.get(Debtor, conversation.debtor_id) if conversation.debtor_id else None
    looking = lookers(at.session, REAL_TIME).get(conversation.id, [])
    return {
        "talk": conversation,
        "debtor": debtor,
        "creditor": at.session.get(Creditor, conversation.creditor_id) if conversation.creditor_id else None,
        "days": days,
        "more": more,
        "handovers": handovers,
        "holder": holder,
        "mine": holder is not None and holder.id == at.user.id,
        "may_take_from": holder is not None and holder.id != at.user.id and at.user.role == SUPERVISOR,
        "others": [person for person in looking if person.id != at.user.id],
        "silenced": opt_out_in_force(at.session, conversation) is not None,
        "outcomes": OUTCOMES,
        "first_name": first_name(at.user),
        "now": at.clock.now(),
    }


def case_values(at: Desk, conversation: Conversation, debtor: Debtor | None) -> dict[str, Any]:
    handovers = open_handovers(at.session, conversation) or _last_handover(at.session, conversation)
    return {
        "case": case_file(at.session, at.clock, debtor) if debtor else None,
        "offers": offers_in(at.session, conversation),
        "offer_in_words": lambda offer: offer_in_words(offer.kind, offer.terms, at.words, at.formats),
        "summaries": [(handover, summary_lines(handover, at.words, at.formats)) for handover in handovers],
    }


def fresh_parts(at: Desk, conversation: Conversation, seen: str, case_seen: str, everything: bool) -> str:
    """What changed since the page last looked; empty where nothing did."""
    values = {**at.common(), **talk_values(at, conversation, everything)}
    values.update(case_values(at, conversation, values["debtor"]))
    talk_now, case_now = talk_mark(values), case_mark(values)
    if (talk_now, case_now) == (seen, case_seen):
        return ""
    return rendered(
        "parts/fresh.html", talk_mark=talk_now, case_mark=case_now, case_changed=case_now != case_seen, **values
    )


def talk_mark(values: dict[str, Any]) -> str:
    parts = ("parts/transcript.html", "parts/head.html", "parts/foot.html")
    return _mark("".join(rendered(part, talk_mark="", oob=False, **values) for part in parts))


def case_mark(values: dict[str, Any]) -> str:
    return _mark(rendered("parts/case.html", case_mark="", oob=False, **values))


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _last_handover(session: Session, conversation: Conversation) -> list[Handover]:
    ended = select(Handover).where(Handover.conversation_id == conversation.id).order_by(Handover.created_at.desc())
    return list(session.scalars(ended.limit(1)))
