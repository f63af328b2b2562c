"""The same conversation wherever the debtor is: who they are, what they owe, a plan, a dispute with a photo, silence.

On each channel, through its provider's double, the trained model and every process; in both languages.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from tests.journeys.correspondent import Correspondent, OnTheWebsite
from tests.journeys.creditor import CreditorSystem, Owing
from tests.journeys.devices import LINES, PHOTO
from tests.journeys.providers import Providers

pytestmark = pytest.mark.journey

WORDS = {file.stem: yaml.safe_load(file.read_text()) for file in (Path(__file__).parent / "words").glob("*.yml")}
CHANNELS = (*LINES, "web")
_EVIDENCE = """
select attachment.sha256 from evidence join attachment on attachment.id = evidence.attachment_id
where evidence.dispute_id = %s
"""


@pytest.fixture(params=["fr", "es"])
def owing(request: pytest.FixtureRequest, creditor: CreditorSystem) -> Owing:
    return creditor.somebody_owing(request.param)


@pytest.fixture(params=CHANNELS)
def debtor(
    request: pytest.FixtureRequest, owing: Owing, creditor: CreditorSystem, providers: Providers
) -> Correspondent | OnTheWebsite:
    if request.param == "web":
        return OnTheWebsite(creditor.demo, owing.creditor, owing.language)
    line = LINES[request.param](providers, creditor.demo["api_url"], owing.language)
    return Correspondent(creditor.demo, line)


def test_the_whole_conversation(debtor: Correspondent | OnTheWebsite, owing: Owing, creditor: CreditorSystem) -> None:
    words = WORDS[owing.language]
    _is_told_nothing_before(debtor, words)
    _identifies(debtor, owing, creditor)
    assert words["told"] in debtor.say(words["balance"])
    _agrees_on_a_plan(debtor, owing, words, creditor)
    _disputes_with_a_photo(debtor, owing, words, creditor)
    _is_left_alone(debtor, owing, words, creditor)


def _is_told_nothing_before(debtor: Correspondent | OnTheWebsite, words: dict[str, Any]) -> None:
    heard = debtor.say(words["balance"])
    assert heard and words["told"] not in heard
    assert not any(word in heard.lower() for word in words["never_before_identity"])


def _identifies(debtor: Correspondent | OnTheWebsite, owing: Owing, creditor: CreditorSystem) -> None:
    day = "/".join(reversed(owing.birth_date.split("-")))
    for fact in (owing.reference, day, owing.postcode):
        if _record(debtor, creditor)["identity"] != "verified":
            debtor.say(fact)
    record = _record(debtor, creditor)
    assert (record["identity"], record["debtor_id"], record["language"]) == (
        "verified",
        owing.debtor_id,
        owing.language,
    )


def _agrees_on_a_plan(
    debtor: Correspondent | OnTheWebsite, owing: Owing, words: dict[str, Any], creditor: CreditorSystem
) -> None:
    asked = f"/plans?debtor_id={owing.debtor_id}"
    debtor.say(words["instalments"])
    for text in words["agreement"]:
        debtor.agrees(text)
        if creditor.items(asked):
            break
    (plan,) = creditor.items(asked)
    parts = [instalment["amount_cents"] for instalment in plan["instalments"]]
    assert (len(parts), sum(parts)) == (3, 24730)


def _disputes_with_a_photo(
    debtor: Correspondent | OnTheWebsite, owing: Owing, words: dict[str, Any], creditor: CreditorSystem
) -> None:
    asked = f"/disputes?debtor_id={owing.debtor_id}"
    said = iter(words["dispute"])
    heard = debtor.say(next(said), photo=True)
    for text in said:
        if creditor.items(asked):
            break
        heard = debtor.say(text)
    (dispute,) = creditor.items(asked)
    assert dispute["ticket"] in heard
    assert "dispute" in [hold["kind"] for hold in creditor.items(f"/holds?debtor_id={owing.debtor_id}")]
    with psycopg.connect(creditor.demo["database_url"]) as database:
        kept = database.execute(_EVIDENCE, [dispute["id"]]).fetchall()
    assert kept == [(hashlib.sha256(PHOTO).hexdigest(),)]


def _is_left_alone(
    debtor: Correspondent | OnTheWebsite, owing: Owing, words: dict[str, Any], creditor: CreditorSystem
) -> None:
    assert debtor.say(words["stop"])
    assert creditor.items(f"/opt-outs?debtor_id={owing.debtor_id}")


def _record(debtor: Correspondent | OnTheWebsite, creditor: CreditorSystem) -> dict[str, Any]:
    return creditor.get(f"/conversations/{debtor.conversation_id}")
