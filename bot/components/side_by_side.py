"""Reads tens of thousands of training examples in two processes; a debtor's message is read by the one that got it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

_PROCESSES = 2

_held: Callable[..., Any]


def side_by_side(function: Callable[..., Any], *columns: Iterable[Any], chunk: int = 500) -> Iterator[Any]:
    """What the function (of a module, or a method of something that can be pickled) makes of each row, in order."""
    # Started afresh, not forked: what Rasa has loaded keeps threads.
    start = get_context("spawn")
    with ProcessPoolExecutor(_PROCESSES, mp_context=start, initializer=_hold, initargs=(function,)) as readers:
        yield from readers.map(_read, *columns, chunksize=chunk)


def _hold(function: Callable[..., Any]) -> None:
    """Sent once to each process, and not with every chunk: a vocabulary is large."""
    global _held
    _held = function


def _read(*row: Any) -> Any:
    return _held(*row)
