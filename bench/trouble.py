"""Kills each process of a running demo in turn, under parallel conversations, and counts what became of every message.

usage: .venv/bin/python bench/trouble.py [data folder of the demo, var by default] [--conversations 20] [--kill rasa,worker]

Each conversation sends messages one after the other (now and then two at once), repeats what was not acknowledged with the
same client_message_id, as the widget does, and listens for the answers. Process ids are read from `run/<name>.pid`; the
supervisor starts again what is killed. In the end the database is asked: 0 lost, 0 answered twice, order kept.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

SENTENCES = {
    "fr": ["bonjour", "merci", "vous êtes qui ?", "c'est un robot ?", "que pouvez-vous faire ?", "attendez un peu"],
    "es": ["hola", "gracias", "¿quién es usted?", "¿es un robot?", "¿qué puede hacer?", "espere un momento"],
}
IN_TURN = ("worker", "api", "actions", "rasa", "postgres")
CALM = 6.0  # seconds of ordinary talk before each blow
BACK_WITHIN = 300.0  # seconds until everything is ready again
ANSWERED_WITHIN = 300.0  # seconds, after the last message


class Talk(threading.Thread):
    """One debtor who talks until told to stop. `acknowledged`: client ids in the order they were sent."""

    def __init__(self, base: str, number: int) -> None:
        super().__init__(daemon=True)
        self._base = base
        self._random = random.Random(number)
        self._language = "fr" if number % 2 else "es"
        self._ended = threading.Event()
        self._token = ""
        self.conversation_id = ""
        self.acknowledged: list[str] = []
        self.slowest = 0.0

    def run(self) -> None:
        opened = self._insist("POST", "/widget/sessions", {"language": self._language})
        self.conversation_id, self._token = opened["conversation_id"], opened["session_token"]
        while not self._ended.is_set():
            for _ in range(2 if self._random.random() < 0.2 else 1):
                self._send(self._random.choice(SENTENCES[self._language]))
            self._wait_for_an_answer()

    def stop(self) -> None:
        self._ended.set()

    def _send(self, text: str) -> None:
        key = uuid.uuid4().hex
        self._insist("POST", "/widget/messages", {"client_message_id": key, "text": text})
        self.acknowledged.append(key)

    def _wait_for_an_answer(self) -> None:
        began = time.monotonic()
        while not self._ended.is_set():
            said = self._insist("GET", "/widget/messages", None)["messages"]
            if said[-1]["author"] == "bot":
                break
            time.sleep(0.25)
        self.slowest = max(self.slowest, time.monotonic() - began)

    def _insist(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        """Again until it is acknowledged: what a widget does when the line is bad."""
        while True:
            try:
                return _call(self._base + path, method, body, self._token)
            except (OSError, urllib.error.HTTPError, ValueError):
                time.sleep(0.3)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("data_folder", nargs="?", default="var", type=Path)
    asked.add_argument("--conversations", type=int, default=20)
    asked.add_argument("--kill", default=",".join(IN_TURN))
    given = asked.parse_args()
    base = json.loads((given.data_folder / "demo.json").read_text())["api_url"].rstrip("/")
    database_url = _environment_of(_pid(given.data_folder, "worker"))["DATABASE_URL"]
    talks = [Talk(base, number) for number in range(given.conversations)]
    for talk in talks:
        talk.start()
    for name in given.kill.split(","):
        time.sleep(CALM)
        _kill(given.data_folder, name, base)
    time.sleep(CALM)
    for talk in talks:
        talk.stop()
    for talk in talks:
        talk.join(60)
    sys.exit(0 if _verdict(database_url, talks) else 1)


def _kill(data_folder: Path, name: str, base: str) -> None:
    pid = _pid(data_folder, name)
    os.kill(pid, signal.SIGKILL)
    began = time.monotonic()
    _until(lambda: _runs_anew(data_folder, name, pid) and _is_ready(base), BACK_WITHIN, f"{name} did not come back")
    print(f"killed {name:9} (pid {pid}): ready again after {time.monotonic() - began:.1f} s", flush=True)


def _runs_anew(data_folder: Path, name: str, before: int) -> bool:
    try:
        return _pid(data_folder, name) != before
    except (OSError, ValueError):
        return False


def _is_ready(base: str) -> bool:
    try:
        return bool(_call(base + "/health/ready", "GET")["workers"])
    except (OSError, urllib.error.HTTPError, ValueError):
        return False


def _verdict(database_url: str, talks: list[Talk]) -> bool:
    with psycopg.connect(database_url, autocommit=True) as database:
        ids = [uuid.UUID(talk.conversation_id) for talk in talks]
        _until(lambda: one(database, _WAITING, ids) == 0, ANSWERED_WITHIN, "messages still wait for their turn")
        sent = sum(len(talk.acknowledged) for talk in talks)
        lost = sum(_lost(database, talk) for talk in talks)
        shuffled = sum(_shuffled(database, talk) for talk in talks)
        with_a_person = one(database, WITH_A_PERSON, ids)
        found = {
            "lost": lost,
            "unanswered": one(database, UNANSWERED, ids),
            "answered twice": one(database, _ANSWERED_TWICE, ids),
            "out of order": shuffled + one(database, ANSWERS_OUT_OF_ORDER, ids),
        }
    slowest = max(talk.slowest for talk in talks)
    print(f"{sent} messages in {len(talks)} conversations, the slowest answer after {slowest:.1f} s,", end=" ")
    print(f"{with_a_person} of the conversations with a person in the end")
    print(", ".join(f"{count} {what}" for what, count in found.items()))
    return not any(found.values())


def _lost(database: psycopg.Connection, talk: Talk) -> int:
    """Acknowledged, and not there exactly once."""
    kept = [key for (key,) in database.execute(_KEPT, [talk.conversation_id])]
    return sum(kept.count(key) != 1 for key in talk.acknowledged)


def _shuffled(database: psycopg.Connection, talk: Talk) -> int:
    kept = [key for (key,) in database.execute(_KEPT, [talk.conversation_id])]
    acknowledged = set(talk.acknowledged)
    return int([key for key in kept if key in acknowledged] != talk.acknowledged)


_KEPT = "select client_message_id from message where conversation_id = %s and author = 'debtor' order by seq"
_WAITING = "select count(*) from message where conversation_id = any(%s) and author = 'debtor' and handled_at is null"
WITH_A_PERSON = "select count(*) from conversation where id = any(%s) and mode = 'human'"
# While a person holds the conversation the assistant answers nothing, and rightly.
UNANSWERED = """
select count(*) from message asked join conversation on conversation.id = asked.conversation_id
where asked.conversation_id = any(%s) and asked.author = 'debtor' and conversation.mode = 'bot'
and not exists (select from message reply where reply.answers = asked.id)
"""
# The replies of one turn are written by one transaction: a second one has another xmin.
_ANSWERED_TWICE = """
select count(*) from (select 1 from message where conversation_id = any(%s) and answers is not null
group by answers having count(distinct xmin::text) > 1) as twice
"""
ANSWERS_OUT_OF_ORDER = """
select count(*) from (
    select asked.seq < lag(asked.seq) over (partition by reply.conversation_id order by reply.seq) as back
    from message reply join message asked on asked.id = reply.answers where reply.conversation_id = any(%s)
) as steps where back
"""


def one(database: psycopg.Connection, query: str, ids: list[uuid.UUID]) -> int:
    row = database.execute(query, [ids]).fetchone()  # type: ignore[arg-type]  # the queries above, whole
    return int(row[0]) if row else 0


def _call(url: str, method: str, body: dict[str, Any] | None = None, token: str = "") -> Any:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=10) as answer:
        return json.loads(answer.read())


def _pid(data_folder: Path, name: str) -> int:
    return int((data_folder / "run" / f"{name}.pid").read_text())


def _environment_of(pid: int) -> dict[str, str]:
    pairs = Path(f"/proc/{pid}/environ").read_text().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def _until(holds: Callable[[], bool], within: float, otherwise: str) -> None:
    until = time.monotonic() + within
    while not holds():
        if time.monotonic() > until:
            sys.exit(otherwise)
        time.sleep(0.2)


if __name__ == "__main__":
    main()
