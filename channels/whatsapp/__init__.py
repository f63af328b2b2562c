"""WhatsApp. Off unless three settings say so: Meta's policy has listed debt collection among what it does not allow."""

from __future__ import annotations

from collections.abc import Mapping

from channels.contract import Channel
from channels.settings import Given, WrongSetting
from channels.whatsapp.channel import WhatsAppChannel

WHY = (
    "Meta's business policy has listed debt collection among the services it does not allow (CH-04): only a creditor "
    "writing to its own customers, with Meta's or the provider's written confirmation"
)


def build(environment: Mapping[str, str]) -> Channel | None:
    given = Given(environment)
    if not given.on("ENTENTE_WHATSAPP_ENABLED"):
        return None
    given.needed("ENTENTE_WHATSAPP_POLICY_CONFIRMATION", f"{WHY}; name where that confirmation is kept")
    if given.text("ENTENTE_WHATSAPP_ROLE") != "own_creditor":
        raise WrongSetting(f"ENTENTE_WHATSAPP_ROLE: own_creditor alone. {WHY}.")
    return WhatsAppChannel(given)
