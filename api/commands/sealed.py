"""`entente sealed`: cases that were put away, and their words for an authority that asks."""

from __future__ import annotations

import json
import uuid
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from api.commands.where import stop, work
from recovery.audit import record_act
from recovery.identity.records import Debtor
from recovery.retention.records import SealedCase

app = typer.Typer(no_args_is_help=True, help="Closed cases whose words were put away (docs/operations.md).")


@app.command("list")
def listed() -> None:
    """What was put away and until when; no words."""
    table = Table("case", "debtor", "closed", "destroyed from", "destroyed", "stage")
    with work() as (session, _):
        wanted = select(SealedCase, Debtor.external_id).join(Debtor, Debtor.id == SealedCase.debtor_id)
        for case, who in session.execute(wanted.order_by(SealedCase.id)):
            done = f"{case.destroyed_at:%Y-%m-%d}" if case.destroyed_at else ""
            table.add_row(str(case.id), who, f"{case.closed_on}", f"{case.destroy_on}", done, case.stage)
    Console().print(table)


@app.command()
def show(
    case_id: Annotated[str, typer.Argument(help="As `entente sealed list` tells it")],
    authority: Annotated[str, typer.Option(help="The court, prosecutor or authority that asks")],
    because: Annotated[str, typer.Option(help="Its decision or request, by number and date")],
) -> None:
    """The words of one case as JSON, for that authority alone. Who asked and why is written in the audit trail."""
    if not authority.strip() or not because.strip():
        stop("Say which authority asks, and on what ground.")
    with work() as (session, clock):
        case = session.get(SealedCase, _key(case_id))
        if case is None or case.destroyed_at:
            stop("No such case is sealed, or it was destroyed.")
        record_act(
            session, clock, "system", "case.shown", f"debtor:{case.debtor_id}",
            sealed_case=str(case.id), authority=authority, because=because,
        )  # fmt: skip
        typer.echo(json.dumps({"words": case.words, "files": case.files}, ensure_ascii=False, indent=2))


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        stop(f"{text} is no case.")
