"""A message on its way out has a job of its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from recovery.session.jobs import enqueue
from recovery.session.records import Delivery


def enqueue_delivery(session: Session, delivery: Delivery, at: datetime | None = None) -> None:
    """A lock of its own: replies leave in order, and a slow provider never holds back the next turn.

    What leaves later (`at`) has a lock to itself: under the others' it would hold them up until then.
    """
    lock = f"out:{delivery.id if at else delivery.conversation_id}"
    enqueue(session, "deliver", lock, "deliveries", at=at, delivery_id=str(delivery.id))
