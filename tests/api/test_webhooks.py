"""Providers' calls: no signature, nothing stored; a repeat, no second effect."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from channels.registry import Channels, open_channels
from recovery.session.records import ExternalEvent
from recovery.settings import settings
from recovery.store import transaction
from tests.fakes.fake_channel import SIGNATURE, FakeChannel


@pytest.fixture
def provider(client: TestClient) -> TestClient:
    client.app.state.channels = Channels([FakeChannel()])  # type: ignore[attr-defined]  # an ASGI app to its client
    return client


def stored() -> int:
    with transaction(settings().database_url) as session:
        return session.scalar(select(func.count()).select_from(ExternalEvent)) or 0


def call(client: TestClient, body: str, signature: str = SIGNATURE, path: str = "sms/fake") -> int:
    answer = client.post(f"/webhooks/{path}", content=body, headers={"X-Signature": signature})
    return answer.status_code


def test_a_call_is_stored_once(provider: TestClient) -> None:
    body = json.dumps([{"id": "e1", "from": "+33600000000", "text": "bonjour"}, {"id": "e2", "from": "x", "text": "y"}])
    assert [call(provider, body), call(provider, body)] == [200, 200]
    assert stored() == 2


def test_without_the_signature_nothing_is_stored(provider: TestClient) -> None:
    body = json.dumps([{"id": "e1", "from": "+33600000000", "text": "bonjour"}])
    assert [call(provider, body, signature) for signature in ("", "forged")] == [403, 403]
    assert stored() == 0


def test_what_cannot_be_read_and_who_is_not_known(provider: TestClient) -> None:
    assert call(provider, "{nonsense") == 422
    assert call(provider, "[]", path="pigeon/post") == 404


def test_the_challenge_of_a_set_up(provider: TestClient) -> None:
    assert provider.get("/webhooks/sms/fake?challenge=42").text == "42"
    assert provider.get("/webhooks/sms/fake").status_code == 403


def test_a_channel_without_its_settings_is_left_out() -> None:
    assert open_channels({}).named("web") is None
