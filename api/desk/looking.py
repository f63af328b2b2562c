"""Pages that are read: the queue, a conversation, a person, a search, a file."""

from __future__ import annotations

import uuid
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from api.desk.case_file import case_file
from api.desk.desk_route import DeskRoute
from api.desk.door import AtDesk, Desk
from api.desk.pages import HEADERS, static_file
from api.desk.search import search
from api.desk.views import (
    case_mark,
    case_values,
    conversation_of,
    fresh_parts,
    line_values,
    quiet_values,
    talk_mark,
    talk_values,
)
from api.ledger.documents import pdf_of
from recovery.documents.records import Document
from recovery.errors import NotFound
from recovery.identity.records import Debtor
from recovery.session.attachments import file_of
from recovery.session.records import Attachment, Conversation, Message

router = APIRouter(prefix="/desk", route_class=DeskRoute)

PICTURES = {"image/jpeg", "image/png", "image/webp"}


@router.get("")
def desk_page(at: AtDesk, view: str = "", queue: str = "") -> Response:
    return at.page("desk.html", **line_values(at, view, queue), **quiet_values(at))


@router.get("/conversations/{key}")
def conversation_page(
    at: AtDesk, key: uuid.UUID, view: str = "", queue: str = "", everything: bool = False
) -> Response:
    conversation = conversation_of(at.session, key)
    values = talk_values(at, conversation, everything)
    values.update(case_values(at, conversation, values["debtor"]))
    values.update(at.common())
    values.update(talk_mark=talk_mark(values), case_mark=case_mark(values), view=view, queue=queue)
    for name in at.common():
        values.pop(name)
    if at.by_htmx and at.request.headers.get("HX-Target") == "workspace":
        return at.page("parts/workspace.html", **values)
    return at.page("desk.html", **{**values, **line_values(at, view, queue, str(key))})


@router.get("/parts/line")
def line_part(at: AtDesk, view: str = "", queue: str = "") -> Response:
    return at.page("parts/line.html", **line_values(at, view, queue))


@router.get("/parts/talk/{key}")
def talk_part(at: AtDesk, key: uuid.UUID, seen: str = "", case_seen: str = "", everything: bool = False) -> Response:
    fresh = fresh_parts(at, conversation_of(at.session, key), seen, case_seen, everything)
    if not fresh:
        return Response(status_code=204, headers=HEADERS)
    return Response(fresh, media_type="text/html", headers=HEADERS)


@router.get("/search")
def search_page(at: AtDesk, q: str = "") -> Response:
    query = q.strip()[:100]
    return at.page("search.html", query=query, found=search(at.session, query) if query else [])


@router.get("/debtors/{key}")
def debtor_page(at: AtDesk, key: uuid.UUID) -> Response:
    debtor = at.session.get(Debtor, key)
    if debtor is None:
        raise NotFound("debtor", key)
    return at.page("debtor.html", debtor=debtor, case=case_file(at.session, at.clock, debtor), talks=_talks(at, debtor))


@router.get("/attachments/{key}")
def attachment(at: AtDesk, key: uuid.UUID) -> Response:
    found = at.session.get(Attachment, key)
    if found is None or not file_of(found).is_file():
        raise NotFound("attachment", key)
    shown = "inline" if found.mime in PICTURES else "attachment"
    headers = {
        "Content-Disposition": f"{shown}; filename*=utf-8''{quote(found.name)}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=3600",
    }
    return FileResponse(file_of(found), media_type=found.mime, headers=headers)


@router.get("/documents/{key}")
def document(at: AtDesk, key: uuid.UUID) -> Response:
    found = at.session.get(Document, key)
    if found is None:
        raise NotFound("document", key)
    return pdf_of(found)


@router.get("/static/{name}")
def static(name: str) -> Response:
    found = static_file(name)
    if found is None:
        raise NotFound("file", name)
    return FileResponse(found[0], media_type=found[1], headers={"Cache-Control": "public, max-age=31536000, immutable"})


def _talks(at: Desk, debtor: Debtor) -> list[tuple[Conversation, str]]:
    """Newest first, each with its last words."""
    had = select(Conversation).where(Conversation.debtor_id == debtor.id)
    newest = func.coalesce(Conversation.last_inbound_at, Conversation.created_at).desc()
    found = at.session.scalars(had.order_by(newest).limit(50)).all()
    said = select(Message).where(Message.conversation_id.in_([talk.id for talk in found]), Message.author == "debtor")
    last = said.ext(distinct_on(Message.conversation_id)).order_by(Message.conversation_id, Message.seq.desc())
    words = {message.conversation_id: message.text for message in at.session.scalars(last)}
    return [(talk, words.get(talk.id, "")) for talk in found]
