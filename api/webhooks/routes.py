"""Providers' calls: verify the signature, store once, answer, work later (design/api.md)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool

from api.widget.holder import clock
from channels.contract import Channel
from channels.messages import Call
from recovery.errors import Forbidden, Invalid, NotFound, Refusal
from recovery.session.external_events import store_event
from recovery.settings import settings
from recovery.store import transaction

router = APIRouter(prefix="/webhooks", tags=["providers"])

LARGEST_OF_ALL = 32 * 1024 * 1024  # bytes; each channel says what it takes itself


class CallTooLarge(Refusal):
    status = 413
    kind = "too-large"

    def __init__(self) -> None:
        super().__init__("This call is larger than what is accepted here.")


@router.get("/{kind}/{provider}", include_in_schema=False)
async def set_up(kind: str, provider: str, request: Request) -> Response:
    answer = _channel(request, f"{kind}/{provider}").challenge(await _call(request, 0))
    if answer is None:
        raise Forbidden("This is not the challenge that was agreed.")
    return PlainTextResponse(answer)


@router.post("/{kind}/{provider}", max_body_size=LARGEST_OF_ALL)
async def told(kind: str, provider: str, request: Request) -> Response:
    """403 where the signature is bad or missing, and nothing is stored; 200 otherwise, the second time too."""
    return await _take(f"{kind}/{provider}", request)


@router.post("/{kind}/{provider}/status")
async def told_status(kind: str, provider: str, request: Request) -> Response:
    return await _take(f"{kind}/{provider}", request)


@router.post("/{kind}")
async def told_by_only_provider(kind: str, request: Request) -> Response:
    """For a channel that is its own provider: /webhooks/telegram."""
    return await _take(kind, request)


async def _take(source: str, request: Request) -> Response:
    channel = _channel(request, source)
    call = await _call(request, channel.capabilities.largest_call)
    body, media_type = await run_in_threadpool(_store, channel, call)
    return Response(body, media_type=media_type)


def _store(channel: Channel, call: Call) -> tuple[str, str]:
    if not channel.verify(call):
        raise Forbidden("The signature of this call is missing or wrong.")
    try:
        events = channel.read(call)
    except ValueError as error:
        raise Invalid(f"This call cannot be read: {error}") from error
    with transaction(settings().database_url) as session:
        for event in events:
            store_event(session, clock(), channel.source, event, "take_in")
    return channel.answer()


def _channel(request: Request, source: str) -> Channel:
    channel: Channel | None = request.app.state.channels.at(source)
    if not channel:
        raise NotFound("provider", source)
    return channel


async def _call(request: Request, largest: int) -> Call:
    # Behind a proxy the address seen here is not the one the provider signed.
    seen = request.url
    url = f"{settings().public_url.rstrip('/')}{seen.path}{'?' + seen.query if seen.query else ''}"
    return Call(request.method, url, dict(request.headers), dict(request.query_params), await _body(request, largest))


async def _body(request: Request, largest: int) -> bytes:
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > largest:
            raise CallTooLarge()
    return bytes(content)
