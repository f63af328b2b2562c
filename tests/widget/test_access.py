"""By keyboard alone, by ear, in the dark, on a phone (WCAG 2.1 AA, measured in the page)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.widget.guest import Guest
from tests.widget.scenes import believable

pytestmark = pytest.mark.browser

CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
ACTIVE = "document.querySelector('entente-chat').shadowRoot.activeElement"
FOCUSED = f"() => {{ const at = {ACTIVE}; return at && (at.getAttribute('aria-label') || at.innerText) }}"
OUTLINE = f"() => parseFloat(getComputedStyle({ACTIVE}).outlineWidth)"
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "es"])
def test_names_contrast_sizes(visitor: Guest, language: str, scheme: str) -> None:
    visitor.language = language
    visitor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    visitor.arrive()
    assert visitor.page.evaluate(CHECKS) == []
    visitor.open()
    assert visitor.page.evaluate(CHECKS) == []
    believable(visitor)
    visitor.page.route("**/widget/messages", lambda route: route.fulfill(status=422, body="{}"))
    visitor.write("…")
    visitor.page.locator(".failed").wait_for()
    visitor.api.type("agent")
    visitor.page.locator(".typing").wait_for()
    assert visitor.page.evaluate(CHECKS) == []


def test_by_keyboard_alone(visitor: Guest) -> None:
    visitor.arrive()
    keyboard = visitor.page.keyboard
    while visitor.page.evaluate(FOCUSED) != "Écrivez-nous : ouvrir la discussion":
        keyboard.press("Tab")
    assert visitor.page.evaluate(OUTLINE) >= 2
    keyboard.press("Enter")
    visitor.bubbles.first.wait_for()
    assert visitor.page.evaluate(FOCUSED) == "Écrivez votre message"
    keyboard.type("une ligne")
    keyboard.press("Shift+Enter")
    keyboard.type("une autre")
    assert visitor.api.said_by_debtor() == []
    keyboard.press("Enter")
    visitor.reads("echo: une ligne")
    assert visitor.api.said_by_debtor() == ["une ligne\nune autre"]
    for name in ("Joindre une photo ou un PDF", "Conversation", "Fermer la discussion"):
        keyboard.press("Shift+Tab")
        assert visitor.page.evaluate(FOCUSED) == name
        assert visitor.page.evaluate(OUTLINE) >= 2
    visitor.box.focus()
    keyboard.press("Escape")
    expect(visitor.panel).to_be_hidden()
    assert visitor.page.evaluate(FOCUSED) == "Écrivez-nous : ouvrir la discussion"


def test_a_button_by_keyboard(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.api.say("D'accord ?", buttons=[{"title": "Oui", "payload": "b_1"}])
    button = visitor.panel.get_by_role("button", name="Oui")
    button.focus()
    visitor.page.keyboard.press("Enter")
    visitor.reads("echo: Oui")
    expect(visitor.box).to_be_focused()


def test_by_ear(visitor: Guest) -> None:
    visitor.arrive()
    expect(visitor.launcher).to_have_attribute("aria-label", "Écrivez-nous : ouvrir la discussion")
    visitor.open()
    expect(visitor.page.get_by_role("dialog", name="Énergie du Lac")).to_be_visible()
    log = visitor.page.get_by_role("log")
    visitor.write("bonjour")
    visitor.reads("echo: bonjour")
    # Every message says who speaks, and only what others say is announced.
    assert log.locator(".who").all_inner_texts() == ["Assistant automatisé", "Vous", "Assistant automatisé"]
    expect(log.locator(".debtor")).to_have_attribute("aria-live", "off")
    before = log.locator(".bot").first.element_handle()
    visitor.api.say("encore")
    visitor.reads("encore")
    assert before and before.evaluate("node => node.isConnected")  # drawn once: never announced twice


def test_on_a_phone(visitor: Guest) -> None:
    visitor.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visitor.arrive().open()
    visitor.panel.evaluate("panel => Promise.all(panel.getAnimations().map(opening => opening.finished))")
    box = visitor.panel.bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    # The window covers the page: the keyboard goes round inside it.
    visited = set()
    for _ in range(20):
        visitor.page.keyboard.press("Tab")
        visited.add(visitor.page.evaluate(FOCUSED))
    assert None not in visited
    assert {"Fermer la discussion", "Écrivez votre message", "Envoyer", "Effacer"} <= visited


@pytest.mark.parametrize(("width", "height"), [(320, 568), (320, 256), (844, 390)])
def test_small_and_zoomed_screens(visitor: Guest, width: int, height: int) -> None:
    """320 by 256 is a screen of 1280 by 1024 at 400 %."""
    visitor.page.set_viewport_size({"width": width, "height": height})
    visitor.arrive().open()
    believable(visitor)
    for part in (
        visitor.box,
        visitor.panel.get_by_role("button", name="Fermer la discussion"),
        visitor.page.locator(".choice:visible").last,
    ):
        expect(part).to_be_in_viewport()
    assert visitor.page.locator(".scroll").evaluate("node => node.scrollWidth <= node.clientWidth")
    assert visitor.page.locator(".scroll").evaluate("node => node.clientHeight") >= 80


def test_stillness_for_those_who_ask(visitor: Guest) -> None:
    visitor.page.emulate_media(reduced_motion="reduce")
    visitor.arrive().open()
    visitor.api.type()
    visitor.page.locator(".typing").wait_for()
    moving = "() => document.querySelector('entente-chat').shadowRoot.getAnimations().length"
    assert visitor.page.evaluate(moving) == 0
