"""A plan half agreed by text goes on where the debtor wishes: on the website, on Telegram, once they have proven who they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.journeys.correspondent import Correspondent
from tests.journeys.creditor import CreditorSystem, Owing
from tests.journeys.debtor import DebtorChat
from tests.journeys.devices import LINES
from tests.journeys.providers import Providers

pytestmark = pytest.mark.journey

WORDS = {file.stem: yaml.safe_load(file.read_text()) for file in (Path(__file__).parent / "words").glob("*.yml")}
LINK = re.compile(r"https?://\S+")


@pytest.fixture(params=["fr", "es"])
def owing(request: pytest.FixtureRequest, creditor: CreditorSystem) -> Owing:
    return creditor.somebody_owing(request.param)


@pytest.fixture
def by_text(owing: Owing, creditor: CreditorSystem, providers: Providers) -> Correspondent:
    """Identified by text, with a plan put to them and not yet agreed to."""
    line = LINES["sms"](providers, creditor.demo["api_url"], owing.language)
    debtor = Correspondent(creditor.demo, line)
    for fact in (owing.reference, _day(owing), WORDS[owing.language]["instalments"]):
        debtor.say(fact)
    assert _record(creditor, debtor.conversation_id)["identity"] == "verified"
    assert not creditor.items(f"/plans?debtor_id={owing.debtor_id}")
    return debtor


def test_it_goes_on_on_the_website(by_text: Correspondent, owing: Owing, creditor: CreditorSystem) -> None:
    words = WORDS[owing.language]
    link = _link_in(by_text.say(words["elsewhere"]["web"]))
    page = httpx.get(link, headers={"Accept-Language": owing.language}, trust_env=False)
    assert page.status_code == 200 and "entente-chat" in page.text
    assert not any(word in page.text.lower() for word in words["never_before_identity"])
    chat = DebtorChat(creditor.demo["api_url"], language=owing.language, token=link.rpartition("/")[2])
    assert words["told"] not in str(chat.heard), "the link alone proves nothing"
    _goes_on(chat, owing, words, creditor)
    used = httpx.post(
        f"{creditor.demo['api_url']}/widget/sessions", json={"token": link.rpartition("/")[2]}, trust_env=False
    )
    assert used.status_code == 401


def test_it_goes_on_on_telegram(
    by_text: Correspondent, owing: Owing, creditor: CreditorSystem, providers: Providers
) -> None:
    words = WORDS[owing.language]
    link = _link_in(by_text.say(words["elsewhere"]["telegram"]))
    assert link.startswith("https://t.me/EntenteTestBot?start=")
    debtor = Correspondent(creditor.demo, LINES["telegram"](providers, creditor.demo["api_url"], owing.language))
    debtor.say(f"/start {link.rpartition('=')[2]}")
    _goes_on(debtor, owing, words, creditor)


def _goes_on(debtor: Any, owing: Owing, words: dict[str, Any], creditor: CreditorSystem) -> None:
    """One more fact, and the question that was open is asked again; its yes makes the plan."""
    heard = debtor.say(_day(owing))
    assert _record(creditor, debtor.conversation_id)["identity"] == "verified"
    assert words["place_kept"] in heard and words["told"] in heard
    debtor.say(words["agreement"][0])
    (plan,) = creditor.items(f"/plans?debtor_id={owing.debtor_id}")
    assert len(plan["instalments"]) == 3


def _day(owing: Owing) -> str:
    return "/".join(reversed(owing.birth_date.split("-")))


def _link_in(heard: str) -> str:
    found = LINK.search(heard)
    assert found, heard
    return found.group(0)


def _record(creditor: CreditorSystem, conversation_id: str) -> dict[str, Any]:
    return creditor.get(f"/conversations/{conversation_id}")
