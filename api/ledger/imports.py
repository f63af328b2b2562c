"""`/imports`: files of debtors and debts, all or nothing."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field
from sqlalchemy import select

from api.ledger.needs import Work, Writing
from api.ledger.paging import Cursor, Limit, Page, State, equal, page_of
from api.ledger.values import Body, Line, Shown
from api.problems import Problem
from recovery.debts.import_file import import_file
from recovery.debts.records import Import
from recovery.errors import NotFound

router = APIRouter(prefix="/imports", tags=["imports"])

LARGEST_FILE = 64 * 1024 * 1024  # bytes: some hundred thousand lines
EXAMPLE = "external_id,kind,name,country,sms\nC-1,consumer,Camille Moreau,FR,+33639981201\n"


class ImportIn(Body):
    kind: Literal["debtors", "debts"]
    name: Line = Field("import.csv", description="The file's name, for the report")
    csv: str = Field(
        min_length=1,
        max_length=50_000_000,
        description="The file's content, UTF-8, with a heading line",
        examples=[EXAMPLE],
    )


class ProblemOfLine(Shown):
    line: int
    problem: str


class ImportShown(Shown):
    id: UUID
    kind: str
    name: str
    sha256: str
    state: str
    lines: int
    problems: list[ProblemOfLine]
    created_at: datetime


@router.get("", response_model=Page[ImportShown], summary="List imports")
def listed(session: Work, state: State = None, cursor: Cursor = None, limit: Limit = 50) -> Any:
    return page_of(session, select(Import), Import.id, [equal(Import.state, state)], list, cursor, limit)


@router.get("/{import_id}", response_model=ImportShown, summary="One import with its report")
def one(session: Work, import_id: UUID) -> Any:
    found = session.get(Import, import_id)
    if found is None:
        raise NotFound("import", import_id)
    return found


@router.post(
    "",
    status_code=201,
    response_model=ImportShown,
    summary="Load a file, whole or not at all",
    max_body_size=LARGEST_FILE,
)
def load(body: ImportIn, write: Writing) -> JSONResponse:
    """201 when everything was taken; 422 with every bad line when nothing was. Both leave a report under `/imports`."""
    answer = write.once(
        body,
        lambda: ImportShown.model_validate(
            import_file(write.session, write.clock, body.kind, body.name, body.csv.replace("\x00", ""))
        ),
    )
    return _refused(answer)


def _refused(answer: JSONResponse) -> JSONResponse:
    report = json.loads(bytes(answer.body))
    if report["state"] == "loaded":
        return answer
    detail = f"{len(report['problems'])} of {report['lines']} lines cannot be taken; nothing was loaded."
    return Problem(422, "import-refused", detail, import_id=report["id"], problems=report["problems"])
