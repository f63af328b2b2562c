"""Workers that are killed, Rasa that goes away: nothing lost, nothing twice, order kept."""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from typing import Any

import httpx
import psycopg
import pytest

from tests.fakes.fake_rasa import echo
from tests.worker.conftest import Debtor, Service


def test_a_message_is_answered_and_the_next_one_at_once(service: Service) -> None:
    debtor = service.debtor()
    debtor.say("un")
    debtor.hears(1, "bot", within=60)
    for n in range(10):
        debtor.say(f"message {n}")
        debtor.hears(2 + n, "bot")
    assert debtor.heard("bot") == ["echo: un", *(f"echo: message {n}" for n in range(10))]


def test_a_worker_killed_in_the_middle_of_a_turn_loses_nothing_and_says_nothing_twice(service: Service) -> None:
    debtor = service.debtor()
    service.rasa.takes = 2.0
    debtor.say("un")
    debtor.say("deux")
    _until(lambda: bool(service.rasa.asked))
    service.processes.kill(service.processes.worker())
    service.rasa.takes = 0
    service.processes.worker()
    assert debtor.hears(2, "bot") == ["echo: un", "echo: deux"]
    time.sleep(1)
    assert debtor.heard("bot") == ["echo: un", "echo: deux"]
    first, again = (asked for asked in service.rasa.asked if asked["message"] == "un")
    assert first == again


def test_two_workers_keep_the_order_inside_each_conversation(service: Service) -> None:
    second = service.processes.start("api.worker")
    debtors = [service.debtor() for _ in range(5)]
    for n in range(6):
        for debtor in debtors:
            debtor.say(f"message {n}")
    for debtor in debtors:
        assert debtor.hears(6, "bot", within=90) == [f"echo: message {n}" for n in range(6)]
    service.processes.kill(second)


def test_rasa_away_then_back(service: Service) -> None:
    debtor = service.debtor()
    service.rasa.down = True
    debtor.say("un")
    debtor.say("deux")
    assert len(debtor.hears(1, "system")) == 1
    service.rasa.down = False
    assert debtor.hears(2, "bot") == ["echo: un", "echo: deux"]
    assert len(debtor.heard("system")) == 1


def test_actions_away_then_back(service: Service) -> None:
    debtor = service.debtor()
    service.rasa.answer, service.rasa.actions_up = lambda _: [], False
    debtor.say("un")
    assert len(debtor.hears(1, "system")) == 1
    service.rasa.answer, service.rasa.actions_up = echo, True
    assert debtor.hears(1, "bot") == ["echo: un"]


def test_after_its_connections_are_cut_the_worker_goes_on(service: Service, database_url: str) -> None:
    debtor = service.debtor()
    debtor.say("un")
    debtor.hears(1, "bot", within=60)
    service.rasa.takes = 0.5
    debtor.say("deux")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()")
    service.rasa.takes = 0
    debtor.say("trois")
    assert debtor.hears(3, "bot") == ["echo: un", "echo: deux", "echo: trois"]
    assert service.http.get("/health/ready").status_code == 200


def test_the_stream_tells_what_happens_and_goes_on_where_it_stopped(service: Service) -> None:
    debtor = service.debtor()
    service.rasa.takes = 0.5  # long enough for the answer to be seen coming
    events = _Stream(service.http, debtor)
    debtor.say("un")
    events.until("message", "echo: un")
    assert next(name for name, _ in events.seen if name != "message") == "mode"
    assert "typing" in {name for name, _ in events.seen}
    last = events.last_id
    events.close()
    debtor.say("deux")
    debtor.hears(2, "bot")
    resumed = _Stream(service.http, debtor, last)
    resumed.until("message", "echo: deux")
    texts = [data["text"] for name, data in resumed.seen if name == "message"]
    assert texts == ["deux", "echo: deux"]
    resumed.close()


def test_the_stream_survives_the_loss_of_its_connection(service: Service, database_url: str) -> None:
    debtor = service.debtor()
    events = _Stream(service.http, debtor)
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()")
    debtor.say("un")
    events.until("message", "echo: un")
    events.close()


class _Stream:
    """The events of one conversation, collected beside the test."""

    def __init__(self, http: httpx.Client, debtor: Debtor, last_event_id: str = "") -> None:
        self.seen: list[tuple[str, Any]] = []
        self.last_id = ""
        self._ended = False
        opened = threading.Event()

        def read() -> None:
            headers = {**debtor.headers, **({"Last-Event-ID": last_event_id} if last_event_id else {})}
            with suppress(httpx.HTTPError), http.stream("GET", "/widget/stream", headers=headers) as answer:
                name = ""
                for line in answer.iter_lines():
                    kind, _, value = line.partition(": ")
                    if kind == "event":
                        name = value
                    elif kind == "id":
                        self.last_id = value
                    elif kind == "data":
                        self.seen.append((name, json.loads(value)))
                        opened.set()
                    if self._ended:
                        return

        threading.Thread(target=read, daemon=True).start()
        assert opened.wait(10)

    def until(self, name: str, text: str) -> None:
        _until(lambda: any(n == name and data.get("text") == text for n, data in self.seen), within=60)

    def close(self) -> None:
        self._ended = True


def _until(holds: Any, within: float = 60) -> None:
    until = time.monotonic() + within
    while not holds():
        if time.monotonic() > until:
            pytest.fail("it did not happen in time")
        time.sleep(0.05)
