"""The widget in a real browser, on a creditor's page, with the whole product behind it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, expect

from tests.journeys.creditor import CreditorSystem, Owing
from tests.journeys.demo_process import DemoProcess
from tests.widget.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.browser]

WORDS = {file.stem: yaml.safe_load(file.read_text()) for file in (Path(__file__).parent / "words").glob("*.yml")}
PICTURES = Path(__file__).parents[2] / "var" / "screenshots"


@pytest.fixture(params=["fr", "es"])
def owing(request: pytest.FixtureRequest, creditor: CreditorSystem) -> Owing:
    return creditor.somebody_owing(request.param)


@pytest.fixture
def words(owing: Owing) -> dict[str, Any]:
    return dict(WORDS[owing.language])


@pytest.fixture
def visitor(chromium: Browser, owing: Owing, creditor: CreditorSystem) -> Iterator[Visitor]:
    context = chromium.new_context(viewport={"width": 1280, "height": 820}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield Visitor(page, creditor.demo["api_url"], owing.language, owing.creditor).arrive().open()
    page.screenshot(path=PICTURES / f"journey-{owing.language}.png")
    context.close()


def test_what_they_owe_then_a_person(
    visitor: Visitor, owing: Owing, words: dict[str, Any], creditor: CreditorSystem
) -> None:
    say_and_hear(visitor, words["balance"])
    for fact in (owing.reference, "/".join(reversed(owing.birth_date.split("-")))):
        say_and_hear(visitor, fact)
    say_and_hear(visitor, words["balance"])
    visitor.reads(words["told"])
    say_and_hear(visitor, words["person"])
    expect(visitor.panel.locator("header p")).to_contain_text(
        {"fr": "Une personne", "es": "Una persona"}[owing.language]
    )
    assert creditor.get(f"/handovers?debtor_id={owing.debtor_id}")["items"]


def test_the_service_is_killed_while_they_write(
    visitor: Visitor, words: dict[str, Any], running_demo: DemoProcess
) -> None:
    os.kill(running_demo.pid("api"), signal.SIGKILL)
    visitor.write(words["balance"])
    visitor.write(words["person"])
    expect(visitor.page.locator("entente-chat .debtor.sending, entente-chat .debtor.waiting")).to_have_count(
        0, timeout=60_000
    )
    mine = visitor.page.locator("entente-chat .debtor .bubble")
    expect(mine).to_have_text([words["balance"], words["person"]])
    visitor.page.reload()
    expect(mine).to_have_text([words["balance"], words["person"]])


def say_and_hear(visitor: Visitor, text: str) -> None:
    answers = visitor.page.locator("entente-chat .bot, entente-chat .system")
    before = answers.count()
    visitor.write(text)
    expect(answers.nth(before)).to_be_visible(timeout=30_000)
