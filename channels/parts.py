"""One message that leaves as several: cut where it may be cut, and what has left does not leave again at the next try."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable

REMEMBERED = 10_000


def cut(text: str, longest: int) -> list[str]:
    """At an empty line, a line's end or a space, in this order; in the middle of a word where there is none."""
    pieces = []
    while len(text) > longest:
        end = next((at for mark in ("\n\n", "\n", " ") if (at := text.rfind(mark, 1, longest + 1)) > 0), longest)
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [piece for piece in (*pieces, text) if piece]


class Parts:
    """What has left, by the message's key. In memory: after a crash in the middle, the parts before it leave again."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, list[str]] = OrderedDict()
        self._lock = threading.Lock()

    def send(self, key: str, parts: Iterable[Callable[[], str]]) -> str:
        """The reference of the first. What a part raises goes through; the next try goes on from there."""
        with self._lock:
            left = self._left.setdefault(key, [])
            while len(self._left) > REMEMBERED:
                self._left.popitem(last=False)
        for part in list(parts)[len(left) :]:
            left.append(part())
        return left[0]
