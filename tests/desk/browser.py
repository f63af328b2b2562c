"""Somebody at the desk, with a real browser."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Page

from recovery.session.records import Conversation
from tests.desk.scene import PASSWORD


@dataclass
class At:
    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def log_in(self, name: str) -> At:
        self.page.goto(f"{self.url}/desk/login")
        self.page.fill("[name=email]", f"{name}@desk.example")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("button.primary")
        self.page.wait_for_selector("#line")
        return self

    def open(self, talk: Conversation) -> At:
        self.page.goto(f"{self.url}/desk/conversations/{talk.id}")
        self.page.wait_for_selector("#transcript .said")
        return self

    def _heard(self, message: ConsoleMessage) -> None:
        # A refusal is an answer of ours (409, 422), not a failure of the page.
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)


def arrive(chromium: Browser, url: str, name: str, width: int = 1280, height: int = 800) -> At:
    page = chromium.new_page(viewport={"width": width, "height": height}, locale="fr-FR")
    page.set_default_timeout(15_000)
    return At(page, url).log_in(name)
