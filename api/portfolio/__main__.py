"""`python -m api.portfolio FILE`: loads the demo once, and writes who is in it: people of the desk, and debtors."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from api.portfolio.load import load_portfolio
from recovery.clock import Clock, clock_from
from recovery.settings import settings
from recovery.store import transaction


def main(file: Path) -> None:
    clock = clock_from(settings().clock)
    debtors = load_portfolio(settings().database_url, clock)
    facts = {"desk_users": _desk_users(clock), "debtors": debtors}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)  # it holds the demo's passwords
    file.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
    print(f"{len(debtors)} debtors are in the demo portfolio")


def _desk_users(clock: Clock) -> list[dict[str, Any]]:
    from api.desk.demo_users import load_demo_users

    with transaction(settings().database_url) as session:
        return list(load_demo_users(session, clock))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
