"""A tracker store that remembers the latest conversations, in memory, each no longer than a few turns.

The service owns the truth and tells it with every message, so a lost tracker loses nothing and replicas share nothing
(docs/decisions/stateless-rasa.md). Stock Rasa's in-memory store grows without end and re-reads every event at every call.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

CONVERSATIONS = 2_000
EVENTS = 60


class RecentTrackers(TrackerStore):
    def __init__(self, domain: Domain, event_broker: EventBroker | None = None, **kwargs: Any) -> None:
        self._kept: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        if len(tracker.events) > EVENTS:
            tracker = _latest_turns(tracker)
        self._kept[tracker.sender_id] = tracker
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > CONVERSATIONS:
            self._kept.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return self._kept.get(sender_id)

    async def keys(self) -> Iterable[str]:
        return list(self._kept)


def _latest_turns(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The same conversation with its older half forgotten; slots keep their values."""
    shorter = tracker.init_copy()
    for name, slot in tracker.slots.items():
        shorter.slots[name].value = slot.value
    shorter.update_with_events(list(tracker.events)[-EVENTS // 2 :], None)
    return shorter
