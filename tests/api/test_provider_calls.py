"""The addresses providers call, by every folder of channels/: a forged call stores nothing, a repeat nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import func, select

from channels.messages import Call
from channels.registry import open_channels
from recovery.session.records import ExternalEvent
from recovery.settings import settings
from recovery.store import transaction
from tests.channels.case import PUBLIC_URL, Case, Told
from tests.channels.test_contract import CASES, RECEIPT_CASES


@pytest.fixture(params=CASES, ids=lambda case: type(case).__name__)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture
def provider(case: Case, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Behind a proxy: what the service sees is http://testserver, what was signed is the public address."""
    monkeypatch.setenv("ENTENTE_PUBLIC_URL", PUBLIC_URL)
    settings.cache_clear()
    with case.double() as double:
        app: Any = client.app
        app.state.channels = open_channels(case.environment(double))
        yield client


def called(client: TestClient, call: Call) -> Response:
    address = urlsplit(call.url)
    path = f"{address.path}{'?' + address.query if address.query else ''}"
    return client.request(call.method, path, content=call.body, headers=dict(call.headers))


def stored() -> int:
    with transaction(settings().database_url) as session:
        return session.scalar(select(func.count()).select_from(ExternalEvent)) or 0


def test_a_signed_call_is_stored_once(provider: TestClient, case: Case) -> None:
    call = case.call(Told("bonjour"))
    assert [called(provider, call).status_code for _ in range(3)] == [200, 200, 200]
    assert stored() == 1


def test_a_forged_call_stores_nothing(provider: TestClient, case: Case) -> None:
    call = case.call(Told("bonjour"))
    forged = [case.unsigned(call), replace(case.unsigned(call), headers={})]
    assert [called(provider, call).status_code for call in forged] == [403, 403]
    assert stored() == 0


@pytest.mark.parametrize("case", RECEIPT_CASES, ids=lambda case: type(case).__name__, indirect=True)
def test_a_receipt_is_stored(provider: TestClient, case: Case) -> None:
    call = case.receipt("SMref", "delivered")
    assert [called(provider, call).status_code for _ in range(2)] == [200, 200]
    assert stored() == 1


def test_a_call_is_as_large_as_its_channel_takes(provider: TestClient, case: Case) -> None:
    """A photo comes inside an e-mail; other providers keep files for us to fetch."""
    app: Any = provider.app
    channel = next(iter(app.state.channels))
    call = case.call(Told("bonjour"))
    heavy = replace(call, body=call.body + b" " * (2 * 1024 * 1024))
    assert called(provider, heavy).status_code == (403 if channel.name == "email" else 413)
    assert called(provider, replace(call, body=b" " * (33 * 1024 * 1024))).status_code == 413
    assert stored() == 0
