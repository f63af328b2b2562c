"""Bank account numbers: checked by their own check digits (ISO 13616), so that a typing error never sends money
elsewhere.
"""

from __future__ import annotations

import re

from recovery.errors import Invalid


class BadIban(Invalid):
    kind = "bad-iban"

    def __init__(self, iban: str) -> None:
        super().__init__(f"{iban!r} is no IBAN: its check digits do not agree.")


def checked_iban(iban: str) -> str:
    """The IBAN without spaces. Raises BadIban."""
    compact = "".join(iban.split()).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", compact):
        raise BadIban(iban)
    if int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97 != 1:
        raise BadIban(iban)
    return compact
