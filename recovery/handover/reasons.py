"""Why the assistant hands over, and what follows from it: how urgent, which queue, answered by when. One table."""

from __future__ import annotations

from dataclasses import dataclass

AT_ONCE = "at_once"  # now, whatever the hour
MINUTES = "minutes"  # three minutes in office hours, otherwise the next opening
WORKING_DAY = "working_day"  # one working day

PERSON_ANSWERS_WITHIN_MINUTES = 3


@dataclass(frozen=True)
class Reason:
    """`priority`: 0 distress, 1 a person is waited for, 2 dispute and hardship, 3 the rest."""

    priority: int
    queue: str
    answered: str


REASONS: dict[str, Reason] = {
    "distress": Reason(0, "hardship", AT_ONCE),
    "human_asked": Reason(1, "general", MINUTES),
    "catalan": Reason(1, "catalan", MINUTES),  # Codi de consum 128-1: attended in the language chosen
    "misunderstood": Reason(1, "general", MINUTES),
    "system_down": Reason(1, "general", MINUTES),
    "dispute": Reason(2, "disputes", WORKING_DAY),
    "paid_check": Reason(2, "disputes", WORKING_DAY),
    "fraud": Reason(2, "disputes", WORKING_DAY),
    "hardship": Reason(2, "hardship", WORKING_DAY),
    "overindebtedness": Reason(2, "hardship", WORKING_DAY),
    "plan_outside_terms": Reason(2, "general", WORKING_DAY),
    "deceased": Reason(2, "estates", WORKING_DAY),
    "represented": Reason(2, "estates", WORKING_DAY),
    "minor": Reason(2, "privacy", WORKING_DAY),
    "complaint": Reason(2, "complaints", WORKING_DAY),
    "legal_threat": Reason(2, "complaints", WORKING_DAY),
    "identity_locked": Reason(3, "general", WORKING_DAY),
    "refusal": Reason(3, "general", WORKING_DAY),
    "third_party": Reason(3, "privacy", WORKING_DAY),
    "wrong_person": Reason(3, "privacy", WORKING_DAY),
    "data_rights": Reason(3, "privacy", WORKING_DAY),
    "undelivered": Reason(3, "general", WORKING_DAY),
    "other": Reason(3, "general", WORKING_DAY),
}

QUEUES = ("general", "disputes", "hardship", "estates", "complaints", "privacy", "catalan")


def reason_for(name: str) -> Reason:
    return REASONS.get(name, REASONS["other"])
