"""The web channel: what the widget on a creditor's site calls (design/api.md)."""

from __future__ import annotations

import uuid
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Query, UploadFile
from fastapi.responses import FileResponse, Response
from sqlalchemy.exc import IntegrityError

from api.widget.bodies import News, OpenSession, Send, Sent, SessionOpened, Uploaded
from api.widget.holder import Caller, Holder, clock, conversation_held, count_message, holder, session_limit
from api.widget.open_session import open_session
from api.widget.origins import check_origin_of
from recovery.errors import NotFound
from recovery.session.attachments import LARGEST, FileTooLarge, file_of, keep_attachment
from recovery.session.receive import receive
from recovery.session.records import Attachment
from recovery.session.shown import messages_after, news_after, place_of
from recovery.session.tokens import NotYours, file_token, opens_file, session_token
from recovery.settings import settings
from recovery.store import reading, transaction

router = APIRouter(prefix="/widget", tags=["web channel"])

Origin = Annotated[str | None, Header()]


@router.post("/sessions", status_code=201, response_model=SessionOpened)
def sessions(
    asked: OpenSession,
    caller: Caller,
    origin: Origin = None,
    accept_language: Annotated[str, Header()] = "",
) -> dict[str, Any]:
    session_limit().count(caller)
    languages = [asked.language or "", *accept_language.split(",")]
    with transaction(settings().database_url) as session:
        conversation = open_session(
            session, clock(), creditor=asked.creditor, languages=languages, token=asked.token, origin=origin
        )
        return {
            "session_token": session_token(clock(), conversation.id),
            "conversation_id": conversation.id,
            "language": conversation.language,
            "mode": conversation.mode,
            "messages": messages_after(session, conversation.id, 0, attachment_address),
        }


@router.post("/messages", status_code=202, response_model=Sent)
def send(asked: Send, conversation_id: Holder, caller: Caller, origin: Origin = None) -> dict[str, Any]:
    count_message(conversation_id, caller)
    try:
        return {"message_id": _receive(asked, conversation_id, origin)}
    except IntegrityError:  # the same message, twice in the same instant: the second finds the first
        return {"message_id": _receive(asked, conversation_id, origin)}


@router.get("/messages", response_model=News)
def news(conversation_id: Holder, after: Annotated[str, Query(max_length=100)] = "") -> dict[str, Any]:
    """What was said after the message `after`; everything without it."""
    with reading(settings().database_url) as connection:
        place = place_of(connection, conversation_id, as_id(after))
        found = news_after(connection, conversation_id, place, attachment_address)
    if not found:
        raise NotYours()
    return {"messages": found.messages, "mode": found.mode}


@router.post("/attachments", status_code=201, response_model=Uploaded, max_body_size=LARGEST + 64 * 1024)
def attach(conversation_id: Holder, file: UploadFile, caller: Caller, origin: Origin = None) -> dict[str, Any]:
    count_message(conversation_id, caller)
    content = file.file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise FileTooLarge()
    with transaction(settings().database_url) as session:
        conversation = conversation_held(session, conversation_id)
        check_origin_of(session, origin, conversation)
        return {"attachment_id": keep_attachment(session, clock(), conversation, file.filename or "", content).id}


@router.get("/attachments/{attachment_id}")
def attachment(
    attachment_id: uuid.UUID, key: Annotated[str, Query()] = "", authorization: Annotated[str, Header()] = ""
) -> Response:
    """For the owner: by bearer token, or by the signed address given in a message."""
    whose = None if opens_file(clock(), key, attachment_id) else holder(authorization)
    with transaction(settings().database_url) as session:
        found = session.get(Attachment, attachment_id)
        if not found or (whose and found.conversation_id != whose) or not file_of(found).is_file():
            raise NotFound("attachment", attachment_id)
        shown = "inline" if found.mime.startswith("image/") else "attachment"
        headers = {  # whatever it is, it never runs
            "Content-Disposition": f"{shown}; filename*=utf-8''{quote(found.name)}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=3600",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        return FileResponse(file_of(found), media_type=found.mime, headers=headers)


def attachment_address(attachment_id: uuid.UUID) -> str:
    ours = settings().public_url.rstrip("/")
    return f"{ours}/widget/attachments/{attachment_id}?key={file_token(clock(), attachment_id)}"


def as_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _receive(asked: Send, conversation_id: uuid.UUID, origin: str | None) -> uuid.UUID:
    with transaction(settings().database_url) as session:
        conversation = conversation_held(session, conversation_id)
        check_origin_of(session, origin, conversation)
        message = receive(
            session, clock(), conversation, asked.text, asked.client_message_id, asked.payload, asked.attachment_ids
        )
        return message.id
