"""What an agent does: take, write, note, hand back, release, resolve. A refusal is said beside the text, which is never lost."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from api.desk.desk_route import DeskRoute
from api.desk.door import REAL_TIME, AtDesk, Desk
from api.desk.views import conversation_of
from api.desk.why_refused import marked, why_refused
from recovery.errors import Refusal
from recovery.handover.give_up import hand_back, release, resolve
from recovery.handover.hold import HeldByAnother, holder_of
from recovery.handover.notes import write_note
from recovery.handover.presence import look_at
from recovery.handover.reply import reply
from recovery.handover.take_over import take_over
from recovery.session.notices import notify_typing
from recovery.session.records import Conversation
from recovery.session.say import MayNotBeSaid
from recovery.session.send_again import send_again

router = APIRouter(prefix="/desk/conversations/{key}", route_class=DeskRoute)


@router.post("/take")
def take(at: AtDesk, key: uuid.UUID, from_another: Annotated[bool, Form()] = False) -> Response:
    return _do(at, key, lambda talk: take_over(at.session, at.clock, talk, at.user, from_another=from_another))


@router.post("/write")
def write(
    at: AtDesk, key: uuid.UUID, text: Annotated[str, Form()] = "", kind: Annotated[str, Form()] = "reply"
) -> Response:
    if kind == "note":
        return _do(
            at, key, lambda talk: write_note(at.session, at.clock, talk, at.user, text), said="talk.noted", text=text
        )
    return _do(at, key, lambda talk: reply(at.session, at.clock, talk, at.user, text), said="talk.sent", text=text)


@router.post("/hand-back")
def give_to_assistant(at: AtDesk, key: uuid.UUID) -> Response:
    return _do(at, key, lambda talk: hand_back(at.session, at.clock, talk, at.user))


@router.post("/release")
def give_to_queue(at: AtDesk, key: uuid.UUID) -> Response:
    return _do(at, key, lambda talk: release(at.session, at.clock, talk, at.user))


@router.post("/resolve")
def finish(at: AtDesk, key: uuid.UUID, outcome: Annotated[str, Form()] = "") -> Response:
    return _do(at, key, lambda talk: resolve(at.session, at.clock, talk, at.user, outcome))


@router.post("/again/{message}")
def once_more(at: AtDesk, key: uuid.UUID, message: uuid.UUID) -> Response:
    return _do(at, key, lambda talk: send_again(at.session, at.clock, talk, message, f"agent:{at.user.id}"))


@router.post("/here")
def here(at: AtDesk, key: uuid.UUID) -> Response:
    look_at(at.session, REAL_TIME, at.user, conversation_of(at.session, key))
    return Response(status_code=204)


@router.post("/typing")
def typing(at: AtDesk, key: uuid.UUID) -> Response:
    """Shown to the debtor only when it is this person who will answer."""
    talk = conversation_of(at.session, key)
    holder = holder_of(at.session, talk)
    if holder and holder.id == at.user.id and talk.mode == "human":
        notify_typing(at.session, talk.id, "agent")
    return Response(status_code=204)


def _do(at: Desk, key: uuid.UUID, act: Callable[[Conversation], Any], said: str = "", text: str = "") -> Response:
    talk = conversation_of(at.session, key)
    try:
        act(talk)
    except Refusal as refused:
        # Answered, not raised: what the gate decided is kept with the rest of this transaction.
        return _refused(at, talk, refused, text)
    if not at.by_htmx:
        return RedirectResponse(f"/desk/conversations/{talk.id}", status_code=303)
    done = {"desk:changed": "", **({"desk:written": ""} if said else {})}
    return at.page("parts/said.html", headers={"HX-Trigger": json.dumps(done)}, said=at.words(said) if said else "")


def _refused(at: Desk, talk: Conversation, refused: Refusal, text: str) -> Response:
    values: dict[str, Any] = {"text": text, "why": [], "marked": [], "problem": ""}
    if isinstance(refused, MayNotBeSaid):
        why = why_refused(refused.rules, at.words)
        values.update(why=why, marked=marked(text, [word for one in why for word in one.words]))
    else:
        holder = refused.holder if isinstance(refused, HeldByAnother) else ""
        known = at.words.has("problems", refused.kind)
        values["problem"] = at.words(f"problems.{refused.kind if known else 'other'}", holder=holder)
    template = "parts/refused.html" if at.by_htmx else "refused.html"
    return at.page(template, refused.status, talk=talk, **values)
