"""A real browser on a demonstration page, and the fake web channel behind the widget."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.fakes.fake_widget_api import FakeWidgetApi

SITE = {"fr": "energie-du-lac", "es": "gimnasio-norte"}
LAUNCH = {"fr": "Écrivez-nous", "es": "Escríbanos"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def api() -> Iterator[FakeWidgetApi]:
    with FakeWidgetApi() as api:
        yield api


@dataclass
class Visitor:
    """Somebody on a creditor's page, and the widget as they meet it."""

    page: Page
    api: FakeWidgetApi
    files: Path  # what is on their device
    language: str = "fr"

    def arrive(self) -> Visitor:
        self.page.goto(f"{self.api.url}/demo/{SITE[self.language]}")
        return self

    def open(self) -> Visitor:
        self.launcher.click()
        self.bubbles.first.wait_for()
        return self

    def write(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def reads(self, text: str) -> None:
        self.bubbles.filter(has_text=text).first.wait_for()

    def said(self) -> list[str]:
        return [text.replace("\u00a0", " ") for text in self.bubbles.all_inner_texts()]

    @property
    def launcher(self) -> Locator:
        return self.page.locator("entente-chat .launcher")

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def bubbles(self) -> Locator:
        return self.page.locator("entente-chat .bubble")

    @property
    def box(self) -> Locator:
        return self.panel.locator("textarea")

    @property
    def notice(self) -> Locator:
        return self.page.locator("entente-chat .notice")

    @property
    def error(self) -> Locator:
        return self.page.get_by_role("alert")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Fails the test on an error in the page: an exception, or something its content policy refused."""
    context = browser.new_context(viewport={"width": 1200, "height": 800}, locale="fr-FR")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert not troubles


@pytest.fixture
def visitor(page: Page, api: FakeWidgetApi, tmp_path: Path) -> Visitor:
    page.set_default_timeout(8000)
    return Visitor(page, api, tmp_path)
