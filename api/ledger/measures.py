"""`/measures`: what a commission or a judge has decided of a person's debts. A person who has read the decision enters it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field

from api.ledger.needs import Writing
from api.ledger.values import Body, Cents, Day, Line, Shown
from recovery.debts.records import Debt
from recovery.debts.wipe_out import wipe_out
from recovery.errors import Invalid, NotFound
from recovery.money import Money
from recovery.plans.imposed import impose_measures

router = APIRouter(prefix="/measures", tags=["measures"])


class PartIn(Body):
    due_on: Day
    amount_cents: Cents = Field(ge=1)


class MeasuresIn(Body):
    debt_id: UUID
    kind: Literal["plan", "wiped_out"] = Field(
        description="`plan`: the sums of the measures alone (L733-1); `wiped_out`: nothing any more (L741-2). "
        "Debts of L711-4 are not in a decision: leave them out."
    )
    decided_on: Day
    reference: Line = Field(examples=["000123456789"], description="The commission's or the court's own number")
    instalments: list[PartIn] = Field(default_factory=list, max_length=400, description="Of a plan, in order")


class MeasuresShown(Shown):
    debt_id: UUID
    kind: str
    decided_on: date
    reference: str
    debt_state: str
    plan_id: UUID | None


@router.post("", status_code=201, response_model=MeasuresShown, summary="Enter what was decided of a debt")
def enter(body: MeasuresIn, write: Writing) -> JSONResponse:
    def do() -> Any:
        debt = write.session.get(Debt, body.debt_id, with_for_update=True)
        if debt is None:
            raise NotFound("debt", body.debt_id)
        if bool(body.instalments) is not (body.kind == "plan"):
            raise Invalid("A plan has its instalments, and a debt that is wiped out has none.")
        plan = None
        if body.kind == "plan":
            parts = [(part.due_on, Money(part.amount_cents, debt.currency)) for part in body.instalments]
            plan = impose_measures(write.session, write.clock, debt, parts, body.decided_on, body.reference)
        else:
            wipe_out(write.session, write.clock, debt, body.decided_on, body.reference)
        return MeasuresShown(
            debt_id=debt.id, kind=body.kind, decided_on=body.decided_on, reference=body.reference,
            debt_state=debt.state, plan_id=plan.id if plan else None,
        )  # fmt: skip

    return write.once(body, do)
