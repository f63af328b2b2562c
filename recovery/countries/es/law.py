"""What the law of Spain answers about a debt."""

from __future__ import annotations

from recovery.countries.claim import Law
from recovery.countries.es import costs, prescription, time_zone


class Spain:
    interest = staticmethod(costs.interest)
    interest_from = staticmethod(costs.interest_from)
    indemnity = staticmethod(costs.indemnity)
    limit = staticmethod(prescription.limit)
    time_zone = staticmethod(time_zone.time_zone)


LAW: Law = Spain()
