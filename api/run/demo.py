"""`make demo`: everything on one machine, ready to be talked to; Ctrl-C ends all of it."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api.run.answers import actions_ready, api_ready, database_answers, postgres_ready, rasa_ready
from api.run.demo_settings import demo_settings
from api.run.log_lines import LogLines
from api.run.ports import port_from
from api.run.postgres import address, create_database
from api.run.process import die_with_parent
from api.run.stack import LOOPBACK, ROOT, Stack
from api.run.supervisor import CannotStart, Stopped, Supervisor
from setup.model import model_file

POSTGRES_WITHIN = 60
READY_WITHIN = 180  # a slow machine's first start; a laptop takes a fifth of it


def main() -> None:
    if "MAKELEVEL" in os.environ:
        die_with_parent()  # make killed by force takes the demo with it
    settings = demo_settings(ROOT)
    data_folder = Path(settings["ENTENTE_DATA_FOLDER"])
    try:
        with _alone(data_folder):
            _run(settings, data_folder)
    except CannotStart as error:
        sys.exit(f"✗ {error}")


def _run(settings: dict[str, str], data_folder: Path) -> None:
    began = time.monotonic()
    given = settings.get("DATABASE_URL") or settings.get("ENTENTE_DATABASE_URL")
    postgres_port = 0 if given else port_from(settings, "ENTENTE_POSTGRES_PORT", LOOPBACK)
    stack = _stack(settings, data_folder)
    log = LogLines()
    supervisor = Supervisor(data_folder / "run", log)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, supervisor.ask_to_stop)
    (data_folder / "demo.json").unlink(missing_ok=True)
    try:
        supervisor.start(stack.rasa())  # the slowest to be ready, and needs nobody to begin
        url = given or _embedded_postgres(supervisor, stack, postgres_port)
        stack.env["DATABASE_URL"] = url
        _wait_for_database(supervisor, url)
        supervisor.run_once(stack.once("migrate", "api.migrate"))
        supervisor.run_once(stack.once("portfolio", "api.portfolio", str(data_folder / "portfolio.json")))
        supervisor.start(stack.actions())
        supervisor.start(stack.api())
        for number in range(1, int(settings.get("ENTENTE_WORKERS", "1")) + 1):
            supervisor.start(stack.worker(number))
        _wait_until_ready(supervisor, stack)
        _tell(stack, _write_demo_file(stack), time.monotonic() - began)
        supervisor.run_until_stopped()
    except Stopped:
        log.say("demo", "stopping …")
    finally:
        supervisor.stop()
        (data_folder / "demo.json").unlink(missing_ok=True)
        log.say("demo", "everything has ended")


def _stack(settings: dict[str, str], data_folder: Path) -> Stack:
    model = Path(settings.get("ENTENTE_MODEL") or model_file())
    if not model.is_file():
        raise CannotStart(f"There is no trained model {model}: run `python3 -m setup model` first (`make demo` does).")
    host = settings["ENTENTE_HOST"]
    return Stack(
        env=settings,
        data_folder=data_folder,
        api_host=host,
        api_port=port_from(settings, "ENTENTE_API_PORT", host),
        rasa_port=port_from(settings, "ENTENTE_RASA_PORT", LOOPBACK),
        actions_port=port_from(settings, "ENTENTE_ACTIONS_PORT", LOOPBACK),
        model=model,
    )


def _embedded_postgres(supervisor: Supervisor, stack: Stack, port: int) -> str:
    supervisor.start(stack.postgres(port))
    folder = stack.data_folder / "postgres"
    ready = postgres_ready(folder, lambda: address(folder, port, "postgres"))
    supervisor.wait_until(ready, within=POSTGRES_WITHIN, what="PostgreSQL")
    url = address(folder, port)
    create_database(url)
    return url


def _wait_for_database(supervisor: Supervisor, url: str) -> None:
    supervisor.wait_until(lambda: database_answers(url), within=15, what="The PostgreSQL of DATABASE_URL")


def _wait_until_ready(supervisor: Supervisor, stack: Stack) -> None:
    for what, answers in (
        ("api", api_ready(stack.api_url)),
        ("actions", actions_ready(stack.actions_url)),
        ("rasa", rasa_ready(stack.rasa_url)),
    ):
        supervisor.wait_until(answers, within=READY_WITHIN, what=what)


def _write_demo_file(stack: Stack) -> dict[str, Any]:
    """var/demo.json, which contract tests and people's scripts read; only there while the demo is ready."""
    portfolio = json.loads((stack.data_folder / "portfolio.json").read_text())
    facts = {
        "api_url": stack.api_url,
        "api_token": stack.env["ENTENTE_API_TOKEN"],
        "rasa_url": stack.rasa_url,
        "desk_url": f"{stack.api_url}/desk",
        "actions_url": stack.actions_url,
        "database_url": stack.env["DATABASE_URL"],
        **{name: portfolio[name] for name in ("desk_users", "debtors")},
    }
    path = stack.data_folder / "demo.json"
    unfinished = path.with_suffix(".part")
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
    unfinished.rename(path)
    return facts


def _tell(stack: Stack, facts: dict[str, Any], seconds: float) -> None:
    user = facts["desk_users"][0]
    debtor = facts["debtors"][0]
    print(
        f"""
  Entente is ready ({seconds:.0f} s).

  Talk to it      {stack.api_url}/demo
                  as {debtor["name"]}: {debtor["reference"]}, {debtor["birth_date"]}, {debtor["postcode"]}
  The desk        {facts["desk_url"]}
                  {user["email"]}  {user["password"]}
  The ledger API  {stack.api_url}/api/v1, described at {stack.api_url}/openapi.json
  Everything else {stack.data_folder / "demo.json"}

  Ctrl-C ends all of it.
""",
        flush=True,
    )


@contextmanager
def _alone(data_folder: Path) -> Iterator[None]:
    """One demo a data folder: two would fight over its PostgreSQL."""
    (data_folder / "run").mkdir(parents=True, exist_ok=True)
    with open(data_folder / "run" / "demo.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise CannotStart(
                f"A demo already runs in {data_folder} (process {lock.read().strip()}). "
                "End it, or give this one its own ENTENTE_DATA_FOLDER and ports."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


if __name__ == "__main__":
    main()
