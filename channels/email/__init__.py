"""E-mail, by SMTP and a webhook."""

from __future__ import annotations

from collections.abc import Mapping

from channels.contract import Channel
from channels.email.channel import EmailChannel
from channels.settings import Given


def build(environment: Mapping[str, str]) -> Channel | None:
    given = Given(environment)
    return EmailChannel(given) if given.text("ENTENTE_SMTP_HOST") else None
