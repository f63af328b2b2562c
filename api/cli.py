"""`entente`: administration from a terminal, and a debtor's chat."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.commands import people, portfolio, sealed, telegram, texts
from api.commands import where as place
from api.commands.chat import chat as talk
from recovery.audit import AuditLine, first_broken_line

app = typer.Typer(no_args_is_help=True, help=__doc__, add_completion=False, pretty_exceptions_show_locals=False)
audit = typer.Typer(no_args_is_help=True, help="The trail of every act, each line chained to the one before.")
app.add_typer(people.app, name="users")
app.add_typer(portfolio.creditors, name="creditors")
app.add_typer(portfolio.imports, name="imports")
app.add_typer(audit, name="audit")
app.add_typer(sealed.app, name="sealed")
app.add_typer(telegram.app, name="telegram")
app.add_typer(texts.app, name="texts")


@app.command()
def chat(
    language: Annotated[str, typer.Option(help="fr or es")] = "fr",
    creditor: Annotated[
        str | None, typer.Option(help="Key of the creditor whose site this is (`entente creditors list`)")
    ] = None,
    url: Annotated[str | None, typer.Option(help="The service; that of the running demo by default")] = None,
) -> None:
    """Talk as a debtor, over the web channel. A number presses a button; Ctrl-D ends."""
    talk(url or place.service_url(), language, creditor)


@app.command()
def migrate() -> None:
    """Bring the database to the tables of this version."""
    from api.migrate import upgrade

    upgrade(place.database_url())
    typer.echo("The database is up to date.")


@app.command()
def timetable() -> None:
    """What the worker does by the clock."""
    place.database_url()  # the queue's application reads the settings
    from api.worker import timetable as _registers
    from api.worker.queue import app as queue

    assert _registers
    table = Table("cron", "task", "what it does")
    for job in queue.periodic_registry.periodic_tasks.values():
        table.add_row(job.cron, job.task.name, (job.task.func.__doc__ or job.task.name).strip().splitlines()[0])
    Console().print(table)


@audit.command()
def check() -> None:
    """Walk the whole chain: says whether a line was altered, and which."""
    with place.work() as (session, _):
        broken = first_broken_line(session)
        lines = session.query(AuditLine).count()
    if broken is not None:
        place.stop(f"The chain is broken at line {broken}: it, or the one before it, was altered.")
    typer.echo(f"{lines} lines, the chain holds.")


if __name__ == "__main__":
    app()
