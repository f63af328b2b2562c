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
KINDS = {"text", "interactive", "template", "image", "document"}
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
        if unknown := set(said) - FIELDS - {kind}:
            return 100, f"Invalid parameter: {sorted(unknown)}"
        if said.get("messaging_product") != "whatsapp" or said.get("recipient_type", "individual") != "individual":
            return 100, "Invalid parameter"
        if kind not in KINDS or not isinstance(said.get(kind), dict):
            return 100, f"The parameter {kind or 'type'} is required."
        if len(said.get("biz_opaque_callback_data", "")) > 512 or set(said.get("context", {"message_id"})) != {
            "message_id"
        }:
            return 100, "Invalid parameter"
        if not _one_recipient(said):
            return 131009, "Recipient phone number not in the right form"
        if kind != "template" and said.get("to") in self.closed:
            return 131047, "Re-engagement message"
        return {"text": _text, "interactive": _interactive, "template": _template}.get(kind, self._file)(said[kind])

    def _file(self, file: dict[str, Any]) -> tuple[int, str] | None:
        known = set(file) <= {"id", "caption", "filename"} and file.get("id") in self.files
        return None if known else (131053, "Media upload error")


def _one_recipient(said: dict[str, Any]) -> bool:
    if "to" in said:
        return "recipient" not in said and bool(re.fullmatch(r"\+?[1-9]\d{6,14}", said["to"]))
    return bool(re.fullmatch(r"[A-Z]{2}\.\w{1,128}", said.get("recipient", "")))


def _text(text: dict[str, Any]) -> tuple[int, str] | None:
    good = set(text) <= {"body", "preview_url"} and 0 < len(text["body"]) <= 4096
    good = good and isinstance(text.get("preview_url", False), bool)
    return None if good else (100, "Invalid text")


def _interactive(said: dict[str, Any]) -> tuple[int, str] | None:
    shape = {"button": _buttons, "list": _list}.get(said.get("type", ""))
    known = set(said) <= {"type", "body", "action", "header", "footer"} and set(said.get("body", ())) == {"text"}
    if not shape or not known or not said["body"]["text"] or not shape(said["body"]["text"], said["action"]):
        return 131009, "Parameter value is not valid"
    return None


def _buttons(body: str, action: dict[str, Any]) -> bool:
    buttons = action.get("buttons", [])
    if set(action) != {"buttons"} or any(set(b) != {"type", "reply"} or b["type"] != "reply" for b in buttons):
        return False
    replies = [button["reply"] for button in buttons]
    distinct = len({reply["title"] for reply in replies}) == len({reply["id"] for reply in replies}) == len(replies)
    fits = all(set(r) == {"id", "title"} and 0 < len(r["title"]) <= 20 and 0 < len(r["id"]) <= 256 for r in replies)
    return 1 <= len(replies) <= 3 and distinct and fits and len(body) <= 1024


def _list(body: str, action: dict[str, Any]) -> bool:
    sections = action.get("sections", [])
    if set(action) != {"button", "sections"} or not 0 < len(action["button"]) <= 20 or len(body) > 4096:
        return False
    if not 1 <= len(sections) <= 10 or not all(set(s) == {"title", "rows"} and len(s["title"]) <= 24 for s in sections):
        return False
    rows = [row for section in sections for row in section["rows"]]
    fits = all(set(row) <= {"id", "title", "description"} and 0 < len(row["id"]) <= 200 for row in rows)
    fits = fits and all(0 < len(row["title"]) <= 24 and len(row.get("description", "")) <= 72 for row in rows)
    return 1 <= len(rows) <= 10 and fits and len({row["id"] for row in rows}) == len(rows)


def _template(said: dict[str, Any]) -> tuple[int, str] | None:
    if set(said) - {"name", "language", "components"} or set(said["language"]) - {"code", "policy"}:
        return 100, "Invalid parameter"
    count = APPROVED.get((said["name"], said["language"]["code"]))
    if count is None:
        return 132001, "Template name does not exist in the translation"
    components = said.get("components", [])
    if any(set(component) != {"type", "parameters"} or component["type"] != "body" for component in components):
        return 132000, "Number of parameters does not match the expected number of params"
    given = [parameter for component in components for parameter in component["parameters"]]
    if len(given) != count:
        return 132000, "Number of parameters does not match the expected number of params"
    if any(set(parameter) - {"type", "text", "parameter_name"} or parameter["type"] != "text" for parameter in given):
        return 132012, "Parameter format does not match format in the created template"
    if any(re.search(r"[\n\t]| {5}", parameter["text"]) or not parameter["text"] for parameter in given):
        return 132018, "There was an issue with the parameters in your template"
    return None


def _refused(status: int, code: int, message: str) -> Answer:
    return Answer(status, _error(code, message))


def _error(code: int, message: str) -> dict[str, Any]:
    return {"error": {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "A1"}}
