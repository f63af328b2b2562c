"""Files are known by their content, and what is cut short or is also something else is no kind we take."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.session.attachments import keep_attachment
from recovery.session.file_kinds import kind_of
from tests import cast
from tests.fakes.files import HEIC, JPEG, PDF, PNG, WEBP, jpeg

KINDS = {
    "image/jpeg": JPEG,
    "image/png": PNG,
    "image/webp": WEBP,
    "image/heic": HEIC,
    "application/pdf": PDF,
}
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
ARCHIVE = b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18)


@pytest.mark.parametrize("mime", KINDS)
def test_a_whole_file_is_what_it_is(mime: str) -> None:
    assert kind_of(KINDS[mime]) == mime


@pytest.mark.parametrize("mime", KINDS)
def test_evidence_that_is_cut_short_is_kept(mime: str) -> None:
    content = KINDS[mime]
    assert kind_of(content[: len(content) // 2 + 8]) == mime
    assert kind_of(content[:3]) in (None, "image/jpeg")


@pytest.mark.parametrize("mime", KINDS)
@pytest.mark.parametrize("other", [PAGE, ARCHIVE, b"<svg onload=alert(1)>"], ids=["page", "archive", "svg"])
def test_a_file_that_is_also_something_else_is_refused(mime: str, other: bytes) -> None:
    assert kind_of(other + KINDS[mime]) is None
    if mime != "application/pdf" or other is ARCHIVE:
        assert kind_of(KINDS[mime] + other) is None


def test_a_page_hidden_in_a_pictures_notes_is_refused() -> None:
    assert kind_of(JPEG[:2] + b"\xff\xfe" + (2 + len(PAGE)).to_bytes(2) + PAGE + JPEG[2:]) is None
    assert kind_of(JPEG[:2] + b"\xff\xfe" + (2 + len(PDF)).to_bytes(2) + PDF + JPEG[2:]) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a" + PAGE, b"MZ\x90\x00", b"<svg xmlns='x'/>", PAGE, ARCHIVE,
     b"RIFF\x00\x00\x00\x00WAVEfmt ", b"\x00\x00\x00\x18ftypisom" + bytes(50), b"%!PS-Adobe"],
)  # fmt: skip
def test_other_kinds_are_refused(content: bytes) -> None:
    assert kind_of(content) is None


def test_what_a_camera_writes_after_its_picture_is_kept() -> None:
    assert kind_of(JPEG + JPEG) == "image/jpeg"  # a second picture
    assert kind_of(JPEG + b"SEFH" + bytes(30)) == "image/jpeg"  # a maker's notes
    assert kind_of(jpeg(filling=200_000)) == "image/jpeg"


def test_noise_of_any_kind_ends_in_an_answer() -> None:
    chance = random.Random(5)
    for content in KINDS.values():
        for _ in range(300):
            place = chance.randrange(len(content))
            kind_of(content[:place] + chance.randbytes(chance.randrange(1, 9)) + content[place:])


@pytest.mark.parametrize(
    ("called", "kept"),
    [("reçu.jpg", "reçu.jpg"), ("reçu.JPEG", "reçu.JPEG"), ("facture.pdf.exe", "facture.pdf.jpg"), ("page.html", "page.jpg"),
     ("", "document.jpg"), (".htaccess", "htaccess.jpg"), ("../../x/photo", "x photo.jpg"), ("a" * 300, "a" * 90 + ".jpg"),
     ("n.º 12 del mes", "n.º 12 del mes.jpg")],
)  # fmt: skip
def test_a_file_is_called_by_what_it_is(session: Session, called: str, kept: str) -> None:
    clock = FrozenClock(datetime(2026, 11, 22, 9, tzinfo=UTC))
    assert keep_attachment(session, clock, cast.conversation_of(session), called, JPEG).name == kept
