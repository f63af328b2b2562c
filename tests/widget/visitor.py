"""Somebody on a creditor's page, in a real browser, and the widget as they meet it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Locator, Page

SITES = {"fr": "energie-du-lac", "es": "gimnasio-norte"}
LAUNCH = {"fr": "Écrivez-nous", "es": "Escríbanos"}


@dataclass
class Visitor:
    page: Page
    url: str  # of the service
    language: str = "fr"
    site: str = ""  # a creditor's key

    def arrive(self) -> Self:
        self.page.goto(f"{self.url}/demo/{self.site or SITES[self.language]}")
        return self

    def open(self) -> Self:
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
