"""A real browser on a demonstration page, and the fake web channel behind the widget."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.fakes.fake_widget_api import FakeWidgetApi
from tests.widget.guest import Guest


@pytest.fixture
def api() -> Iterator[FakeWidgetApi]:
    with FakeWidgetApi() as api:
        yield api


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Fails the test on an error in the page: an exception, or something its content policy refused."""
    context = chromium.new_context(viewport={"width": 1200, "height": 800}, locale="fr-FR")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not troubles


@pytest.fixture
def visitor(page: Page, api: FakeWidgetApi, tmp_path: Path) -> Guest:
    page.set_default_timeout(8000)
    return Guest(page, api.url, api=api, files=tmp_path)
