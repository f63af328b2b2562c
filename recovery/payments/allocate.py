"""Which part of a debt a payment lowers."""

from __future__ import annotations

from collections.abc import Mapping

# Interest first (C. civ. 1343-1, CC 1173), then the principal, which alone bears interest, then the fixed indemnity: of
# what the
# law leaves open, the order that costs the debtor least.
ORDER = ("interest", "principal", "indemnity")


def allocate(cents: int, owed: Mapping[str, int]) -> dict[str, int]:
    """Cents by part, none of them zero; never more than is owed of a part, as long as `cents` is not more than all of
    it.
    """
    shares: dict[str, int] = {}
    for part in ORDER:
        share = min(cents, max(owed.get(part, 0), 0))
        if share:
            shares[part] = share
            cents -= share
    return shares
