"""`entente telegram`: tell Telegram where to call, or ask it for messages from a laptop that nobody can call."""

from __future__ import annotations

import time
from typing import NoReturn

import typer

from api.commands.where import stop, work
from channels.contract import TemporaryFailure
from channels.telegram import build
from channels.telegram.channel import TelegramChannel
from channels.telegram.told import event_of
from recovery.session.external_events import store_event
from recovery.settings import surroundings

app = typer.Typer(no_args_is_help=True, help="Telegram's webhook, or polling instead of it.")

AGAIN_AFTER = 5.0  # seconds, when Telegram is away


@app.command()
def webhook() -> None:
    """Telegram calls ENTENTE_PUBLIC_URL/webhooks/telegram from now on."""
    _channel().set_webhook()
    typer.echo("Telegram will call.")


@app.command()
def poll() -> NoReturn:
    """Take messages in as a webhook would, until Ctrl-C. For a laptop: the workers answer as usual."""
    channel, after = _channel(), None
    channel.drop_webhook()
    typer.echo("Listening; Ctrl-C ends.")
    while True:
        try:
            after = take_in(channel, after)
        except TemporaryFailure as failure:
            time.sleep(failure.retry_after or AGAIN_AFTER)


def take_in(channel: TelegramChannel, after: int | None, wait: int = 20) -> int | None:
    """Stored before Telegram is told that they arrived: the next call's `after` is what tells it."""
    bodies, following = channel.poll(after, wait)
    with work() as (session, clock):
        for event in filter(None, map(event_of, bodies)):
            store_event(session, clock, channel.source, event, "take_in")
    return following


def _channel() -> TelegramChannel:
    channel = build(surroundings())
    if not isinstance(channel, TelegramChannel):
        stop("ENTENTE_TELEGRAM_BOT_TOKEN is not set (docs/channels/telegram.md).")
    return channel
