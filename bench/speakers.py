"""The two ways a message is answered: by stock Rasa alone, and by the whole product. Both are played by the same script."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from collections.abc import Iterator
from typing import Any, Protocol
from urllib.parse import urlsplit

from sqlalchemy import select

from recovery.clock import SystemClock
from recovery.debts.records import Creditor
from recovery.session.open_conversation import open_conversation
from recovery.session.question import question_for
from recovery.session.records import Conversation, Message
from recovery.session.waiting import Waiting
from recovery.store import time_ordered_id, transaction
from tests.journeys.creditor import Owing

ANSWER_WITHIN = 60.0


class Speaker(Protocol):
    """One conversation. `aside` counts the seconds spent on what only the measurement needs."""

    aside: float

    def say(self, text: str) -> float:
        """Seconds until the answer is here."""


class ToStockRasa:
    """Rasa's REST channel, with the rows its actions look up made beforehand: the service would have stored them."""

    def __init__(self, rasa_url: str, database_url: str, owing: Owing) -> None:
        self.aside = 0.0
        self._database_url = database_url
        self._clock = SystemClock()
        self._http = http.client.HTTPConnection(urlsplit(rasa_url).netloc, timeout=ANSWER_WITHIN)
        with transaction(database_url) as session:
            creditor = session.scalars(select(Creditor).where(Creditor.key == owing.creditor)).one()
            self._creditor = creditor.name
            address = uuid.uuid4().hex
            self._id = open_conversation(session, self._clock, "web", address, creditor, owing.language).id

    def say(self, text: str) -> float:
        began = time.perf_counter()
        asked = self._stored(text)
        body = json.dumps({"sender": str(self._id), "message": asked["text"], "metadata": asked["metadata"]})
        self.aside += time.perf_counter() - began
        began = time.perf_counter()
        self._http.request("POST", "/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
        answer = self._http.getresponse()
        said = json.loads(answer.read())
        seconds = time.perf_counter() - began
        assert answer.status == 200, answer.status
        assert said, f"nothing was said to: {text}"
        return seconds

    def _stored(self, text: str) -> dict[str, Any]:
        with transaction(self._database_url) as session:
            conversation = session.get_one(Conversation, self._id, with_for_update=True)
            conversation.last_seq += 1
            message = Message(
                id=time_ordered_id(),
                conversation_id=self._id,
                seq=conversation.last_seq,
                author="debtor",
                author_name="",
                text=text,
                masked=[],
                language=conversation.language,
                client_message_id=uuid.uuid4().hex,
                buttons=[],
                sent_at=self._clock.now(),
                handled_at=self._clock.now(),
            )
            session.add(message)
            session.flush()
            return question_for(self._clock, Waiting(message, conversation, self._creditor, None, False, []))


class ToTheProduct:
    """The website's chat: what is said is posted, what comes back is heard on the stream."""

    def __init__(self, api_url: str, owing: Owing) -> None:
        self.aside = 0.0
        self._address = urlsplit(api_url).netloc
        self._http = http.client.HTTPConnection(self._address, timeout=ANSWER_WITHIN)
        opened = self._post("/widget/sessions", {"creditor": owing.creditor, "language": owing.language})
        self._token = opened["session_token"]
        self._stream = self._events()
        next(self._stream)  # the stream is open once its first event is here

    def say(self, text: str) -> float:
        began = time.perf_counter()
        sent = self._post("/widget/messages", {"text": text, "client_message_id": uuid.uuid4().hex})["message_id"]
        # The stream tells every message in the conversation's order: what comes after ours answers it.
        while next(self._stream).get("id") != sent:
            pass
        while next(self._stream).get("author", "debtor") == "debtor":
            pass
        return time.perf_counter() - began

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        if hasattr(self, "_token"):
            headers["Authorization"] = f"Bearer {self._token}"
        answer = self._ask(path, json.dumps(body), headers)
        told = json.loads(answer.read())
        assert answer.status in (201, 202), (answer.status, told)
        return dict(told)

    def _ask(self, path: str, body: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        try:
            self._http.request("POST", path, body, headers)
            return self._http.getresponse()
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            # A server may close a connection that was silent for some seconds; browsers open another, and so do we.
            self._http.close()
            self._http.request("POST", path, body, headers)
            return self._http.getresponse()

    def _events(self) -> Iterator[dict[str, Any]]:
        listening = http.client.HTTPConnection(self._address, timeout=ANSWER_WITHIN)
        listening.request("GET", "/widget/stream", headers={"Authorization": f"Bearer {self._token}"})
        answer = listening.getresponse()
        assert answer.status == 200, answer.status
        name = ""
        for raw in answer:
            line = raw.decode().rstrip()
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: ") and name in {"message", "mode"}:
                told = json.loads(line.removeprefix("data: "))
                yield told if name == "message" else {}
