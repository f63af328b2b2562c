"""Logins for the demonstration: nobody else's, never in production."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.errors import Forbidden
from recovery.handover.logins import add_user
from recovery.settings import settings

PEOPLE = (
    ("sophie@entente.example", "Sophie Laurent", "agent", "fr", "Europe/Paris"),
    ("javier@entente.example", "Javier Ortega", "agent", "es", "Europe/Madrid"),
    ("ines@entente.example", "Inès Caron", "supervisor", "fr", "Europe/Paris"),
)


class NotInProduction(Forbidden):
    kind = "not-in-production"

    def __init__(self) -> None:
        super().__init__("Demonstration logins are refused when ENTENTE_ENV=production.")


def load_demo_users(session: Session, clock: Clock) -> list[dict[str, str]]:
    """[{"email", "password", "role"}]. The same passwords at every start of one installation, and of no other."""
    if settings().env == "production":
        raise NotInProduction()
    users = []
    for email, name, role, language, zone in PEOPLE:
        password = _password(email)
        add_user(
            session, clock, email=email, name=name, password=password, role=role, language=language, time_zone=zone
        )
        users.append({"email": email, "password": password, "role": role})
    return users


def _password(email: str) -> str:
    return hmac.new(settings().secret_key.encode(), email.encode(), hashlib.sha256).hexdigest()[:14]
