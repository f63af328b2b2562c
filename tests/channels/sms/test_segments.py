"""Segments by the book: 160 and 153 septets, 70 and 67 UTF-16 units."""

from __future__ import annotations

import pytest

from channels.sms.plain_letters import shortened
from channels.sms.segments import Length, length_of


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("é" * 160, "GSM-7", 160, 1),
        ("à è ì ò ù ñ Ñ ü ö ä ß Ç ¿ ¡ § £ ¥", "GSM-7", 33, 1),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),  # the euro would be cut: it goes to the next segment whole
        ("[]{}~^|\\", "GSM-7", 16, 1),
        ("ç", "UCS-2", 1, 1),
        ("ê" * 70, "UCS-2", 70, 1),
        ("ê" * 71, "UCS-2", 71, 2),
        ("ó" * 134, "UCS-2", 134, 2),
        ("ó" * 135, "UCS-2", 135, 3),
        ("😀", "UCS-2", 2, 1),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 36, "UCS-2", 72, 2),
        ("a" * 66 + "😀" + "a" * 66, "UCS-2", 134, 3),  # the pair is never cut in two
        ("á", "UCS-2", 1, 1),
        ("’", "UCS-2", 1, 1),
        ("`", "UCS-2", 1, 1),
        ("\u00a0", "UCS-2", 1, 1),
    ],
)
def test_segments(text: str, encoding: str, units: int, segments: int) -> None:
    assert length_of(text) == Length(encoding, units, segments)  # type: ignore[arg-type]


def test_a_text_is_rewritten_where_that_saves_a_segment() -> None:
    text = (
        "Reçu : votre prochaine échéance est fixée au 4 décembre. Pour être rappelé, écrivez HUMAIN ; merci à bientôt."
    )
    plain = shortened(text, "fr")
    assert length_of(text).segments == 2
    assert (length_of(plain).encoding, length_of(plain).segments) == ("GSM-7", 1)
    assert "Recu" in plain and "échéance" in plain  # what GSM-7 has stays as it is


def test_a_short_text_keeps_its_accents() -> None:
    assert shortened("Ça va être réglé", "fr") == "Ça va être réglé"


@pytest.mark.parametrize(
    ("text", "language"),
    [("Usted pagó 50 € el lunes. " + "Está registrado. " * 5, "es"), ("Le montant dû est indiqué. " * 4 + "ç", "fr")],
)
def test_where_meaning_would_change_accents_stay(text: str, language: str) -> None:
    assert shortened(text, language) == text


def test_what_has_no_plain_letter_is_left_alone() -> None:
    text = "Ça va très bien 😀 " * 6
    assert shortened(text, "fr") == text
