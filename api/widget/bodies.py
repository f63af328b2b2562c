"""What the web channel takes and gives (design/api.md)."""

from __future__ import annotations

import uuid
from typing import Annotated

from pydantic import BaseModel, Field

Key = Annotated[str, Field(min_length=1, max_length=200)]


class OpenSession(BaseModel):
    creditor: str | None = Field(None, max_length=200, description="The creditor whose site this is")
    language: str | None = Field(None, max_length=35, description="fr or es; a longer tag such as es-MX is understood")
    token: str | None = Field(None, max_length=2000, description="An earlier session token, or that of a signed link")


class Send(BaseModel):
    client_message_id: Key = Field(description="Chosen by the sender: the same again is the same message")
    text: str | None = Field(None, max_length=20_000)
    payload: str | None = Field(None, max_length=200, description="The opaque payload of a button of this conversation")
    attachment_ids: list[uuid.UUID] = Field(default_factory=list, max_length=10)


class Button(BaseModel):
    title: str
    payload: str


class Attached(BaseModel):
    name: str
    mime: str
    url: str


class MessageShown(BaseModel):
    id: uuid.UUID
    author: str
    author_name: str
    text: str
    language: str
    buttons: list[Button]
    attachments: list[Attached]
    sent_at: str


class SessionOpened(BaseModel):
    session_token: str
    conversation_id: uuid.UUID
    language: str
    mode: str
    messages: list[MessageShown]


class Sent(BaseModel):
    message_id: uuid.UUID


class News(BaseModel):
    messages: list[MessageShown]
    mode: str


class Uploaded(BaseModel):
    attachment_id: uuid.UUID
