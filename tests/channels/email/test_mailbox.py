"""A mailbox read by IMAP: what came since, each once, and a letter that cannot be read does not stop the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from channels.contract import Collecting, TemporaryFailure
from channels.email import build
from channels.email.channel import EmailChannel
from channels.messages import Inbound
from channels.settings import WrongSetting
from tests.channels.email.case import mail, settings
from tests.fakes.fake_imap import PASSWORD, USER, FakeImap


@pytest.fixture
def imap() -> Iterator[FakeImap]:
    with FakeImap() as running:
        yield running


@pytest.fixture
def channel(imap: FakeImap) -> EmailChannel:
    built = build(mailbox_settings(imap))
    assert isinstance(built, EmailChannel)
    return built


def mailbox_settings(imap: FakeImap, **more: str) -> dict[str, str]:
    mailbox = {"HOST": "127.0.0.1", "PORT": str(imap.port), "TLS": "none", "USER": USER, "PASSWORD": PASSWORD}
    return settings(1, **{f"ENTENTE_IMAP_{name}": value for name, value in {**mailbox, **more}.items()})


def looked(channel: EmailChannel, place: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """The words of what came, and where to go on."""
    words = []
    for event, there in channel.collect(place):
        place = there
        words += [said.text for said in channel.parse(event.body) if isinstance(said, Inbound)] if event else []
    return words, place


def test_each_letter_once_from_the_first_look_on(channel: EmailChannel, imap: FakeImap) -> None:
    assert isinstance(channel, Collecting)
    imap.put(mail("bien avant").as_bytes())
    words, place = looked(channel, {})
    assert words == []
    for number, text in enumerate(("un", "deux"), 2):
        imap.put(mail(text, number).as_bytes())
    words, place = looked(channel, place)
    assert words == ["un", "deux"]
    assert looked(channel, place) == ([], place)


def test_a_letter_that_cannot_be_read_does_not_stop_the_next(channel: EmailChannel, imap: FakeImap) -> None:
    _, place = looked(channel, {})
    broken = b"no header at all, \xff\xfe, nobody"
    for content in (mail("avant", 1).as_bytes(), broken, b"", mail("après", 3).as_bytes()):
        imap.put(content)
    events = [event for event, _ in channel.collect(place) if event]
    assert len({event.external_id for event in events}) == 4
    assert looked(channel, place)[0] == ["avant", "après"]


def test_a_letter_is_the_same_by_whichever_way_it_comes(channel: EmailChannel, imap: FakeImap) -> None:
    _, place = looked(channel, {})
    content = mail("bonjour").as_bytes()
    imap.put(content)
    ((event, _),) = channel.collect(place)
    assert event and event.external_id == "<m1@example.org>"


def test_a_mailbox_made_anew_is_read_some_days_back(channel: EmailChannel, imap: FakeImap) -> None:
    _, place = looked(channel, {})
    imap.validity, imap.mails = 2, {}
    imap.put(mail("encore là", 9).as_bytes())
    words, place = looked(channel, place)
    assert (words, place) == (["encore là"], {"validity": 2, "uid": 1})
    assert any("SINCE" in asked for asked in imap.asked)


def test_nothing_is_changed_in_it(channel: EmailChannel, imap: FakeImap) -> None:
    _, place = looked(channel, {})
    imap.put(mail("bonjour").as_bytes())
    looked(channel, place)
    assert not [asked for asked in imap.asked if asked.split()[0] in ("SELECT", "STORE", "EXPUNGE", "COPY")]
    assert all("PEEK" in asked for asked in imap.asked if "BODY" in asked)


def test_a_mailbox_that_is_away_is_looked_into_later(channel: EmailChannel, imap: FakeImap) -> None:
    imap.down = True
    with pytest.raises(TemporaryFailure):
        list(channel.collect({}))


def test_half_a_set_up_is_told_by_name(imap: FakeImap) -> None:
    with pytest.raises(WrongSetting, match="ENTENTE_IMAP_PASSWORD"):
        build(mailbox_settings(imap, PASSWORD=""))


def test_without_a_mailbox_nothing_is_collected() -> None:
    built = build(settings(1))
    assert isinstance(built, EmailChannel)
    assert list(built.collect({})) == []
