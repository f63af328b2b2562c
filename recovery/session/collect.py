"""Asking a provider that does not call: each message is stored with the place to go on from, one transaction each."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy.orm import Session

from channels.contract import Collecting
from recovery.clock import Clock
from recovery.session.external_events import keep_place, place_in, store_event


def collect(begin: Callable[[], AbstractContextManager[Session]], clock: Clock, channel: Collecting) -> int:
    """How many messages were new. A crash between two is made up for: what was stored is known by its own id.

    Raises TemporaryFailure where the provider is away; what came before it is kept.
    """
    with begin() as session:
        place = place_in(session, channel.source)
    new = 0
    for event, there in channel.collect(place):
        with begin() as session:
            new += event is not None and store_event(session, clock, channel.source, event, "take_in")
            keep_place(session, clock, channel.source, there)
    return new
