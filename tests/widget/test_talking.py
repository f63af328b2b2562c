"""Sending, reading, pressing, attaching; and who is speaking."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.fakes.fake_widget_api import FakeWidgetApi
from tests.widget.guest import Guest

pytestmark = pytest.mark.browser

BUTTONS = [{"title": "Oui", "payload": "b_1x"}, {"title": "Non", "payload": "b_2y"}]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.mark.parametrize("language", ["fr", "es"])
def test_a_conversation(visitor: Guest, language: str) -> None:
    visitor.language = language
    visitor.arrive().open()
    for text in ("un", "deux\nlignes", "trois"):
        visitor.box.fill(text)
        visitor.box.press("Enter")
    visitor.reads("echo: trois")
    assert visitor.api.said_by_debtor() == ["un", "deux\nlignes", "trois"]
    assert visitor.said()[1:] == [m["text"] for m in visitor.api.messages[1:]]
    expect(visitor.page.locator(".debtor").last).to_contain_text({"fr": "Envoyé", "es": "Enviado"}[language])


def test_a_starter(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.panel.get_by_role("button", name="Parler à une personne").click()
    visitor.reads("echo: Parler à une personne")
    expect(visitor.panel.get_by_role("button", name="Retrouver mon dossier")).to_be_hidden()
    expect(visitor.box).to_be_focused()


def test_buttons(visitor: Guest) -> None:
    pressed: list[str] = []

    def understood(api: FakeWidgetApi, said: dict[str, Any]) -> None:
        pressed.append(said["payload"])
        api.say("Entendu")

    visitor.api.answer = understood
    visitor.arrive().open()
    visitor.api.say("Est-ce bien vous ?", buttons=BUTTONS)
    visitor.panel.get_by_role("group", name="Réponses proposées").get_by_role("button", name="Oui").click()
    visitor.reads("Entendu")
    assert pressed == ["b_1x"]
    assert visitor.api.said_by_debtor() == ["Oui"]
    expect(visitor.panel.get_by_role("button", name="Non")).to_be_hidden()


def test_what_it_is_sent_is_text_and_nothing_else(visitor: Guest) -> None:
    bad = "<img src=x onerror=\"document.title='taken'\"><b>gras</b>"
    visitor.arrive().open().write(bad)
    visitor.reads("echo: <img")  # a choice is offered until something follows it
    visitor.api.say(bad, "agent", author_name=bad, buttons=[{"title": bad, "payload": "b"}])
    visitor.page.locator(".agent .choice").wait_for()
    assert visitor.page.title() != "taken"
    assert visitor.page.locator("entente-chat .bubble *").count() == 0


def test_links_lead_to_our_own_site_alone(visitor: Guest) -> None:
    visitor.arrive().open()
    ours = f"{visitor.api.url}/pay/4f9d0a12-8c33-4a71-9d54-2f6f1d6c0b7e"
    visitor.api.say(f"Payez ici : {ours}. Ou là : https://ailleurs.example/pay et javascript:alert(1)")
    link = visitor.page.locator(".bubble a")
    expect(link).to_have_attribute("href", ours)
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    assert link.count() == 1
    visitor.reads("https://ailleurs.example/pay")


def test_emergency_numbers_can_be_tapped(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.api.say("Au 3114, quelqu'un vous écoute ; sinon le 112. Il reste 112,50 €, dont 024 le 112 €, le 024 000.")
    visitor.reads("quelqu'un vous écoute")
    assert [a.get_attribute("href") for a in visitor.page.locator(".bubble a").all()] == ["tel:3114", "tel:112"]


def test_a_person_joins_and_hands_back(visitor: Guest) -> None:
    visitor.arrive().open()
    status = visitor.panel.locator("header p")
    visitor.api.turn_to("human")
    expect(status).to_have_text("Une personne de l'équipe va vous répondre")
    visitor.api.say("Bonjour, je regarde.", "agent", author_name="Inès Caron")
    expect(status).to_have_text("Inès, de l'équipe, vous répond")
    expect(visitor.page.locator(".note")).to_have_text(re.compile("Inès, de l'équipe, a rejoint la conversation"))
    expect(visitor.page.locator(".agent .who")).to_have_text("Inès")
    visitor.api.turn_to("bot")
    visitor.api.say("Me revoilà.")
    expect(status).to_have_text("Assistant automatisé, à votre rythme")
    expect(visitor.page.locator(".note").last).to_have_text("L'assistant automatisé vous répond de nouveau.")


def test_typing(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.api.type()
    dots = visitor.page.locator("entente-chat .typing")
    expect(dots).to_be_visible()
    expect(dots).to_have_text("Assistant automatisé écrit…")
    visitor.api.say("Voilà.")
    expect(dots).to_be_hidden()


def test_it_follows_the_language_of_the_conversation(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.api.say("Claro, seguimos en español.", language="es")
    expect(visitor.page.locator("entente-chat .bubble").last).to_have_attribute("lang", "es")
    expect(visitor.box).to_have_attribute("placeholder", "Escriba su mensaje")
    expect(visitor.page.locator("entente-chat .bubble").first).to_have_attribute("lang", "fr")


def test_days_are_told_apart(visitor: Guest) -> None:
    visitor.arrive()
    open_now = visitor.api.open

    def with_a_past(language: str) -> None:
        open_now(language)
        yesterday = datetime.now().astimezone() - timedelta(days=1)
        visitor.api.messages[0]["sent_at"] = yesterday.isoformat()
        visitor.api.say("Aujourd'hui même")

    visitor.api.open = with_a_past  # type: ignore[method-assign]
    visitor.open()
    expect(visitor.page.locator("entente-chat .day")).to_have_text(["Hier", "Aujourd’hui"])


def test_whoever_reads_above_is_not_torn_away(visitor: Guest) -> None:
    visitor.arrive().open()
    for number in range(20):
        visitor.api.say(f"Ligne {number}")
    visitor.reads("Ligne 19")
    scroll = visitor.page.locator("entente-chat .scroll")
    scroll.evaluate("node => { node.scrollTop = 0 }")
    visitor.page.wait_for_timeout(100)
    visitor.api.say("Une de plus")
    newer = visitor.panel.get_by_role("button", name="Nouveaux messages")
    newer.wait_for()
    assert scroll.evaluate("node => node.scrollTop") == 0
    newer.click()
    expect(newer).to_be_hidden()
    expect(visitor.bubbles.last).to_be_in_viewport()


def attach(visitor: Guest, name: str, content: bytes) -> None:
    path = visitor.files / name
    path.write_bytes(content)
    with visitor.page.expect_file_chooser() as chooser:
        visitor.panel.get_by_role("button", name="Joindre une photo ou un PDF").click()
    chooser.value.set_files(path)


def test_a_document(visitor: Guest) -> None:
    visitor.arrive().open()
    attach(visitor, "facture.pdf", b"%PDF-1.7 facture")
    expect(visitor.panel.locator("li")).to_contain_text("facture.pdf")
    visitor.write("Voici la facture")
    link = visitor.page.locator(".debtor a.file")
    expect(link).to_have_text("facture.pdf")
    (upload,) = visitor.api.uploads.values()
    assert upload == ("facture.pdf", "application/pdf", b"%PDF-1.7 facture")
    assert (link.get_attribute("href") or "").startswith(visitor.api.url)


def test_a_photo_alone_that_takes_its_time(visitor: Guest) -> None:
    visitor.api.upload_takes = 0.6
    visitor.arrive().open()
    attach(visitor, "compteur.png", PIXEL)
    visitor.panel.get_by_role("button", name="Envoyer").click()  # before it is up: the message follows the photo
    assert visitor.api.said_by_debtor() == []
    expect(visitor.page.locator(".debtor img")).to_have_attribute("alt", "compteur.png")
    expect(
        visitor.page.locator(".under").last
    ).to_be_in_viewport()  # the picture took room, and the end is still in sight
    assert visitor.api.said_by_debtor() == [""]


def test_a_document_taken_away(visitor: Guest) -> None:
    visitor.arrive().open()
    attach(visitor, "non.pdf", b"%PDF-")
    visitor.panel.get_by_role("button", name="Retirer non.pdf").click()
    visitor.write("sans document")
    visitor.reads("echo: sans document")
    assert visitor.api.messages[1]["attachments"] == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("film.mp4", b"..", "« film.mp4 » ne peut pas être lu ici"),
        ("faux.pdf", b"MZ..", "« faux.pdf » ne peut pas être lu ici"),
        ("lourd.pdf", b"%PDF-" + bytes(10 * 1024 * 1024), "« lourd.pdf » dépasse 10 Mo"),
    ],
)
def test_documents_that_cannot_go(visitor: Guest, name: str, content: bytes, told: str) -> None:
    visitor.arrive().open()
    attach(visitor, name, content)
    expect(visitor.error).to_contain_text(told)
    expect(visitor.panel.locator("li")).to_have_count(0)


DROP = """([kind, name, text]) => {
    const data = new DataTransfer();
    if (text) data.setData("text/plain", text);
    data.items.add(new File(["%PDF-"], name, { type: "application/pdf" }));
    const target = document.querySelector("entente-chat").shadowRoot.querySelector("textarea");
    const details = { bubbles: true, composed: true, cancelable: true };
    const pasted = () => new ClipboardEvent("paste", { clipboardData: data, ...details });
    target.dispatchEvent(kind === "paste" ? pasted() : new DragEvent(kind, { dataTransfer: data, ...details }));
}"""


def test_a_document_dropped_or_pasted(visitor: Guest) -> None:
    visitor.arrive().open()
    visitor.page.evaluate(DROP, ["dragover", "a.pdf"])
    expect(visitor.page.get_by_text("Déposez ici votre photo ou votre PDF")).to_be_visible()
    visitor.page.evaluate(DROP, ["drop", "a.pdf"])
    visitor.page.evaluate(DROP, ["paste", "b.pdf"])
    expect(visitor.panel.locator("li")).to_have_count(2)
    expect(visitor.page.get_by_text("Déposez ici votre photo ou votre PDF")).to_be_hidden()


def test_text_pasted_with_its_picture_stays_text(visitor: Guest) -> None:
    """Word processors put both on the clipboard."""
    visitor.arrive().open()
    visitor.page.evaluate(DROP, ["paste", "a.pdf", "du texte"])
    expect(visitor.panel.locator("li")).to_have_count(0)
