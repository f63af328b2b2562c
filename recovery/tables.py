"""Every table of the product, imported in one place so that migrations and tests see them all."""

from recovery import audit, idempotency, look_ups
from recovery.consent import records as consent
from recovery.creditors import records as creditors
from recovery.debts import records as debts
from recovery.disputes import records as disputes
from recovery.documents import records as documents
from recovery.handover import records as handover
from recovery.identity import records as identity
from recovery.payments import records as payments
from recovery.plans import records as plans
from recovery.retention import records as retention
from recovery.session import records as session
from recovery.store import Record

__all__ = [
    "Record",
    "audit",
    "consent",
    "creditors",
    "debts",
    "disputes",
    "documents",
    "handover",
    "idempotency",
    "identity",
    "look_ups",
    "payments",
    "plans",
    "retention",
    "session",
]
