"""`/debtors/{id}/contact-points`: one more address of theirs, and the proof that they asked to be written to there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, Field

from api.ledger.debtors import ContactPointIn, ContactPointShown
from api.ledger.needs import Writing
from api.ledger.values import Body, Line
from recovery.consent.opt_in import record_opt_in
from recovery.errors import NotFound
from recovery.identity.contact_points import add_contact_point
from recovery.identity.records import Debtor

router = APIRouter(prefix="/debtors", tags=["debtors"])


class OptInIn(Body):
    at: AwareDatetime = Field(examples=["2026-10-02T09:30:00+02:00"])
    text: Line = Field(description="What they agreed to, word for word")
    source: Line = Field(
        description="Where it is kept: a form, a call, a conversation", examples=["form 2026-10-02/118"]
    )


class AddressIn(ContactPointIn):
    opt_in: OptInIn | None = Field(None, description="WhatsApp writes first to nobody without it")


class OptInShown(Body):
    at: datetime
    text: str
    source: str


class AddressShown(ContactPointShown):
    id: UUID
    opt_in: OptInShown | None


@router.post(
    "/{debtor_id}/contact-points", status_code=201, response_model=AddressShown, summary="Add an address, or its opt-in"
)
def add(debtor_id: UUID, body: AddressIn, write: Writing) -> JSONResponse:
    """The same address again is the same contact point; a later opt-in takes the place of the earlier one."""
    return write.once(body, lambda: _added(write, debtor_id, body))


def _added(write: Writing, debtor_id: UUID, body: AddressIn) -> AddressShown:
    debtor = write.session.get(Debtor, debtor_id)
    if debtor is None:
        raise NotFound("debtor", debtor_id)
    point = add_contact_point(write.session, write.clock, debtor, body.channel, body.address)
    if body.opt_in:
        said = body.opt_in
        record_opt_in(write.session, write.clock, point, at=said.at, text=said.text, source=said.source)
    return AddressShown.model_validate(point)
