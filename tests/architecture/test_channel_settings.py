"""Every setting of a channel is read by its code, stands in `.env.example` and on its page; and none is named that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, python_files, tracked

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
LISTED = set(re.findall(r"^(ENTENTE_\w+)=", EXAMPLE, re.M))
PAGES = ROOT / "docs" / "channels"
# What belongs to which page, by how it begins.
OF_PAGE = {
    "sms": ("ENTENTE_SMS_", "ENTENTE_TWILIO_"),
    "whatsapp": ("ENTENTE_WHATSAPP_",),
    "telegram": ("ENTENTE_TELEGRAM_",),
    "email": ("ENTENTE_SMTP_", "ENTENTE_IMAP_", "ENTENTE_EMAIL_"),
    "web": ("ENTENTE_RATE_LIMIT_", "ENTENTE_TRUSTED_PROXIES", "ENTENTE_SESSION_TOKEN_DAYS"),
}
ALL_OF_THEM = tuple(begins for page in OF_PAGE.values() for begins in page)
NAME = re.compile(r"ENTENTE_[A-Z0-9_]*[A-Z0-9]")


def named_in(file: Path) -> set[str]:
    return set(NAME.findall(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", OF_PAGE)
def test_a_page_names_every_setting_of_its_channel(page: str) -> None:
    mine = {name for name in LISTED if name.startswith(OF_PAGE[page])}
    assert mine
    assert sorted(mine - named_in(PAGES / f"{page}.md")) == []


def test_what_the_documents_name_is_there() -> None:
    documents = [file for file in tracked() if file.suffix == ".md" and file.is_relative_to(ROOT / "docs")]
    elsewhere = {"ENTENTE_TEST_DATABASE_URL", "ENTENTE_HYPOTHESIS"}  # for who runs the tests
    named = {(file.name, name) for file in documents for name in named_in(file)}
    assert sorted((file, name) for file, name in named if name not in LISTED | elsewhere) == []


def test_what_the_channels_read_is_listed_and_the_other_way_round() -> None:
    written = re.compile(r"[\"'](ENTENTE_[A-Z0-9_]+)[\"']")
    read = {name for file in python_files("channels") for name in written.findall(file.read_text(encoding="utf-8"))}
    assert sorted(read - LISTED) == []
    by_country = {"ENTENTE_SMS_SENDER_FR", "ENTENTE_SMS_SENDER_ES"}  # read by a name that is put together
    of_the_service = {"ENTENTE_TELEGRAM_BOT_NAME", "ENTENTE_TRUSTED_PROXIES", "ENTENTE_SESSION_TOKEN_DAYS"}
    theirs = {name for name in LISTED if name.startswith(ALL_OF_THEM) and not name.startswith("ENTENTE_RATE_LIMIT_")}
    assert sorted(theirs - read - by_country - of_the_service) == []


@pytest.mark.parametrize("page", OF_PAGE)
def test_a_page_says_how_what_it_costs_and_what_is_forbidden(page: str) -> None:
    headings = re.findall(r"^## (.+)$", (PAGES / f"{page}.md").read_text(encoding="utf-8"), re.M)
    assert "ten minutes" in headings[0] and {"Settings", "What it costs"} <= set(headings)
    assert any(heading.startswith("What is forbidden") for heading in headings)


def test_every_channel_has_its_page_and_the_first_page_names_it() -> None:
    folders = {folder.name for folder in (ROOT / "channels").iterdir() if (folder / "__init__.py").is_file()}
    assert folders == set(OF_PAGE)
    first = (PAGES / "README.md").read_text(encoding="utf-8")
    assert all(f"({folder}.md)" in first for folder in folders)
