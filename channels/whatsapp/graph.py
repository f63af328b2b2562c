"""Meta's Graph API: sends, uploads and fetches, and says what its errors mean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx

from channels import http
from channels.contract import NotThisWay, PermanentFailure, TemporaryFailure
from channels.messages import Media
from channels.settings import Given

API = "https://graph.facebook.com"
VERSION = "v23.0"
FILES_AT = "lookaside.fbsbx.com"

WINDOW_CLOSED = 131047
# Unknown and service errors, too many calls (app, account, number, pair), number being set up; and a token to be mended.
PASSING_CODES = {0, 1, 2, 4, 17, 190, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004}


class Graph:
    def __init__(self, given: Given) -> None:
        token = given.needed("ENTENTE_WHATSAPP_ACCESS_TOKEN", "a system user's token for the Cloud API")
        self.phone_number_id = given.needed("ENTENTE_WHATSAPP_PHONE_NUMBER_ID", "the number's id at Meta")
        base = given.base("ENTENTE_WHATSAPP_API_URL", API)
        self._hosts = frozenset({urlsplit(base).netloc, *given.words("ENTENTE_WHATSAPP_FILES_AT", FILES_AT)})
        address = f"{base}/{given.text('ENTENTE_WHATSAPP_API_VERSION', VERSION)}"
        self._http = http.client(address, timeout=given.patience, headers={"Authorization": f"Bearer {token}"})

    def post_message(self, message: dict[str, Any]) -> str:
        told = self._call("POST", f"/{self.phone_number_id}/messages", json=message)
        try:
            return str(told["messages"][0]["id"])
        except (KeyError, IndexError, TypeError) as error:
            raise TemporaryFailure("WhatsApp's answer cannot be read") from error

    def upload(self, media: Media) -> str:
        path = Path(unquote(urlsplit(media.url or "").path))
        form = {"messaging_product": "whatsapp", "type": media.mime}
        try:
            files = {"file": (media.name, path.read_bytes(), media.mime)}
        except OSError as error:
            raise PermanentFailure("The file to send is not there") from error
        return str(self._call("POST", f"/{self.phone_number_id}/media", data=form, files=files).get("id"))

    def fetch(self, media: Media) -> bytes:
        if not (media.ref or "").isalnum():
            raise PermanentFailure("This is no file of WhatsApp's")
        where = self._call("GET", f"/{media.ref}", params={"phone_number_id": self.phone_number_id})
        return http.download(self._http, "WhatsApp", str(where.get("url")), hosts=self._hosts)

    def _call(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        with http.failures_told("WhatsApp"):
            answer = self._http.request(method, path, **given)
        if not answer.is_success:
            raise _failure(answer)
        told = _json(answer)
        if not told:
            raise TemporaryFailure("WhatsApp's answer cannot be read")
        return told


def _failure(answer: httpx.Response) -> TemporaryFailure | PermanentFailure:
    error = _json(answer).get("error") or {}
    code = error.get("code") if isinstance(error, dict) else None
    told = f"WhatsApp {code if code is not None else answer.status_code}"
    if code in PASSING_CODES or http.passes(answer.status_code) or answer.status_code == 401:
        return TemporaryFailure(told, http.retry_after(answer.headers))
    if code == WINDOW_CLOSED:
        return NotThisWay(told)
    return PermanentFailure(told)  # 131026 not reachable, 132000 wrong parameters, …


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return told if isinstance(told, dict) else {}
