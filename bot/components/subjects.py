"""What the wish read in a message tells of its values.

Of the figures without a currency in the training messages of `_OF_SUMS`, nine in ten are annotated as sums; in those of
`_OF_NO_SUM`, one in fifty.
"""

from __future__ import annotations

from collections.abc import Collection

from listening.values import Subject

_OF_SUMS = frozenset({"pay_part", "plan_too_high", "ask_refund", "ask_discount", "ask_fees", "pay_now", "cannot_pay"})
# Told with days, months and meals as well: a small figure may be one of them.
_OF_SUMS_AND_DAYS = frozenset(
    {
        "propose_plan", "promise_to_pay", "change_plan", "report_payment", "ask_payment_status", "dispute_amount",
        "ask_balance", "ask_debt_details",
    }
)  # fmt: skip
_OF_NO_SUM = frozenset(
    {
        "out_of_scope", "ask_prescription", "contact_preference", "update_contact_details", "wrong_person",
        "dispute_service", "ask_data_rights", "has_representative", "ask_human",
    }
)  # fmt: skip
_OF_THE_PAST = frozenset(
    {
        "report_payment", "ask_payment_status", "report_deceased", "ask_dispute_status", "ask_refund", "dispute_fraud",
        "dispute_not_owed", "dispute_amount", "dispute_service", "complain_contact", "complain_service",
    }
)  # fmt: skip
# Of the weekdays in their training messages, nineteen in twenty are no date.
_OF_HABITS = frozenset({"contact_preference", "complain_contact"})
# Where a channel is wanted, refused or complained of, or something is to be sent by it.
_OF_CHANNELS = frozenset(
    {
        "contact_preference", "complain_contact", "stop_contact", "ask_human", "complain_service", "ask_receipt",
        "ask_proof", "ask_data_rights", "inform", "affirm", "deny",
    }
)  # fmt: skip
# Where a death, an illness or a birth is no reason to pay later.
_OF_NO_HARDSHIP = frozenset(
    {
        "report_deceased", "dispute_service", "dispute_amount", "dispute_not_owed", "dispute_fraud", "complain_contact",
        "complain_service", "ask_legitimacy", "ask_who_are_you", "bot_challenge", "out_of_scope",
        "report_overindebtedness", "express_distress",
    }
)  # fmt: skip
# Where years and times are how long something has lasted, or how often it was said, and nobody spreads anything.
_OF_NO_COUNT = frozenset(
    {
        "report_deceased", "dispute_service", "dispute_not_owed", "dispute_fraud", "complain_contact", "wrong_person",
        "ask_legitimacy", "ask_who_are_you", "ask_prescription", "out_of_scope",
    }
)  # fmt: skip
# Cents.
_A_SUM, _NO_DAY_OF_A_MONTH = 10_00, 32_00


def subject_of(wishes: Collection[str]) -> Subject:
    """Sums where any of the wishes names some, none where no wish does; the past, and habits, where every wish tells of them.

    A channel is told where any wish is about one, a hardship or a count unless no wish can be for its sake.
    """
    if not wishes:
        return Subject()
    no_sums, past, habits = (kind.issuperset(wishes) for kind in (_OF_NO_SUM, _OF_THE_PAST, _OF_HABITS))
    beside = {
        "channel": _OF_CHANNELS.isdisjoint(wishes),
        "hardship_kind": _OF_NO_HARDSHIP.issuperset(wishes),
        "instalment_count": _OF_NO_COUNT.issuperset(wishes),
    }
    return Subject(
        _sums_from(wishes), no_sums, past, habits, frozenset(entity for entity, holds in beside.items() if holds)
    )


def _sums_from(wishes: Collection[str]) -> int | None:
    if _OF_SUMS_AND_DAYS.intersection(wishes):
        return _NO_DAY_OF_A_MONTH
    return _A_SUM if _OF_SUMS.intersection(wishes) else None
