"""The whole case as one PDF, for the creditor, a mediator, or the debtor who asks for their data."""

from __future__ import annotations

import uuid

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from api.desk.desk_route import DeskRoute
from api.desk.door import AtDesk
from recovery.documents.case_file import export_case
from recovery.errors import NotFound
from recovery.identity.records import Debtor

router = APIRouter(prefix="/desk/debtors/{key}", route_class=DeskRoute)


@router.post("/export")
def export(at: AtDesk, key: uuid.UUID) -> Response:
    debtor = at.session.get(Debtor, key)
    if debtor is None:
        raise NotFound("debtor", key)
    made = export_case(at.session, at.clock, debtor, at.user.language)
    return RedirectResponse(f"/desk/documents/{made.id}", status_code=303)
