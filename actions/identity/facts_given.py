"""What a message gives that can prove identity: values read by the model, and any word that looks like a reference."""

from __future__ import annotations

import itertools
import re
from datetime import date

from actions.turn import Turn
from recovery.debts.find import fold_reference
from recovery.identity.verify import Facts, debtor_behind

LONGEST_REFERENCE = 40
YOUNGEST = 14  # years; a debt's own dates are younger than that
FIVE_DIGITS = re.compile(r"(?<!\w)\d{5}(?!\w)")
# Day before month, as both countries write it: 12/03/1984, 12.3.84.
WRITTEN_DAY = re.compile(r"(?<![\w/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\w)")
WORD = re.compile(r"[\w./-]+")


def facts_given(turn: Turn) -> Facts:
    """A phone, a date or a postcode is never taken for a reference; each reading of a doubtful number is tried."""
    return Facts(
        references=tuple(
            dict.fromkeys(
                [*map(fold_reference, map(str, turn.all_values("reference"))), *_words_like_references(turn.text)]
            )
        ),
        birth_date=turn.value("birth_date") or _day_of_birth(turn),
        postcode=_postcode(turn),
        tax_id=next((word for word in _words_and_pairs(turn.text) if _like_tax_number(word)), None),
    )


def _day_of_birth(turn: Turn) -> str | None:
    """A full date long past is a birth date, whatever it stands beside."""
    eldest = turn.today.year - YOUNGEST
    read = next((day for day in turn.all_values("date") if isinstance(day, str) and int(day[:4]) <= eldest), None)
    return read or _written_day(turn.text, eldest)


def _written_day(text: str, eldest: int) -> str | None:
    found = WRITTEN_DAY.search(text)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    year += 0 if year > 99 else 1900 if year > eldest % 100 else 2000
    try:
        written = date(year, month, day)
    except ValueError:
        return None
    return written.isoformat() if written.year <= eldest else None


def _postcode(turn: Turn) -> str | None:
    """A postcode that stands by itself, never the digits inside a reference; a bare one is taken while identity is asked for."""
    alone = FIVE_DIGITS.findall(turn.text)
    read = turn.value("postcode")
    if read:
        return str(read) if str(read) in alone else None
    return alone[-1] if alone and str(turn.conversation.expecting).startswith("identity") else None


def names_a_file(turn: Turn) -> bool:
    """A reference that we know stands in the message of somebody not yet verified."""
    if turn.known_debtor:
        return False
    return any(debtor_behind(turn.session, [reference]) for reference in facts_given(turn).references)


def _words_like_references(text: str) -> list[str]:
    """Words with a digit, alone and joined to the next ("FR 2026 00123"): compared whole, so a wrong guess finds nothing."""
    words = WORD.findall(text)[:30]
    folded = [fold_reference(word) for word in words]
    joined = [a + b for a, b in itertools.pairwise(folded)]
    triple = [a + b + c for a, b, c in zip(folded, folded[1:], folded[2:], strict=False)]
    return [
        word
        for word in [*folded, *joined, *triple]
        if 4 <= len(word) <= LONGEST_REFERENCE and any(c.isdigit() for c in word)
    ]


def _words_and_pairs(text: str) -> list[str]:
    """Words alone and joined to the next ones: a SIREN is written 732 829 320, a NIF B 12345674."""
    words = [fold_reference(word) for word in WORD.findall(text)[:30]]
    return [
        *words,
        *(a + b for a, b in itertools.pairwise(words)),
        *map("".join, zip(words, words[1:], words[2:], strict=False)),
    ]


def _like_tax_number(folded: str) -> bool:
    """SIREN (9 digits), NIF / NIE / CIF (a letter or digit, 7 digits, a letter or digit)."""
    return bool(re.fullmatch(r"\d{9}|[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z]", folded))
