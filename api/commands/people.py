"""`entente users`: the people of the desk."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from api.commands.where import stop, work
from recovery.errors import Refusal
from recovery.handover.logins import add_user
from recovery.handover.records import DeskUser

app = typer.Typer(no_args_is_help=True, help="The people who answer at the desk.")


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="What they log in with")],
    name: Annotated[str, typer.Option(prompt=True, help="The name debtors see")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="ENTENTE_NEW_PASSWORD")
    ],
    role: Annotated[str, typer.Option(help="agent or supervisor")] = "agent",
    language: Annotated[str, typer.Option(help="fr or es: the desk's own language for this person")] = "fr",
) -> None:
    """Add a person; the same e-mail again sets a new name, role and password."""
    with work() as (session, clock):
        try:
            add_user(session, clock, email=email, name=name, password=password, role=role, language=language)
        except Refusal as refusal:
            stop(refusal.detail)
    typer.echo(f"{email} can log in as {role}.")


@app.command("list")
def listed() -> None:
    """Everybody who may log in."""
    table = Table("e-mail", "name", "role", "language", "active")
    with work() as (session, _):
        for user in session.scalars(select(DeskUser).order_by(DeskUser.email)):
            table.add_row(user.email, user.name, user.role, user.language, "yes" if user.active else "no")
    Console().print(table)
