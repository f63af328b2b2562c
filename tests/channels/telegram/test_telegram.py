"""Telegram: private chats alone, commands, buttons, files, blocks and limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from channels.contract import PermanentFailure, TemporaryFailure
from channels.messages import Button, Ended, Inbound, Media, Outbound
from channels.pace import Pace
from channels.settings import WrongSetting
from channels.telegram import build
from channels.telegram.channel import TelegramChannel
from tests.channels.telegram.case import message, settings, signed, update, user
from tests.fakes.fake_telegram import JPEG, SECRET, FakeTelegram
from tests.fakes.http_double import Answer


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as running:
        yield running


@pytest.fixture
def channel(telegram: FakeTelegram) -> TelegramChannel:
    built = build(settings(telegram.url))
    assert isinstance(built, TelegramChannel)
    return built


def told(channel: TelegramChannel, body: dict[str, Any]) -> list[Inbound]:
    return [
        said for event in channel.read(signed(body)) for said in channel.parse(event.body) if isinstance(said, Inbound)
    ]


def outbound(text: str = "Bonjour", *titles: str, address: str = "7001", media: tuple[Media, ...] = ()) -> Outbound:
    return Outbound(address, text, "k1", "fr", tuple(Button(t, f"b_{n}") for n, t in enumerate(titles)), media)


def test_the_secret_of_the_webhook(channel: TelegramChannel) -> None:
    call = signed(update(message=message(text="x")))
    assert channel.verify(call)
    for wrong in ({}, {"x-telegram-bot-api-secret-token": SECRET[:-1]}, {"x-telegram-bot-api-secret-token": "é"}):
        assert not channel.verify(signed_with(wrong))


def signed_with(headers: dict[str, str]) -> Any:
    call = signed(update(message=message(text="x")))
    return type(call)(call.method, call.url, headers, call.query, call.body)


@pytest.mark.parametrize("secret", ["", "short", "with spaces in it, and more"])
def test_a_secret_telegram_would_refuse(secret: str) -> None:
    with pytest.raises(WrongSetting, match="WEBHOOK_SECRET"):
        build(settings("http://127.0.0.1:1", ENTENTE_TELEGRAM_WEBHOOK_SECRET=secret))


@pytest.mark.parametrize(
    ("text", "command", "language", "link"),
    [
        ("/start", "start", "fr", None),
        ("/start eyJkIjoi.x-_Y", "start", "fr", "eyJkIjoi.x-_Y"),
        ("/start@EntenteBot abc", "start", "fr", "abc"),
        ("/privacy", "privacy", "fr", None),
        ("/idioma", "language", "es", None),
        ("/langue", "language", "fr", None),
        ("/langue es", "language", "es", None),
    ],
)
def test_commands(channel: TelegramChannel, text: str, command: str, language: str, link: str | None) -> None:
    (said,) = told(channel, update(message=message(text=text)))
    assert (said.command, said.language, said.link, said.text) == (command, language, link, "")


def test_stop_is_the_agreed_word(channel: TelegramChannel) -> None:
    assert told(channel, update(message=message(text="/stop")))[0].text == "STOP"


@pytest.mark.parametrize(("code", "language"), [("es-419", "es"), ("fr", "fr"), ("de", None)])
def test_the_language_of_the_device(channel: TelegramChannel, code: str, language: str | None) -> None:
    assert told(channel, update(message=message(code=code, text="hi")))[0].language == language


def test_groups_and_channels_are_refused(channel: TelegramChannel) -> None:
    for kind in ("group", "supergroup", "channel"):
        assert told(channel, update(message=message(-100, kind=kind, text="combien ?"))) == []
    assert told(channel, update(channel_post=message(-100, kind="channel", text="x"))) == []
    assert told(channel, update(inline_query={"id": "1", "from": user(), "query": "x", "offset": ""})) == []


def test_whoever_blocks_the_bot_has_asked_for_silence(channel: TelegramChannel) -> None:
    bot = {"id": 1, "is_bot": True, "first_name": "Entente"}
    member, banned = {"user": bot, "status": "member"}, {"user": bot, "status": "kicked", "until_date": 0}
    chat = {"id": 7001, "type": "private"}
    change = {"chat": chat, "from": user(), "date": 1795334400, "old_chat_member": member, "new_chat_member": banned}
    (event,) = channel.read(signed(update(my_chat_member=change)))
    assert list(channel.parse(event.body)) == [Ended("7001", "blocked on Telegram", "stopped")]
    back = {**change, "old_chat_member": banned, "new_chat_member": member}
    assert told(channel, update(my_chat_member=back)) == []


def test_a_button_that_was_pressed(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    query = {"id": "42", "from": user(), "chat_instance": "1", "data": "b_1", "message": message(text="?")}
    (said,) = told(channel, update(callback_query=query))
    assert (said.address, said.payload, said.text) == ("7001", "b_1", "")
    channel.took(said)
    assert telegram.answered == ["42"]
    telegram.fail(400)
    channel.took(said)  # too late to be acknowledged: nobody's concern


def test_what_was_corrected_is_said_anew(channel: TelegramChannel) -> None:
    (first,) = told(channel, update(1, message=message(number=5, text="40")))
    (again,) = told(channel, update(2, edited_message=message(number=5, text="50", edit_date=1795334401)))
    assert again.text == "50" and first.external_id != again.external_id


def test_a_photo_and_a_document(channel: TelegramChannel) -> None:
    sizes = [
        {"file_id": key, "file_unique_id": key, "width": n, "height": n} for n, key in ((90, "small"), (900, "AgAC1"))
    ]
    (photo,) = told(channel, update(message=message(photo=sizes, caption="la preuve")))
    assert (photo.text, photo.media[0].ref, photo.unread) == ("la preuve", "AgAC1", False)
    assert channel.fetch(photo.media[0]) == JPEG
    file = {"file_id": "BQ1", "file_unique_id": "1", "file_name": "recibo.pdf", "mime_type": "application/pdf"}
    assert told(channel, update(message=message(document=file)))[0].media[0].name == "recibo.pdf"


@pytest.mark.parametrize(
    "said",
    [
        {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
        {"location": {"latitude": 48.1, "longitude": 2.1}},
        {"contact": {"phone_number": "+33639981299", "first_name": "C"}},
        {"something_new": {}},
        {
            "video": {"file_id": "v", "file_unique_id": "v", "width": 9, "height": 9, "duration": 3},
            "caption": "regardez",
        },
        {
            "sticker": {
                "file_id": "s",
                "file_unique_id": "s",
                "type": "regular",
                "width": 9,
                "height": 9,
                "is_animated": False,
                "is_video": False,
            }
        },
    ],
)
def test_what_cannot_be_read_is_told_as_such(channel: TelegramChannel, said: dict[str, Any]) -> None:
    assert told(channel, update(message=message(**said)))[0].unread


def test_a_file_too_large_or_gone(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    telegram.files["big"] = b"0" * (11 * 1024 * 1024)
    for ref in ("big", "gone"):
        with pytest.raises(PermanentFailure):
            channel.fetch(Media("x", "image/jpeg", ref=ref))


def test_what_leaves(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    assert channel.send(outbound("¿Qué prefiere?", "Pagar", "Hablar")) == "7001:1"
    (sent,) = telegram.sent
    keyboard = sent["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in keyboard] == [["Pagar"], ["Hablar"]]
    assert sent["link_preview_options"] == {"is_disabled": True}


def test_a_long_text_is_cut_and_keeps_its_buttons_last(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    channel.send(outbound("mot " * 2000, "Oui"))
    assert ["reply_markup" in sent for sent in telegram.sent] == [False, True]
    assert "".join(sent["text"].replace(" ", "") for sent in telegram.sent) == "mot" * 2000


def test_smiles_count_double(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    channel.send(outbound("😀" * 3000))
    assert "".join(said["text"] for said in telegram.sent) == "😀" * 3000


def test_what_has_left_does_not_leave_again(channel: TelegramChannel, telegram: FakeTelegram, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7")
    gone = tmp_path / "photo.jpg"
    gone.write_bytes(JPEG)
    media = (
        Media("plan.pdf", "application/pdf", url=(tmp_path / "plan.pdf").as_uri()),
        Media("p", "image/jpeg", url=gone.as_uri()),
    )
    real = telegram.take
    telegram.take = lambda asked: real(asked) if "sendDocument" not in asked.path else telegram.failed(Answer(503))  # type: ignore[method-assign]
    with pytest.raises(TemporaryFailure):
        channel.send(outbound(media=media))
    telegram.take = real  # type: ignore[method-assign]
    assert channel.send(outbound(media=media)) == "7001:1"
    assert [next(k for k in ("text", "document", "photo") if k in sent) for sent in telegram.sent] == [
        "text",
        "document",
        "photo",
    ]


def test_whoever_has_blocked_the_bot_or_never_opened_it(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    telegram.blocked.add("7001")
    for address in ("7001", "7999", "-100123", "@camille"):
        with pytest.raises(PermanentFailure) as refused:
            channel.send(outbound(address=address))
        assert refused.value.ending == ("stopped" if address == "7001" else None)


def test_polling_on_a_laptop(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    telegram.updates = [update(n, message=message(number=n, text=str(n))) for n in (1, 2)]
    bodies, after = channel.poll(None, wait=0)
    assert [said.text for body in bodies for said in told(channel, body)] == ["1", "2"]
    assert channel.poll(after, wait=0) == ([], after)


def test_telegram_is_told_where_to_call(channel: TelegramChannel, telegram: FakeTelegram) -> None:
    channel.set_webhook()
    assert telegram.webhook["url"] == "https://entente.example/webhooks/telegram"
    assert telegram.webhook["secret_token"] == SECRET
    channel.drop_webhook()
    assert telegram.webhook == {}


def test_a_chat_hears_one_message_a_second() -> None:
    slept: list[float] = []
    pace = Pace(25, apart=1.0, now=lambda: 100.0, sleep=slept.append)
    for key in ("a", "b", "a", "a"):
        pace.wait(key)
    assert [round(wait, 2) for wait in slept] == [0.04, 1.0, 2.0]
