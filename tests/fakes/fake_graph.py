"""Meta's Graph API for WhatsApp, strict: unknown fields, bad counts, long titles, closed windows are refused by its codes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from tests.fakes.files import JPEG as JPEG
from tests.fakes.http_double import Answer, Asked, HttpDouble

TOKEN = "graph-token"
SECRET = "app-secret"
NUMBER_ID = "106540352242922"

FIELDS = {"messaging_product", "recipient_type", "to", "recipient", "type", "biz_opaque_callback_data", "context"}
APPROVED = {("entente_nouveau_message", "fr"): 1, ("entente_nouveau_message", "es"): 1}


class FakeGraph(HttpDouble):
    """`closed`: numbers whose window is closed; `files`: by media id."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, dict[str, Any]] = {}
        self.closed: set[str] = set()
        self.files: dict[str, bytes] = {"1013859600285441": JPEG}
        self.on_sent: Callable[[str, dict[str, Any]], None] = lambda key, said: None

    def take(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return _refused(401, 190, "Invalid OAuth access token")
        path = asked.path.removeprefix("/v23.0")
        if asked.method == "POST" and path == f"/{NUMBER_ID}/messages":
            return self._message(asked.json())
        if asked.method == "POST" and path == f"/{NUMBER_ID}/media":
            return self._upload(asked)
        if path.startswith("/files/") and path[7:] in self.files:
            return Answer(200, self.files[path[7:]], {"Content-Type": "image/jpeg"})
        if asked.method == "GET" and path[1:] in self.files:
            where = {"url": f"{self.url}/files/{path[1:]}", "mime_type": "image/jpeg", "id": path[1:]}
            return Answer(200, {**where, "messaging_product": "whatsapp", "file_size": len(self.files[path[1:]])})
        return _refused(404, 100, "Unsupported request")

    def failed(self, answer: Answer) -> Answer:
        code = 130429 if answer.status == 429 else 131016
        return Answer(answer.status, _error(code, "failing"), answer.headers)

    def _upload(self, asked: Asked) -> Answer:
        if b'name="messaging_product"' not in asked.body or not re.search(
            rb"(image/jpeg|image/png|application/pdf)", asked.body
        ):
            return _refused(400, 100, "Invalid parameter")
        key = str(uuid.uuid4().int)[:16]
        self.files[key] = asked.body
        return Answer(200, {"id": key})

    def _message(self, said: dict[str, Any]) -> Answer:
        wrong = self._wrong(said)
        if wrong:
            return _refused(400, *wrong)
        key = f"wamid.{uuid.uuid4().hex}"
        self.sent[key] = said
        self.on_sent(key, said)
        to = said.get("to") or said.get("recipient")
        contacts = [{"input": to, "wa_id": str(to).lstrip("+")}]
        return Answer(200, {"messaging_product": "whatsapp", "contacts": contacts, "messages": [{"id": key}]})

    def _wrong(self, said: dict[str, Any]) -> tuple[int, str] | None:
        kind = said.get("type", "")
        if set(said) - FIELDS - {kind} or kind not in said or said.get("messaging_product") != "whatsapp":
            return 100, f"Invalid parameter: {set(said) - FIELDS - {kind}}"
        if ("to" in said) == ("recipient" in said) or len(said.get("biz_opaque_callback_data", "")) > 512:
            return 100, "Invalid parameter"
        if kind != "template" and said.get("to") in self.closed:
            return 131047, "Re-engagement message"
        return {"text": _text, "interactive": _interactive, "template": _template}.get(kind, self._file)(said[kind])

    def _file(self, file: dict[str, Any]) -> tuple[int, str] | None:
        known = set(file) <= {"id", "caption", "filename"} and file.get("id") in self.files
        return None if known else (131053, "Media upload error")


def _text(text: dict[str, Any]) -> tuple[int, str] | None:
    good = set(text) <= {"body", "preview_url"} and 0 < len(text["body"]) <= 4096
    return None if good else (100, "Invalid text")


def _interactive(said: dict[str, Any]) -> tuple[int, str] | None:
    body, action = said["body"]["text"], said["action"]
    if set(said) - {"type", "body", "action", "header", "footer"} or not body:
        return 131009, "Parameter value is not valid"
    if said["type"] == "button":
        replies = [button["reply"] for button in action["buttons"] if button["type"] == "reply"]
        titles = {reply["title"] for reply in replies}
        good = 1 <= len(replies) <= 3 and len(titles) == len(replies) and len(body) <= 1024
        good = good and all(0 < len(r["title"]) <= 20 and 0 < len(r["id"]) <= 256 for r in replies)
    else:
        rows = [row for section in action["sections"] for row in section["rows"]]
        good = said["type"] == "list" and 1 <= len(rows) <= 10 and 0 < len(action["button"]) <= 20 and len(body) <= 4096
        good = good and len({row["id"] for row in rows}) == len(rows)
        good = good and all(0 < len(r["title"]) <= 24 and len(r.get("description", "")) <= 72 for r in rows)
        good = good and all(set(row) <= {"id", "title", "description"} and len(row["id"]) <= 200 for row in rows)
    return None if good else (131009, "Parameter value is not valid")


def _template(said: dict[str, Any]) -> tuple[int, str] | None:
    count = APPROVED.get((said["name"], said["language"]["code"]))
    if count is None:
        return 132001, "Template does not exist"
    given = [parameter for component in said["components"] for parameter in component["parameters"]]
    if len(given) != count or any(re.search(r"[\n\t]| {5}", parameter["text"]) for parameter in given):
        return 132000, "Number of parameters does not match"
    return None


def _refused(status: int, code: int, message: str) -> Answer:
    return Answer(status, _error(code, message))


def _error(code: int, message: str) -> dict[str, Any]:
    return {"error": {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "A1"}}
