"""Somebody at the desk, with a real browser."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from recovery.session.records import Conversation
from tests.desk.scene import PASSWORD


@dataclass
class At:
    page: Page
    url: str

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
