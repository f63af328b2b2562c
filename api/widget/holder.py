"""Who calls: the holder of a session token, and nobody else."""

from __future__ import annotations

import uuid
from functools import lru_cache
from ipaddress import IPv6Address, ip_network
from typing import Annotated

from fastapi import Depends, Header, Query, Request
from sqlalchemy.orm import Session

from api.rate_limit import RateLimit
from recovery.clock import Clock, clock_from
from recovery.session.hold import now_held
from recovery.session.records import Conversation
from recovery.session.tokens import NotYours, conversation_of
from recovery.settings import settings


def clock() -> Clock:
    return clock_from(settings().clock)


def holder(authorization: Annotated[str, Header()] = "") -> uuid.UUID:
    """The conversation of the bearer token. Raises NotYours (401)."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise NotYours()
    return conversation_of(clock(), token.strip())


def stream_holder(
    authorization: Annotated[str, Header()] = "", session_token: Annotated[str, Query()] = ""
) -> uuid.UUID:
    """The same for a browser's EventSource, which cannot send headers."""
    return conversation_of(clock(), session_token) if session_token else holder(authorization)


def conversation_held(session: Session, conversation_id: uuid.UUID) -> Conversation:
    """Read with its row lock. Raises NotYours where the conversation has been erased since its token was signed."""
    conversation = session.get(Conversation, conversation_id, with_for_update=True)
    if not conversation:
        raise NotYours()
    now_held(session, conversation)
    return conversation


Holder = Annotated[uuid.UUID, Depends(holder)]
StreamHolder = Annotated[uuid.UUID, Depends(stream_holder)]


def count_message(conversation_id: uuid.UUID, address: str) -> None:
    """Against what one visitor may send, and one address. Raises TooManyRequests."""
    _limit("messages", settings().rate_limit_per_minute).count(str(conversation_id))
    _limit("addresses", settings().rate_limit_address_per_minute).count(address)


def caller(request: Request) -> str:
    """The address they call from; of IPv6 the network, since one subscriber has the whole of it."""
    host = request.client.host if request.client else ""
    try:
        return str(ip_network(f"{host}/64", strict=False)) if IPv6Address(host).ipv4_mapped is None else host
    except ValueError:  # IPv4, or a test's own name
        return host


Caller = Annotated[str, Depends(caller)]


def session_limit() -> RateLimit:
    return _limit("sessions", settings().rate_limit_sessions_per_minute)


@lru_cache
def _limit(_of: str, per_minute: int) -> RateLimit:
    return RateLimit(per_minute)
