"""`python -m api.run.fill_demo FILE`: the demo's debts and people, once; what is there stays. FILE gets who can be played, as JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from sqlalchemy import select

from api.run.portfolio import load_portfolio
from recovery.clock import Clock, clock_from
from recovery.handover.logins import add_user
from recovery.handover.records import DeskUser
from recovery.settings import settings
from recovery.store import transaction

DESK = (
    {"email": "ines@entente.example", "name": "Inès Garnier", "role": "agent", "language": "fr"},
    {"email": "marta@entente.example", "name": "Marta Ibáñez", "role": "agent", "language": "es"},
    {"email": "claire@entente.example", "name": "Claire Dumont", "role": "supervisor", "language": "fr"},
)


def main() -> None:
    url, clock = settings().database_url, clock_from(settings().clock)
    debtors = load_portfolio(url, clock)
    users = _desk_users(url, clock, os.environ["ENTENTE_DEMO_PASSWORD"])
    file = Path(sys.argv[1])
    file.touch(mode=0o600)
    file.write_text(json.dumps({"desk_users": users, "debtors": debtors}, ensure_ascii=False))


def _desk_users(url: str, clock: Clock, password: str) -> list[dict[str, str]]:
    with transaction(url) as session:
        for person in DESK:
            kept = session.scalar(select(DeskUser).where(DeskUser.email == person["email"]))
            if kept is None or not _opens(kept.password_hash, password):
                add_user(session, clock, password=password, **person)
    return [{"email": person["email"], "password": password, "role": person["role"]} for person in DESK]


def _opens(password_hash: str, password: str) -> bool:
    try:
        return PasswordHasher().verify(password_hash, password)
    except Argon2Error:
        return False


if __name__ == "__main__":
    main()
