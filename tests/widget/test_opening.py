"""Before the visitor opens it: nothing asked of the server, nothing kept. After: the automated assistant says what it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.widget.guest import Guest
from tests.widget.visitor import LAUNCH

pytestmark = pytest.mark.browser

LANGUAGES = pytest.mark.parametrize("language", ["fr", "es"])
KEPT = "JSON.stringify([document.cookie, Object.keys(localStorage), Object.keys(sessionStorage)])"


@LANGUAGES
def test_nothing_before_it_is_opened(visitor: Guest, language: str) -> None:
    visitor.language = language
    visitor.arrive()
    expect(visitor.launcher).to_have_text(LAUNCH[language])
    visitor.page.wait_for_timeout(300)
    assert visitor.api.asked == []
    assert visitor.page.evaluate(KEPT) == '["",[],[]]'


@LANGUAGES
def test_opened(visitor: Guest, language: str) -> None:
    visitor.language = language
    visitor.arrive().open()
    status = {"fr": "Assistant automatisé, à votre rythme", "es": "Asistente automatizado, a su ritmo"}
    expect(visitor.panel.locator("header p")).to_have_text(status[language])
    visitor.reads({"fr": "Je suis l'assistant automatisé", "es": "Soy el asistente automatizado"}[language])
    expect(visitor.panel).to_have_attribute("lang", language)
    expect(visitor.box).to_be_focused()


def test_never_a_cookie(visitor: Guest) -> None:
    visitor.arrive().open().write("bonjour")
    visitor.reads("echo: bonjour")
    assert visitor.page.context.cookies() == []
    assert visitor.api.cookies == []
    assert visitor.page.evaluate("Object.keys(localStorage)") == []


def test_taken_up_after_a_reload(visitor: Guest) -> None:
    visitor.arrive().open().write("bonjour")
    visitor.reads("echo: bonjour")
    before = visitor.said()
    visitor.page.reload()
    visitor.reads("echo: bonjour")
    assert visitor.said() == before
    assert visitor.api.sessions == 1


def test_closed_and_reloaded_it_stays_closed(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.page.keyboard.press("Escape")
    visitor.page.reload()
    expect(visitor.launcher).to_be_visible()
    expect(visitor.panel).to_be_hidden()


def test_while_it_is_closed_new_messages_are_counted(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.page.keyboard.press("Escape")
    visitor.api.say("Une réponse")
    visitor.api.say("Et une autre")
    expect(visitor.page.locator("entente-chat .badge")).to_have_text("2")
    expect(visitor.launcher).to_have_attribute(
        "aria-label", "Écrivez-nous : ouvrir la discussion. Nouveaux messages: 2"
    )
    visitor.launcher.click()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("entente-chat .badge")).to_be_hidden()


def test_erased_from_this_device(visitor: Guest) -> None:
    visitor.arrive().open().write("mon secret")
    visitor.reads("echo: mon secret")
    visitor.panel.get_by_role("button", name="Effacer").click()
    visitor.panel.get_by_role("button", name="Oui, effacer").click()
    expect(visitor.panel).to_be_hidden()
    assert visitor.page.evaluate("sessionStorage.length") == 0
    visitor.open()
    assert len(visitor.said()) == 1
    assert visitor.api.sessions == 2


def test_a_link_of_the_page_opens_it(visitor: Guest) -> None:
    visitor.arrive()
    visitor.page.locator("[data-entente-open]").click()
    visitor.bubbles.first.wait_for()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("[data-entente-open]")).to_be_focused()


def test_a_browser_in_spanish_on_a_page_without_language(visitor: Guest) -> None:
    visitor.arrive()
    visitor.page.evaluate(
        """() => {
            document.querySelector("entente-chat").remove();
            document.documentElement.removeAttribute("lang");
            Object.defineProperty(navigator, "languages", { value: ["ca-ES", "es-MX"] });
            document.body.append(document.createElement("entente-chat"));
        }"""
    )
    expect(visitor.launcher).to_have_text(LAUNCH["es"])
