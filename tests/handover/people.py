"""The people of the desk, for tests: added directly, with a hash that costs nothing to make."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from recovery.handover.records import DeskUser


def desk_person(
    session: Session, name: str, role: str = "agent", language: str = "fr", email: str = "", password_hash: str = "none"
) -> DeskUser:
    person = DeskUser(
        email=email or f"{uuid.uuid4().hex}@desk.example",
        name=name,
        password_hash=password_hash,
        role=role,
        language=language,
        time_zone="Europe/Paris",
        active=True,
        failed_logins=0,
        created_at=datetime(2026, 9, 1, tzinfo=UTC),
    )
    session.add(person)
    session.flush()
    return person
