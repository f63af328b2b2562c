"""What a message is about, as far as its wish tells, where its words leave open what a figure or a day is."""

from __future__ import annotations

from typing import NamedTuple


class Subject(NamedTuple):
    """`sums_from`: from how many cents a figure without a currency is a sum (None: where its words say it); `no_sums`: hardly
    ever; `past`: whether a day lies behind; `habits`: whether "le samedi" and "los lunes" say when somebody may be
    reached; `beside`: entities whose words are a circumstance and no value, as the telephone that rang in a dispute."""

    sums_from: int | None = None
    no_sums: bool = False
    past: bool = False
    habits: bool = False
    beside: frozenset[str] = frozenset()
