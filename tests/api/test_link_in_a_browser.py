"""A personal link, opened as people open it: the page keeps nothing, and the chat goes on as the debtor it was sent to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sse_starlette.sse import AppStatus

from api.app import create_app
from recovery.clock import clock_from
from recovery.session.links import link_to
from recovery.session.records import Conversation, UsedLink
from recovery.settings import settings
from recovery.store import transaction
from tests import cast
from tests.fakes.surroundings import surround


@pytest.fixture
def served(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    surround(monkeypatch, database, tmp_path, public_url=f"http://127.0.0.1:{port}")
    server = uvicorn.Server(uvicorn.Config(create_app(), port=port, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield database
    AppStatus.should_exit = server.should_exit = True  # open streams end first, as they do on a signal
    thread.join()
    AppStatus.should_exit = False
    settings.cache_clear()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="es-ES", viewport={"width": 390, "height": 780})
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def test_a_link_is_used_when_the_chat_is_opened(served: str, page: Page) -> None:
    with transaction(served) as session:
        debtor = cast.lucia(session)
    link = link_to(clock_from(settings().clock), debtor.id, "web")
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(str(link))
    expect(page.locator("h1")).to_have_text("Retomar nuestra conversación")
    with transaction(served) as session:
        assert not session.scalars(select(UsedLink)).all(), "a look uses nothing up"
    page.locator("button[data-entente-open]").click()
    page.locator("entente-chat .bubble").filter(has_text="asistente automatizado").first.wait_for()
    with transaction(served) as session:
        (talk,) = session.scalars(select(Conversation)).all()
        assert (talk.claimed["link"], talk.identity, talk.language) == (str(debtor.id), "unverified", "es")
    assert page.context.cookies() == []
    assert complaints == []
    page.reload()
    page.locator("entente-chat .bubble").filter(has_text="asistente automatizado").first.wait_for()
    with transaction(served) as session:
        assert len(session.scalars(select(Conversation)).all()) == 1, "a reload finds the same talk"
