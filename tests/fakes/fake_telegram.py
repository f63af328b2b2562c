"""Telegram's Bot API, strict: unknown fields, texts too long, fat buttons, groups and blocked chats are refused its way."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.fakes.files import JPEG as JPEG
from tests.fakes.http_double import Answer, Asked, HttpDouble

TOKEN = "123456:telegram-token"
SECRET = "a-telegram-webhook-secret"
FILES = {"sendPhoto": "photo", "sendDocument": "document"}
# Of each method, the parameters of the Bot API that a channel like ours has a use for.
KNOWN = {
    "sendMessage": {
        "chat_id",
        "text",
        "reply_markup",
        "link_preview_options",
        "disable_notification",
        "reply_parameters",
    },
    "sendPhoto": {"chat_id", "photo", "caption"},
    "sendDocument": {"chat_id", "document", "caption"},
    "getFile": {"file_id"},
    "answerCallbackQuery": {"callback_query_id", "text"},
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections", "drop_pending_updates"},
    "deleteWebhook": {"drop_pending_updates"},
}
MOST_BUTTONS = 100


class FakeTelegram(HttpDouble):
    """`chats`: who has opened the bot; `blocked`: who has blocked it; `updates`: for who polls."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.chats = {"7001", "7002"}
        self.blocked: set[str] = set()
        self.answered: list[str] = []
        self.updates: list[dict[str, Any]] = []
        self.webhook: dict[str, str] = {}
        self.files: dict[str, bytes] = {"AgAC1": JPEG}

    def take(self, asked: Asked) -> Answer:
        if asked.path.startswith(f"/file/bot{TOKEN}/"):
            return Answer(200, self.files[asked.path.rpartition("/")[2]], {"Content-Type": "image/jpeg"})
        found = re.fullmatch(rf"/bot{TOKEN}/(\w+)", asked.path)
        if not found:
            return _refused(401, "Unauthorized")
        said = _fields(asked)
        method = found[1]
        if method not in KNOWN:
            return _refused(404, "Not Found")
        if unknown := set(said) - KNOWN[method]:
            return _refused(400, f"Bad Request: unknown {sorted(unknown)}")
        if method == "sendMessage":
            return self._send(said, _wrong_text(said))
        if method in FILES:
            return self._send(said, None if FILES[method] in said else "Bad Request: there is no file in the request")
        if method == "getFile":
            key = said["file_id"]
            if key not in self.files:
                return _refused(400, "Bad Request: invalid file_id")
            size = len(self.files[key])
            return _good({"file_id": key, "file_unique_id": f"u{key}", "file_size": size, "file_path": key})
        if method == "answerCallbackQuery":
            self.answered.append(said["callback_query_id"])
        if method == "getUpdates":
            if self.webhook:
                return _refused(409, "Conflict: can't use getUpdates method while webhook is active")
            after = int(said.get("offset", 0))
            return _good([update for update in self.updates if update["update_id"] >= after])
        if method == "setWebhook" and (wrong := _wrong_webhook(said)):
            return _refused(400, wrong)
        if method in {"setWebhook", "deleteWebhook"}:
            self.webhook = said if method == "setWebhook" else {}
        return _good(True)

    def failed(self, answer: Answer) -> Answer:
        wait = answer.headers.get("Retry-After")
        more = {"parameters": {"retry_after": int(wait)}} if wait else {}
        return Answer(answer.status, {"ok": False, "error_code": answer.status, "description": "failing", **more})

    def _send(self, said: dict[str, str], wrong: str | None) -> Answer:
        if wrong:
            return _refused(400, wrong)
        if said["chat_id"] in self.blocked:
            return _refused(403, "Forbidden: bot was blocked by the user")
        if said["chat_id"] not in self.chats:
            return _refused(400, "Bad Request: chat not found")
        self.sent.append({name: _plain(value) for name, value in said.items()})
        chat = {"id": int(said["chat_id"]), "type": "private", "first_name": "Camille"}
        return _good({"message_id": len(self.sent), "date": 1795334400, "chat": chat, "text": said.get("text", "")})


def _wrong_text(said: dict[str, str]) -> str | None:
    if not said.get("text", "").strip():
        return "Bad Request: message text is empty"
    if len(said["text"].encode("utf-16-le")) // 2 > 4096:
        return "Bad Request: message is too long"
    return _wrong_keyboard(json.loads(said["reply_markup"])) if "reply_markup" in said else None


def _wrong_keyboard(markup: dict[str, Any]) -> str | None:
    rows = markup.get("inline_keyboard")
    if set(markup) != {"inline_keyboard"} or not rows or not all(rows):
        return "Bad Request: can't parse reply keyboard markup JSON object"
    buttons = [button for row in rows for button in row]
    if any(set(button) != {"text", "callback_data"} or not button["text"].strip() for button in buttons):
        return "Bad Request: can't parse inline keyboard button"
    if len(buttons) > MOST_BUTTONS:
        return "Bad Request: reply markup is too long"
    if any(not 1 <= len(button["callback_data"].encode()) <= 64 for button in buttons):
        return "Bad Request: BUTTON_DATA_INVALID"
    return None


def _wrong_webhook(said: dict[str, str]) -> str | None:
    if not said.get("url", "").startswith("https://"):
        return "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", said.get("secret_token", "x")):
        return "Bad Request: secret token contains unallowed characters"
    return None


def _fields(asked: Asked) -> dict[str, str]:
    if "multipart" not in asked.headers.get("content-type", ""):
        return dict(asked.form())
    parts = re.findall(rb'name="(\w+)"(?:; filename="[^"]*")?\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--', asked.body, re.S)
    return {name.decode(): value.decode("latin-1") for name, value in parts}


def _plain(value: str) -> Any:
    return json.loads(value) if value.startswith("{") else value


def _good(result: Any) -> Answer:
    return Answer(200, {"ok": True, "result": result})


def _refused(status: int, description: str) -> Answer:
    return Answer(status, {"ok": False, "error_code": status, "description": description})
