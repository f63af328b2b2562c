"""The web channel's calls without anything behind them, for the widget's own tests: says what the test tells it to,
remembers what it was asked, and fails when told to. Also serves the widget's file and a demonstration page.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response, UploadFile
from fastapi.responses import StreamingResponse

from api.widget_site import routes as widget_site
from api.widget_site.site import Site, site_of
from recovery.debts.records import Creditor

Answer = Callable[["FakeWidgetApi", dict[str, Any]], None]

SITES = {
    "energie-du-lac": Creditor(
        key="energie-du-lac", name="Énergie du Lac", country="FR", attestations={"phone": "+33 4 65 71 00 10"}
    ),
    "gimnasio-norte": Creditor(
        key="gimnasio-norte", name="Gimnasio Norte", country="ES", attestations={"phone": "+34 910 000 010"}
    ),
}
OPENING = {
    "fr": "Bonjour ! Je suis l'assistant automatisé d'Énergie du Lac. Je peux retrouver votre dossier et chercher avec vous une solution.",
    "es": "¡Hola! Soy el asistente automatizado de Gimnasio Norte. Puedo localizar su expediente y buscar con usted una solución.",
}


def echo(api: FakeWidgetApi, message: dict[str, Any]) -> None:
    api.say(f"echo: {message['text']}")


class FakeWidgetApi:
    """`answer` is called with each message that comes in. `failing`: every call is a 503. `losing`: the next messages are kept,
    and their answers lost on the way back."""

    def __init__(self, answer: Answer = echo) -> None:
        self.answer = answer
        self.failing = False
        self.losing = 0
        self.upload_takes = 0.0
        self.token = "session-1"
        self.mode = "bot"
        self.language = "fr"
        self.messages: list[dict[str, Any]] = []
        self.asked: list[str] = []  # "POST /widget/messages", in order
        self.cookies: list[str] = []
        self.uploads: dict[str, tuple[str, str, bytes]] = {}
        self._numbers: dict[str, str] = {}  # client_message_id: id
        self._events: list[tuple[str, dict[str, Any]]] = []
        self._dropped = 0
        self._heard = threading.Event()
        self.sessions = 0
        self._server = uvicorn.Server(
            uvicorn.Config(_app(self), port=0, log_level="error", timeout_graceful_shutdown=1)
        )

    def __enter__(self) -> FakeWidgetApi:
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        self._dropped += 1
        self._server.should_exit = True
        self._thread.join(5)

    def say(self, text: str, author: str = "bot", **more: Any) -> dict[str, Any]:
        """One more message, which the stream tells."""
        message = {
            "id": str(uuid.uuid4()),
            "author": author,
            "author_name": "Entente" if author == "bot" else "",
            "text": text,
            "language": self.language,
            "buttons": [],
            "attachments": [],
            "sent_at": (datetime.now().astimezone() - timedelta(seconds=1)).isoformat(),
            **more,
        }
        self.messages.append(message)
        self._events.append(("message", message))
        return message

    def type(self, author: str = "bot") -> None:
        """Dots are kept for nobody: they wait until somebody listens, and fail when nobody does."""
        assert self._heard.wait(5), "nobody listens"
        self._events.append(("typing", {"author": author}))

    def turn_to(self, mode: str) -> None:
        self.mode = mode
        self._events.append(("mode", {"mode": mode}))

    def drop_streams(self) -> None:
        self._dropped += 1

    def said_by_debtor(self) -> list[str]:
        return [message["text"] for message in self.messages if message["author"] == "debtor"]

    def open(self, language: str) -> None:
        self.sessions += 1
        self.language = language
        self._heard.clear()
        self.messages, self._events, self.mode = [], [], "bot"
        self.token = f"session-{self.sessions}"
        self.say(OPENING[language])

    def take(self, body: dict[str, Any]) -> str:
        number = body["client_message_id"]
        if number not in self._numbers:
            files = [self._attached(key) for key in body.get("attachment_ids") or ()]
            message = self.say(body.get("text") or "", "debtor", attachments=files)
            self._numbers[number] = message["id"]
            self.answer(self, {**message, "payload": body.get("payload")})
        return self._numbers[number]

    def after(self, key: str) -> list[dict[str, Any]]:
        ids = [message["id"] for message in self.messages]
        return self.messages[ids.index(key) + 1 if key in ids else 0 :]

    async def stream(self, after: str) -> AsyncIterator[str]:
        place, dropped, events = len(self._events), self._dropped, self._events
        self._heard.set()
        for message in self.after(after):
            yield _event("message", message)
        yield _event("mode", {"mode": self.mode})
        while dropped == self._dropped and events is self._events:
            # One by one: what is said while one is on its way comes next, and is not skipped.
            while place < len(events):
                yield _event(*events[place])
                place += 1
            await asyncio.sleep(0.02)

    def _attached(self, key: str) -> dict[str, str]:
        name, mime, _ = self.uploads[key]
        return {"name": name, "mime": mime, "url": f"{self.url}/widget/attachments/{key}"}


def _event(name: str, data: dict[str, Any]) -> str:
    identity = f"id: {data['id']}\r\n" if "id" in data else ""
    return f"event: {name}\r\n{identity}data: {json.dumps(data, ensure_ascii=False)}\r\n\r\n"


def _app(api: FakeWidgetApi) -> FastAPI:
    app = FastAPI()

    @app.middleware("http")
    async def remembered(request: Request, call_next: Any) -> Response:
        if request.url.path.startswith("/widget/"):
            api.asked.append(f"{request.method} {request.url.path}")
            api.cookies += [request.headers["cookie"]] if "cookie" in request.headers else []
            if api.failing:
                return Response(status_code=503)
        answer: Response = await call_next(request)
        return answer

    def let_in(request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {api.token}":
            raise HTTPException(401)

    @app.post("/widget/sessions", status_code=201)
    async def sessions(asked: dict[str, Any]) -> dict[str, Any]:
        if asked.get("token") and asked["token"] != api.token:
            raise HTTPException(401)
        if not asked.get("token"):
            api.open(asked["language"])
        return {
            "session_token": api.token,
            "conversation_id": "c",
            "language": api.language,
            "mode": api.mode,
            "messages": api.messages,
        }

    @app.post("/widget/messages", status_code=202)
    async def messages(request: Request, asked: dict[str, Any]) -> Any:
        let_in(request)
        key = api.take(asked)
        if api.losing:
            api.losing -= 1
            return Response(status_code=502)
        return {"message_id": key}

    @app.get("/widget/messages")
    async def news(request: Request, after: str = "") -> dict[str, Any]:
        let_in(request)
        return {"messages": api.after(after), "mode": api.mode}

    @app.get("/widget/stream")
    async def stream(request: Request) -> Response:
        let_in(request)
        return StreamingResponse(api.stream(request.headers.get("last-event-id", "")), media_type="text/event-stream")

    @app.post("/widget/attachments", status_code=201)
    async def attach(request: Request, file: UploadFile) -> dict[str, str]:
        let_in(request)
        await asyncio.sleep(api.upload_takes)
        content = await file.read()
        if content.startswith(b"MZ"):
            raise HTTPException(415)
        key = str(uuid.uuid4())
        api.uploads[key] = (file.filename or "", file.content_type or "", content)
        return {"attachment_id": key}

    @app.get("/widget/attachments/{key}")
    async def attachment(key: str) -> Response:
        _, mime, content = api.uploads[key]
        return Response(content, media_type=mime)

    @app.get("/demo/{key}")
    async def page(request: Request, key: str) -> Response:
        if "." in key:
            return widget_site.page_file(request)
        return widget_site._page(request, "site.html", {"site": _site(key)})

    app.add_api_route("/widget.js", widget_site.widget_file)
    return app


def _site(key: str) -> Site:
    return replace(site_of(SITES[key]), privacy_url="https://example.test/privacy")
