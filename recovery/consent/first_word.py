"""Whether we may write first: the send gate of the rules, asked before any message that answers nothing (section A, 1 to 6)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from recovery.clock import Clock, local_day
from recovery.consent.records import GateDecision
from recovery.countries.contact import Whereabouts, contact_rules, may_write_at, too_many
from recovery.debts.find import unsettled_debts
from recovery.debts.freeze import active_holds
from recovery.debts.prescription import is_time_barred
from recovery.debts.records import Debt
from recovery.identity.records import ContactPoint, Debtor
from recovery.plans.records import Plan, Promise
from recovery.session.records import Conversation

# A collector that cannot show these does not write first (DI-03, DI-04, ID-07): its mandate, its contract on personal
# data (GDPR 28), its insurance, its declaration to the prosecutor, its account for others' money.
COLLECTORS_PAPERS = ("mandate_id", "dpa_id", "insurance", "prosecutor_declared_on", "dedicated_account")

Answer = tuple[str, bool, str]  # rule, passed, detail


def may_write_first(session: Session, clock: Clock, conversation: Conversation) -> list[Answer]:
    """Every rule asked, in the order of the send gate. Nothing passes for an address without a known debtor (ID-04)."""
    debtor = session.get(Debtor, conversation.debtor_id) if conversation.debtor_id else None
    if debtor is None:
        debtor = _debtor_at(session, conversation)
    if debtor is None:
        return [("ID-04 address", False, "this address is attached to no debtor")]
    debts = unsettled_debts(session, debtor.id)
    return [
        _papers(debts),
        _not_too_old(session, clock, debtor, debts),
        _no_hold(session, clock, debtor, debts),
        _letter_sent(debts),
        _decent_hour(clock, debtor),
        _not_too_often(session, clock, debtor),
    ]


def _debtor_at(session: Session, conversation: Conversation) -> Debtor | None:
    """The one debtor this address belongs to; None for an unknown address, or one that several share."""
    owners = session.scalars(
        select(ContactPoint.debtor_id)
        .where(
            ContactPoint.channel == conversation.channel,
            ContactPoint.address == conversation.address,
            ContactPoint.suppressed_at.is_(None),
        )
        .distinct()
    ).all()
    return session.get(Debtor, owners[0]) if len(owners) == 1 else None


def _papers(debts: list[Debt]) -> Answer:
    missing = {f"{debt.creditor.key}: {name}" for debt in debts for name in _missing(debt)}
    return ("DI-03 papers", not missing, ", ".join(sorted(missing)))


def _missing(debt: Debt) -> list[str]:
    creditor, shown = debt.creditor, debt.creditor.attestations
    if creditor.country == "FR" and creditor.role == "mandated_collector":
        return [name for name in COLLECTORS_PAPERS if not shown.get(name)]
    if creditor.role == "purchaser" and not debt.assignment_notified_on:
        return ["assignment_notified_on"]  # DI-08: C. civ. 1324, CC 1527
    if debt.product == "consumer_credit" and debt.debtor.country == "FR" and not shown.get("l312_36_notices"):
        return ["l312_36_notices"]  # DI-10: the lender warned on paper from the first missed repayment
    if debt.product == "mortgage":
        return ["a person: mortgages are never recalled by the assistant"]  # IN-06
    return []


def _not_too_old(session: Session, clock: Clock, debtor: Debtor, debts: list[Debt]) -> Answer:
    """Something is owed that may still be claimed (PR-05, PR-09): nobody is written to about old debts alone."""
    today = local_day(clock, debtor.time_zone)
    alive = [debt for debt in debts if debt.state == "open" and not is_time_barred(session, debt, today)]
    return ("PR-05 time bar", bool(alive), "" if alive else "nothing is owed that may still be claimed")


def _no_hold(session: Session, clock: Clock, debtor: Debtor, debts: list[Debt]) -> Answer:
    """A debt free of holds is left to write about, and none lies on the debtor (CT-14)."""
    personal = [hold.kind for hold in active_holds(session, clock, debtor.id) if hold.debt_id is None]
    if personal:
        return ("CT-14 hold", False, f"held: {', '.join(sorted(set(personal)))}")
    free = [debt for debt in debts if not active_holds(session, clock, debtor.id, debt.id)]
    return ("CT-14 hold", bool(free), "" if free else "every debt is held")


def _letter_sent(debts: list[Debt]) -> Answer:
    """A mandated collector's letter comes before any other step in France (CPCEx R124-4)."""
    without = [
        debt.reference
        for debt in debts
        if debt.creditor.country == "FR" and debt.creditor.role == "mandated_collector"
        and not (debt.letter_ref and debt.letter_sent_on)
    ]  # fmt: skip
    return ("DI-01 letter", not without, f"no letter was sent for {', '.join(without)}" if without else "")


def _decent_hour(clock: Clock, debtor: Debtor) -> Answer:
    where = Whereabouts(debtor.country, debtor.time_zone, debtor.postcode, debtor.region)
    may = may_write_at(clock.now(), where)
    return ("CT-10 hours", may, "" if may else f"not at this hour of this day ({debtor.time_zone})")


def _not_too_often(session: Session, clock: Clock, debtor: Debtor) -> Answer:
    """Counted over all channels, creditors and campaigns of this person (CT-04, CT-05, CT-08)."""
    reason = too_many(clock.now(), _unasked_for(session, debtor), debtor.country)
    if not reason and not _agreed_to_a_day(session, debtor):
        talked = session.scalar(
            select(Conversation.last_inbound_at)
            .where(Conversation.debtor_id == debtor.id, Conversation.last_inbound_at.is_not(None))
            .order_by(Conversation.last_inbound_at.desc())
            .limit(1)
        )
        quiet = contact_rules(debtor.country).after_conversation
        if talked and clock.now() - talked < quiet:
            reason = f"they wrote less than {quiet.days} days ago"
    return ("CT-10 frequency", reason is None, reason or "")


def _unasked_for(session: Session, debtor: Debtor) -> list[datetime]:
    points = select(ContactPoint).where(ContactPoint.debtor_id == debtor.id).subquery()
    at_their_address = and_(Conversation.channel == points.c.channel, Conversation.address == points.c.address)
    theirs = select(Conversation.id).where(or_(Conversation.debtor_id == debtor.id, exists().where(at_their_address)))
    left = select(GateDecision.at).where(
        GateDecision.conversation_id.in_(theirs), GateDecision.author == "campaign", GateDecision.allowed.is_(True)
    )
    return list(session.scalars(left))


def _agreed_to_a_day(session: Session, debtor: Debtor) -> bool:
    promised = select(Promise.id).where(Promise.debtor_id == debtor.id, Promise.state == "open").limit(1)
    planned = select(Plan.id).where(Plan.debtor_id == debtor.id, Plan.state == "active").limit(1)
    return session.scalar(promised) is not None or session.scalar(planned) is not None
