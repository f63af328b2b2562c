"""`entente creditors` and `entente imports`: what is recovered, for whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from api.commands.where import stop, work
from recovery.creditors.address import signing_key, tell_at
from recovery.creditors.records import CreditorNotice
from recovery.creditors.tell import tell_again
from recovery.debts.find import creditor_by_key
from recovery.debts.import_file import REQUIRED, import_file
from recovery.debts.records import Creditor, Debt, Import
from recovery.errors import Refusal

creditors = typer.Typer(no_args_is_help=True, help="Who is owed.")
imports = typer.Typer(no_args_is_help=True, help="Files of debtors and debts, taken whole or refused whole.")


ENCODINGS = ("utf-8-sig", "cp1252")  # what spreadsheets write


@creditors.command("list")
def creditors_listed() -> None:
    """Creditors, their role and how many open debts they have."""
    table = Table("key", "name", "country", "role", "open debts")
    count = select(func.count()).where(Debt.creditor_id == Creditor.id, Debt.state == "open").scalar_subquery()
    with work() as (session, _):
        for creditor, debts in session.execute(select(Creditor, count).order_by(Creditor.key)):
            table.add_row(creditor.key, creditor.name, creditor.country, creditor.role, str(debts))
    Console().print(table)


@creditors.command("told-at")
def told_at(
    key: Annotated[str, typer.Argument(help="The creditor's key")],
    url: Annotated[
        str | None, typer.Argument(help="https address of its own system; none: it is no longer told")
    ] = None,
) -> None:
    """Where payments and proposals are told to this creditor, and the key that signs each call."""
    with work() as (session, clock):
        creditor = creditor_by_key(session, key)
        if creditor is None:
            stop(f"No creditor is known as {key}.")
        try:
            tell_at(session, clock, creditor, url)
        except Refusal as refusal:
            stop(refusal.detail)
        typer.echo(
            f"{key} is told at {url}; calls are signed with {signing_key(creditor)}" if url else "No longer told."
        )


@creditors.command("tell-again")
def told_again() -> None:
    """Send the notices that were given up once more: the creditor's system is mended."""
    with work() as (session, clock):
        dead = session.scalars(select(CreditorNotice).where(CreditorNotice.state == "dead")).all()
        for notice in dead:
            tell_again(session, clock, notice)
    typer.echo(f"{len(dead)} notices are on their way again.")


@imports.command()
def run(
    kind: Annotated[str, typer.Argument(help=" or ".join(REQUIRED))],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV with a heading line")],
) -> None:
    """Load a file. One bad line refuses all of it, and every bad line is told."""
    if kind not in REQUIRED:
        stop(f"A file is of {' or of '.join(REQUIRED)}; {kind!r} is neither.")
    with work() as (session, clock):
        report = import_file(session, clock, kind, file.name, _text_of(file))
    if report.state == "loaded":
        typer.echo(f"{report.lines} {kind} loaded.")
        return
    for problem in report.problems:
        typer.echo(f"line {problem['line']}: {problem['problem']}", err=True)
    stop("Nothing was loaded.")


@imports.command("list")
def imports_listed() -> None:
    """Files loaded or refused, newest first."""
    table = Table("when", "kind", "file", "state", "lines", "bad lines")
    with work() as (session, _):
        for done in session.scalars(select(Import).order_by(Import.id.desc()).limit(50)):
            when = f"{done.created_at:%Y-%m-%d %H:%M}"
            table.add_row(when, done.kind, done.name, done.state, str(done.lines), str(len(done.problems)))
    Console().print(table)


def _text_of(file: Path) -> str:
    content = file.read_bytes()
    text = next((text for encoding in ENCODINGS if (text := _decoded(content, encoding)) is not None), None)
    if text is None:
        stop(f"{file} is neither UTF-8 nor Windows-1252.")
    return text


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
