"""`entente creditors` and `entente imports`: what is recovered, for whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from api.commands.where import stop, work
from recovery.debts.import_file import REQUIRED, import_file
from recovery.debts.records import Creditor, Debt, Import

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
