"""Where a French debtor's day begins: by the first figures of the postcode, overseas included."""

from __future__ import annotations

OVERSEAS = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


def time_zone(postcode: str | None, _region: str | None) -> str:
    return OVERSEAS.get((postcode or "")[:3], "Europe/Paris")
