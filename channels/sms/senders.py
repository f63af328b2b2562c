"""Who a text comes from, by country, and what its operators refuse.

France: texts from +33 6/7 numbers are blocked when a machine sends them (Arcep's numbering plan; CH-01): an alias of
eleven characters, a short number (36xxx, 38xxx) or a verified number. Spain: an alias must stand in the CNMC's register
since 2026-06-07 (Orden TDF/149/2025, art. 8; CH-02), and mobile numbers may not serve customers (art. 9; CH-03).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from channels.contract import PermanentFailure
from channels.settings import Given, WrongSetting

# Overseas France has its own prefixes and the same operators' rules.
COUNTRY_OF: Mapping[str, str] = {
    "+33": "FR",
    "+262": "FR",
    "+508": "FR",
    "+590": "FR",
    "+594": "FR",
    "+596": "FR",
    "+34": "ES",
}
DESTINATIONS = " ".join(COUNTRY_OF)

_ALIAS = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &_+-]{3,11}")
_SHORT = {"FR": re.compile(r"3[68]\d{3}"), "ES": re.compile(r"\d{5,6}")}
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_MOBILE = {
    "FR": (re.compile(r"\+33[67]"), "operators block texts that machines send from +33 6 and +33 7"),
    "ES": (re.compile(r"\+34[67]"), "mobile numbers may not serve customers (Orden TDF/149/2025, art. 9)"),
}


@dataclass(frozen=True)
class Sender:
    name: str

    @property
    def one_way(self) -> bool:
        """Nobody can answer an alias: the way to stop must be a link (OO-05)."""
        return bool(self.name) and not self.name.lstrip("+").isdigit()


@dataclass(frozen=True)
class Senders:
    by_country: Mapping[str, Sender]
    destinations: tuple[str, ...]

    def for_number(self, number: str) -> Sender:
        """Raises PermanentFailure where no text may go there, or nobody may send it."""
        if not _NUMBER.fullmatch(number):
            raise PermanentFailure("This is no telephone number in international form")
        if not number.startswith(self.destinations):
            raise PermanentFailure(f"{number[:4]}… is not among the destinations allowed (ENTENTE_SMS_DESTINATIONS)")
        country = next((COUNTRY_OF[p] for p in sorted(COUNTRY_OF, key=len, reverse=True) if number.startswith(p)), "")
        sender = self.by_country.get(country) or self.by_country.get("")
        if not sender:
            raise PermanentFailure(f"No sender is set for {country or number[:4]} (ENTENTE_SMS_SENDER_{country})")
        return sender


def senders_from(given: Given, *, pool: bool = False) -> Senders:
    """`pool`: the provider chooses among senders of its own where none is named. Raises WrongSetting."""
    named = {country: given.text(f"ENTENTE_SMS_SENDER_{country}") for country in ("FR", "ES")}
    for country, name in named.items():
        if name:
            _check(given, country, name)
    by_country = {country: Sender(name) for country, name in named.items() if name}
    if pool:
        by_country.setdefault("", Sender(""))
    if not by_country:
        raise WrongSetting(
            "No sender of texts is set: ENTENTE_SMS_SENDER_FR, ENTENTE_SMS_SENDER_ES or a provider's pool."
        )
    if any(sender.one_way for sender in by_country.values()):
        _check_link(given)
    return Senders(by_country, given.words("ENTENTE_SMS_DESTINATIONS", DESTINATIONS))


def _check(given: Given, country: str, name: str) -> None:
    setting = f"ENTENTE_SMS_SENDER_{country}"
    mobile, why = _MOBILE[country]
    if mobile.match(name.replace(" ", "")):
        raise WrongSetting(f"{setting}: {why}.")
    if _NUMBER.fullmatch(name) or _SHORT[country].fullmatch(name):
        return
    if not _ALIAS.fullmatch(name):
        raise WrongSetting(f"{setting}: an alias has 3 to 11 letters, figures or spaces, one letter at least.")
    if country == "ES":
        given.needed(
            "ENTENTE_SMS_ALIAS_REGISTER_REF_ES", "an alias must stand in the CNMC's register (Orden TDF/149/2025)"
        )


def _check_link(given: Given) -> None:
    link = given.needed("ENTENTE_SMS_OPT_OUT_LINK", "nobody can answer STOP to an alias, so the text carries a link")
    if not link.startswith("https://"):
        raise WrongSetting("ENTENTE_SMS_OPT_OUT_LINK: only an https address of your own domain.")
