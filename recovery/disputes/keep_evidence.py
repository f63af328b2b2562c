"""Photos and documents that a debtor sends, tied to the dispute or the debt they are about."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.debts.records import Debt
from recovery.disputes.records import Dispute, Evidence
from recovery.session.records import Attachment


def keep_evidence(
    session: Session,
    clock: Clock,
    attachments: list[Attachment],
    dispute: Dispute | None = None,
    debt: Debt | None = None,
) -> int:
    """Tie each attachment once; returns how many were new."""
    kept = set(
        session.scalars(select(Evidence.attachment_id).where(Evidence.attachment_id.in_([a.id for a in attachments])))
    )
    new = [attachment for attachment in attachments if attachment.id not in kept]
    for attachment in new:
        session.add(
            Evidence(
                dispute_id=dispute.id if dispute else None,
                debt_id=dispute.debt_id if dispute else debt.id if debt else None,
                attachment_id=attachment.id,
                received_at=clock.now(),
            )
        )
        subject = f"dispute:{dispute.id}" if dispute else f"debt:{debt.id}" if debt else f"attachment:{attachment.id}"
        record_act(
            session, clock, "debtor", "evidence.received", subject, name=attachment.name, sha256=attachment.sha256
        )
    return len(new)
