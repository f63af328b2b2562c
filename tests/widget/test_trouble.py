"""Lost connections, failing servers, sessions that ran out: nothing lost, nothing twice, and the visitor is told."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.widget.guest import Guest

pytestmark = pytest.mark.browser


def test_the_stream_drops_while_somebody_answers(visitor: Guest) -> None:
    visitor.arrive().open()
    for number in range(6):
        visitor.api.say(f"Réponse {number}")
        visitor.api.drop_streams()
        visitor.api.say(f"Suite {number}")
    visitor.reads("Suite 5")
    assert visitor.said() == [message["text"] for message in visitor.api.messages]


def test_the_server_fails_then_returns(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.api.failing = True
    visitor.api.drop_streams()
    visitor.write("pendant la panne")
    visitor.write("et encore")
    expect(visitor.page.locator(".debtor.waiting")).to_contain_text("Pas encore parti, nous réessayons")
    expect(visitor.notice).to_have_text("La connexion est interrompue. Nous la rétablissons, rien n'est perdu.")
    visitor.api.failing = False
    visitor.reads("echo: et encore")
    expect(visitor.notice).to_be_empty()
    assert visitor.api.said_by_debtor() == ["pendant la panne", "et encore"]
    assert visitor.said()[1:] == [message["text"] for message in visitor.api.messages[1:]]


def test_the_answer_is_lost_on_the_way_back(visitor: Guest) -> None:
    """The message was kept, the widget does not know: it asks again, and neither side shows it twice."""
    visitor.arrive().open()
    visitor.api.losing = 2
    visitor.write("une seule fois")
    visitor.reads("echo: une seule fois")
    visitor.write("puis la suite")
    visitor.reads("echo: puis la suite")
    assert visitor.api.said_by_debtor() == ["une seule fois", "puis la suite"]
    assert visitor.said()[1:] == [message["text"] for message in visitor.api.messages[1:]]
    assert visitor.api.asked.count("POST /widget/messages") == 4


def test_a_reload_in_the_middle_of_a_failure(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.api.losing = 1
    visitor.write("avant de recharger")
    visitor.page.reload()
    visitor.reads("echo: avant de recharger")
    expect(visitor.page.locator(".debtor.waiting, .debtor.sending")).to_have_count(0)
    assert visitor.api.said_by_debtor() == ["avant de recharger"]
    assert visitor.said()[1:] == ["avant de recharger", "echo: avant de recharger"]


def test_without_network(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.page.context.set_offline(True)
    expect(visitor.notice).to_contain_text("Vous êtes hors connexion")
    visitor.write("écrit sans réseau")
    visitor.page.context.set_offline(False)
    visitor.reads("echo: écrit sans réseau")
    expect(visitor.notice).to_be_empty()
    assert visitor.api.said_by_debtor() == ["écrit sans réseau"]


def test_a_session_that_ran_out(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.api.token = "another"
    visitor.write("vous êtes là ?")
    visitor.reads("echo: vous êtes là ?")
    expect(visitor.page.locator(".note")).to_have_text("Pour votre sécurité, une nouvelle conversation a commencé.")
    assert visitor.api.said_by_debtor() == ["vous êtes là ?"]
    assert visitor.api.sessions == 2


def test_a_message_that_is_refused(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.page.route("**/widget/messages", lambda route: route.fulfill(status=422, body="{}"))
    visitor.write("refusé")
    failed = visitor.page.locator(".debtor.failed")
    expect(failed).to_contain_text("Ce message n'est pas parti.")
    visitor.page.unroute("**/widget/messages")
    failed.get_by_role("button", name="Réessayer").click()
    visitor.reads("echo: refusé")


def test_too_long(visitor: Guest) -> None:
    visitor.arrive().open().write("x" * 20_001)
    expect(visitor.error).to_contain_text("trop long")
    assert visitor.box.input_value() == "x" * 20_001
    assert visitor.api.said_by_debtor() == []


def test_a_page_that_may_not_have_it(visitor: Guest) -> None:
    visitor.arrive()
    visitor.page.route("**/widget/sessions", lambda route: route.fulfill(status=403, body="{}"))
    visitor.launcher.click()
    expect(visitor.notice).to_have_text("La discussion n'est pas disponible ici.")


def test_another_tab_of_the_same_conversation(visitor: Guest) -> None:
    """A message sent elsewhere, arriving while one's own is on its way, takes nobody's place."""
    visitor.arrive().open()
    visitor.api.failing = True
    visitor.write("le mien")
    visitor.page.locator(".debtor.waiting").wait_for()
    visitor.api.failing = False
    visitor.api.say("d'un autre onglet", "debtor")
    visitor.reads("echo: le mien")
    assert visitor.said()[1:] == ["d'un autre onglet", "le mien", "echo: le mien"]


def test_a_link_that_no_longer_works(visitor: Guest) -> None:
    """The page was opened from a signed link that ran out: an ordinary conversation begins."""
    visitor.arrive()
    visitor.page.locator("entente-chat").evaluate("node => node.setAttribute('token', 'used')")
    visitor.open().write("bonjour")
    visitor.reads("echo: bonjour")
    assert visitor.api.asked.count("POST /widget/sessions") == 2


def test_a_page_that_takes_it_away(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.page.evaluate("window.kept = document.querySelector('entente-chat'); kept.remove()")
    visitor.api.say("pendant l'absence")
    visitor.page.wait_for_timeout(300)
    visitor.page.evaluate("document.body.append(kept)")
    visitor.reads("pendant l'absence")
