"""Texts. Two carriers behind one seam: Twilio, and any gateway that speaks JSON (ENTENTE_SMS_PROVIDER)."""

from __future__ import annotations

from collections.abc import Mapping

from channels.contract import Channel
from channels.settings import Given, WrongSetting
from channels.sms.channel import SmsChannel
from channels.sms.gateway import Gateway
from channels.sms.http_gateway import HttpGateway
from channels.sms.senders import senders_from
from channels.sms.twilio_gateway import TwilioGateway


def build(environment: Mapping[str, str]) -> Channel | None:
    given = Given(environment)
    provider = given.text("ENTENTE_SMS_PROVIDER") or ("twilio" if given.text("ENTENTE_TWILIO_ACCOUNT_SID") else "")
    if not provider:
        return None
    gateways: Mapping[str, type[Gateway]] = {"twilio": TwilioGateway, "gateway": HttpGateway}
    if provider not in gateways:
        raise WrongSetting(f"ENTENTE_SMS_PROVIDER: one of {', '.join(gateways)}.")
    pool = provider == "twilio" and bool(given.text("ENTENTE_TWILIO_MESSAGING_SERVICE_SID"))
    return SmsChannel(given, gateways[provider](given), senders_from(given, pool=pool))  # type: ignore[call-arg]
