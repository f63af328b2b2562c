"""A worker with a mailbox: a letter becomes a talk, and its answer leaves in the same thread; a broken one stops nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import psycopg
import pytest

from tests.channels.email.case import mail, settings
from tests.fakes.fake_imap import PASSWORD, USER, FakeImap
from tests.fakes.fake_smtp import FakeSmtp
from tests.worker.conftest import Service

_LOOK = (
    "select procrastinate_defer_jobs_v1(array[row('events', 'look_into_mailboxes', 0, 'mailboxes', null,"
    " '{\"timestamp\": 0}'::jsonb, null)::procrastinate_job_to_defer_v1])"
)
_PLACE = "select body from external_event where source = 'place/email/inbound'"


@pytest.fixture
def imap() -> Iterator[FakeImap]:
    with FakeImap() as running:
        yield running


@pytest.fixture
def smtp() -> Iterator[FakeSmtp]:
    with FakeSmtp() as running:
        yield running


def test_a_letter_is_answered_in_its_thread(
    service: Service, database_url: str, imap: FakeImap, smtp: FakeSmtp
) -> None:
    mailbox = {"HOST": "127.0.0.1", "PORT": str(imap.port), "TLS": "none", "USER": USER, "PASSWORD": PASSWORD}
    given = {**settings(smtp.port), **{f"ENTENTE_IMAP_{name}": value for name, value in mailbox.items()}}
    service.processes.kill(service.processes.worker())
    worker = service.processes.start("api.worker", **given)
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute(_LOOK)  # the timetable does it every minute
        _until(lambda: database.execute(_PLACE).fetchone() is not None)
        imap.put(b"nobody sent this")
        imap.put(mail("Bonjour, combien ?\n\nLe 22 nov., Entente a écrit :\n> Bonjour").as_bytes())
        database.execute(_LOOK)
        _until(lambda: any("echo" in _text(sent) for sent in smtp.mails))
        assert database.execute(_PLACE).fetchone() == ({"uid": 2, "validity": 1},)
    service.processes.kill(worker)
    answer = next(sent for sent in smtp.mails if "echo" in _text(sent))
    assert "echo: Bonjour, combien ?" in _text(answer) and "a écrit" not in _text(answer)
    assert (answer["To"], answer["In-Reply-To"]) == ("camille@example.org", "<m1@example.org>")


def _text(sent: EmailMessage) -> str:
    return str(sent.get_body(("plain",)).get_content())  # type: ignore[union-attr]


def _until(holds: Callable[[], bool], within: float = 90) -> None:
    until = time.monotonic() + within
    while not holds():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)
