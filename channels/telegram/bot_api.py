"""python-telegram-bot, called from plain threads: its calls run on one loop in the background."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from channels.contract import PermanentFailure, TemporaryFailure
from channels.messages import Ending
from channels.settings import Given

API = "https://api.telegram.org"
LONGEST_CALL = 60.0
NEVER = (Forbidden, BadRequest, ChatMigrated, EndPointNotFound)  # blocked, no such chat, a text it cannot take

T = TypeVar("T")


class BotApi:
    def __init__(self, given: Given) -> None:
        base = given.base("ENTENTE_TELEGRAM_API_URL", API)
        token = given.text("ENTENTE_TELEGRAM_BOT_TOKEN")
        self.bot: Bot = Bot(
            token,
            f"{base}/bot",
            f"{base}/file/bot",
            request=_request(given.patience),
            get_updates_request=_request(given.patience),
        )
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def call(self, work: Coroutine[Any, Any, T], longest: float = LONGEST_CALL) -> T:
        """Raises TemporaryFailure or PermanentFailure, nothing else."""
        running = asyncio.run_coroutine_threadsafe(work, self._running_loop())
        try:
            return running.result(longest)
        except RetryAfter as error:
            wait = error.retry_after
            raise TemporaryFailure(
                "Telegram asks us to wait", float(wait if isinstance(wait, int) else wait.total_seconds())
            ) from error
        except NEVER as error:
            raise PermanentFailure(f"Telegram: {error.message}", _ending(error)) from error
        except TelegramError as error:  # away, slow, in trouble, or a token that we must mend
            raise TemporaryFailure(f"Telegram: {type(error).__name__}") from error
        except TimeoutError as error:
            running.cancel()
            raise TemporaryFailure("Telegram takes too long") from error

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if not self._loop:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True).start()
            return self._loop


def _ending(error: TelegramError) -> Ending | None:
    """By Telegram's own words: it has one error for all of these."""
    said = error.message.lower()
    if isinstance(error, Forbidden) and "blocked by the user" in said:
        return "stopped"
    return "gone" if "user is deactivated" in said else None


def _request(patience: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=16,
        connect_timeout=patience,
        read_timeout=patience,
        write_timeout=patience,
        pool_timeout=patience,
    )
