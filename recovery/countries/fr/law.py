"""What the law of France answers about a debt."""

from __future__ import annotations

from recovery.countries.claim import Law
from recovery.countries.fr import costs, prescription, time_zone


class France:
    interest = staticmethod(costs.interest)
    interest_from = staticmethod(costs.interest_from)
    indemnity = staticmethod(costs.indemnity)
    limit = staticmethod(prescription.limit)
    time_zone = staticmethod(time_zone.time_zone)


LAW: Law = France()
