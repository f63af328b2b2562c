"""The ledger API, `/api/v1`: what a creditor's own system calls. `router` is the whole of it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from api.ledger import (
    arrangements,
    contact_points,
    conversations,
    creditor_notices,
    creditors,
    debtors,
    debts,
    documents,
    holds,
    imports,
    links,
    measures,
    opt_outs,
    payments,
    rights,
)
from api.ledger.needs import service_token


class ProblemShown(BaseModel):
    """An error, as RFC 9457 writes it."""

    type: str
    title: str
    status: int
    detail: str = Field(examples=["No debt is known as 0190a3c4-0000-7000-8000-000000000000."])


def _problem(meaning: str) -> dict[str, Any]:
    return {
        "description": meaning,
        "content": {"application/problem+json": {"schema": ProblemShown.model_json_schema()}},
    }


ERRORS: dict[int | str, dict[str, Any]] = {
    401: _problem("No service token, or a wrong one"),
    404: _problem("Not known"),
    409: _problem("The state forbids it, or the key came with another body"),
    422: _problem("Invalid"),
}

router = APIRouter(prefix="/api/v1", dependencies=[Depends(service_token)], responses=ERRORS)
for part in (
    creditors.router,
    debtors.router,
    links.router,
    contact_points.router,
    debts.router,
    payments.router,
    arrangements.plans,
    arrangements.promises,
    conversations.disputes,
    holds.router,
    measures.router,
    conversations.handovers,
    conversations.conversations,
    opt_outs.router,
    rights.data_requests,
    rights.complaints,
    documents.router,
    creditor_notices.router,
    imports.router,
):
    router.include_router(part)
