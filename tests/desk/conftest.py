"""The desk over HTTP, on a real database with a morning in it."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
import yaml
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sse_starlette.sse import AppStatus

from api.app import create_app
from api.desk import door, login
from api.rate_limit import RateLimit
from recovery.settings import settings
from recovery.store import transaction
from tests.desk.scene import NOW, PASSWORD, Scene, morning
from tests.fakes.surroundings import surround

WORDS = yaml.safe_load((Path(__file__).parent / "scene_words.yml").read_text(encoding="utf-8"))


@pytest.fixture
def scene(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Scene]:
    surround(monkeypatch, database, tmp_path)
    monkeypatch.setenv("ENTENTE_CLOCK", NOW.isoformat())
    settings.cache_clear()
    door.trade_clock.cache_clear()
    with transaction(database) as session:
        made = morning(session)
    yield made
    settings.cache_clear()
    door.trade_clock.cache_clear()


@pytest.fixture
def desk_app(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    monkeypatch.setattr(login, "attempts", login.Attempts())
    monkeypatch.setattr(login, "from_one_place", RateLimit(per_minute=1000))
    return create_app()


class Agent:
    """Somebody at the desk, through HTTP alone."""

    def __init__(self, app: FastAPI, name: str = "") -> None:
        self.http = TestClient(
            app, base_url="http://desk.test", follow_redirects=False, headers={"Accept-Language": "fr"}
        )
        if name:
            assert self.log_in(f"{name}@desk.example").status_code == 303

    def log_in(self, email: str, password: str = PASSWORD):  # type: ignore[no-untyped-def]
        form = re.search(r'name="form" value="([^"]+)"', self.http.get("/desk/login").text)
        assert form
        return self.http.post("/desk/login", data={"email": email, "password": password, "form": form[1]})

    @property
    def csrf(self) -> str:
        return re.search(r'"X-CSRF-Token":"([^"]+)"', self.http.get("/desk").text)[1]  # type: ignore[index]

    def do(self, talk, act: str, **data: str):  # type: ignore[no-untyped-def]
        headers = {"HX-Request": "true", "X-CSRF-Token": self.csrf}
        return self.http.post(f"/desk/conversations/{talk.id}/{act}", data=data, headers=headers)

    def page(self, path: str = "/desk") -> str:
        answer = self.http.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text


@pytest.fixture
def served(desk_app: FastAPI) -> Iterator[str]:
    """The desk on a port of its own, for a browser."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(desk_app, port=port, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    AppStatus.should_exit = server.should_exit = True  # open streams end first, as they do on a signal
    thread.join()
    AppStatus.should_exit = False
