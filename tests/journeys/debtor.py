"""Somebody who owes money, in the website's chat: says things, and hears what comes back."""

from __future__ import annotations

import time
import uuid
from typing import Any

import httpx

from tests.journeys.creditor import Owing

HEARD_WITHIN = 20.0  # seconds for a first answer
SILENT_FOR = 0.4  # then nothing new for this long: all replies of a turn are written in one transaction


class DebtorChat:
    def __init__(
        self, api_url: str, creditor: str | None = None, language: str = "fr", token: str | None = None
    ) -> None:
        self._http = httpx.Client(base_url=api_url, timeout=30, trust_env=False)
        wanted = {"creditor": creditor, "language": language, "token": token}
        opened = self._http.post("/widget/sessions", json={name: value for name, value in wanted.items() if value})
        assert opened.status_code == 201, (opened.status_code, opened.text)
        self.conversation_id: str = opened.json()["conversation_id"]
        self._http.headers["Authorization"] = f"Bearer {opened.json()['session_token']}"
        self.heard: list[dict[str, Any]] = list(opened.json()["messages"])

    def post(self, text: str, client_message_id: str | None = None) -> str:
        body = {"text": text, "client_message_id": client_message_id or uuid.uuid4().hex}
        sent = self._http.post("/widget/messages", json=body)
        assert sent.status_code == 202, (sent.status_code, sent.text)
        return str(sent.json()["message_id"])

    def news(self) -> list[dict[str, Any]]:
        """What the other side said since the last look."""
        after = self.heard[-1]["id"] if self.heard else ""
        answer = self._http.get("/widget/messages", params={"after": after})
        assert answer.status_code == 200, (answer.status_code, answer.text)
        new = list(answer.json()["messages"])
        self.heard += new
        return [message for message in new if message["author"] != "debtor"]

    def documents(self) -> list[str]:
        """The names of the files received, each read as the debtor reads it."""
        files = [file for message in self.heard if message["author"] != "debtor" for file in message["attachments"]]
        for file in files:
            pdf = httpx.get(file["url"], trust_env=False)
            assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-"), file
        return [file["name"] for file in files]

    def send_document(self, name: str, content: bytes, text: str, within: float = HEARD_WITHIN) -> str:
        """A document with a word beside it, and the words that come back."""
        return self.send_file(name, "application/pdf", content, text, within)

    def send_file(self, name: str, mime: str, content: bytes, text: str, within: float = HEARD_WITHIN) -> str:
        kept = self._http.post("/widget/attachments", files={"file": (name, content, mime)})
        assert kept.status_code == 201, (kept.status_code, kept.text)
        body = {"text": text, "client_message_id": uuid.uuid4().hex, "attachment_ids": [kept.json()["attachment_id"]]}
        sent = self._http.post("/widget/messages", json=body)
        assert sent.status_code == 202, (sent.status_code, sent.text)
        return self._hear(within)

    def say(self, text: str, within: float = HEARD_WITHIN) -> str:
        """The words that come back, all of them."""
        self.post(text)
        return self._hear(within)

    def _hear(self, within: float) -> str:
        got: list[dict[str, Any]] = []
        began, last = time.monotonic(), None
        while time.monotonic() - began < within and (last is None or time.monotonic() - last < SILENT_FOR):
            if new := self.news():
                got, last = got + new, time.monotonic()
            time.sleep(0.1)
        return "\n".join(message["text"] or "" for message in got)

    def identify(self, owing: Owing) -> None:
        day = "/".join(reversed(owing.birth_date.split("-")))
        for fact in (owing.reference, day, owing.postcode):
            self.say(fact)
