"""Somebody who owes money, on one of the five channels: writes as their provider tells us, reads what it was given."""

from __future__ import annotations

import time
from typing import Any

import httpx
import psycopg

from channels.messages import Call
from tests.journeys.debtor import DebtorChat
from tests.journeys.devices import PHOTO, Line

ANSWERED_WITHIN = 60.0  # seconds, on a machine that does other things

_BUSY = """
select exists (select from external_event where handled_at is null)
    or exists (select from message join conversation on conversation.id = message.conversation_id
               where address = %(address)s and author = 'debtor' and handled_at is null)
    or exists (select from delivery join conversation on conversation.id = delivery.conversation_id
               where address = %(address)s and state = 'waiting')
"""
_CONVERSATION = "select id from conversation where channel = %s and address = %s order by id desc limit 1"


class Correspondent:
    def __init__(self, demo: dict[str, Any], line: Line) -> None:
        self.line = line
        self._database_url = demo["database_url"]
        self._http = httpx.Client(base_url=demo["api_url"], timeout=30, trust_env=False)

    def say(self, text: str, *, photo: bool = False) -> str:
        """What comes back, all of it."""
        return self._tell(self.line.call(text, photo=photo))

    def agrees(self, text: str) -> str:
        """By the button that says so, where there is one."""
        pressed = [payload for title, payload in self.line.buttons().items() if title.lower().startswith(text.lower())]
        return self._tell(self.line.press(pressed[0])) if pressed else self.say(text)

    def _tell(self, call: Call) -> str:
        before = len(self.line.heard())
        answer = post(self._http, call)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        self._wait_for_the_end_of_the_turn()
        return "\n".join(self.line.heard()[before:])

    @property
    def conversation_id(self) -> str:
        with psycopg.connect(self._database_url) as database:
            row = database.execute(_CONVERSATION, [self.line.channel, self.line.address]).fetchone()
        assert row, "no conversation has begun"
        return str(row[0])

    def _wait_for_the_end_of_the_turn(self) -> None:
        deadline = time.monotonic() + ANSWERED_WITHIN
        with psycopg.connect(self._database_url, autocommit=True) as database:
            while database.execute(_BUSY, {"address": self.line.address}).fetchone() != (False,):
                assert time.monotonic() < deadline, "no answer in time"
                time.sleep(0.05)


class OnTheWebsite:
    """The same for the website, which has no provider."""

    def __init__(self, demo: dict[str, Any], creditor: str, language: str) -> None:
        self._chat = DebtorChat(demo["api_url"], creditor, language)
        self.conversation_id = self._chat.conversation_id

    def say(self, text: str, *, photo: bool = False) -> str:
        return self._chat.send_file("facture.jpg", "image/jpeg", PHOTO, text) if photo else self._chat.say(text)

    def agrees(self, text: str) -> str:
        return self.say(text)


def post(http: httpx.Client, call: Call) -> httpx.Response:
    """The provider's call, sent to the demo. What was signed is not touched."""
    path = call.url.partition("://")[2].partition("/")[2]
    return http.post(f"/{path}", content=call.body, headers=dict(call.headers))
