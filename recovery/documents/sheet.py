"""What a document says, before it is printed: plain blocks, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Words:
    """A paragraph. `small`: what the law asks to be there, in smaller letters."""

    text: str
    small: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Facts:
    """Name and value, a line each."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Grid:
    """A table. `widths` are shares of the page; `figures` are the columns that hold sums, set to the right."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    figures: Sequence[int] = ()
    last_is_total: bool = False
    small: bool = False


Block = Words | Heading | Facts | Grid


@dataclass(frozen=True)
class Sheet:
    """`made_at` is the moment of what is told, not of the printing: the same facts give the same bytes."""

    language: str
    title: str
    number: str
    issuer: Sequence[str]  # name first, then address
    addressee: Sequence[str]
    dated: str
    made_at: datetime
    foot: str
    blocks: Sequence[Block] = field(default_factory=tuple)
