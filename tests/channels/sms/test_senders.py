"""Who may send where, in France and Spain."""

from __future__ import annotations

import pytest

from channels.contract import PermanentFailure
from channels.settings import Given, WrongSetting
from channels.sms.cost import Prices
from channels.sms.senders import Senders, senders_from

LINK = {"ENTENTE_SMS_OPT_OUT_LINK": "https://entente.example/stop"}
REGISTERED = {"ENTENTE_SMS_ALIAS_REGISTER_REF_ES": "CNMC-2026-0001"}


def senders(pool: bool = False, **given: str) -> Senders:
    return senders_from(
        Given({f"ENTENTE_SMS_{name}": value for name, value in given.items()} | LINK | REGISTERED), pool=pool
    )


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("FR", "+33612345678"),
        ("FR", "+33712345678"),
        ("FR", "SENDERTOOLONG"),
        ("FR", "12"),
        ("FR", "Énergie"),
        ("ES", "+34612345678"),
        ("ES", "+34712345678"),
    ],
)
def test_senders_that_operators_refuse(country: str, name: str) -> None:
    with pytest.raises(WrongSetting):
        senders(**{f"SENDER_{country}": name})


@pytest.mark.parametrize(
    ("country", "name"),
    [("FR", "Berthier"), ("FR", "38123"), ("FR", "+33162000000"), ("ES", "GimNorte"), ("ES", "+34910000010")],
)
def test_senders_that_they_take(country: str, name: str) -> None:
    assert senders(**{f"SENDER_{country}": name}).by_country[country].name == name


def test_a_spanish_alias_needs_its_number_in_the_register() -> None:
    with pytest.raises(WrongSetting, match="ALIAS_REGISTER_REF_ES"):
        senders_from(Given({"ENTENTE_SMS_SENDER_ES": "GimNorte", **LINK}))


@pytest.mark.parametrize("link", ["", "http://entente.example/stop"])
def test_an_alias_needs_a_link_to_stop(link: str) -> None:
    with pytest.raises(WrongSetting, match="OPT_OUT_LINK"):
        senders_from(Given({"ENTENTE_SMS_SENDER_FR": "Berthier", "ENTENTE_SMS_OPT_OUT_LINK": link}))


def test_no_sender_no_channel() -> None:
    with pytest.raises(WrongSetting):
        senders()


@pytest.mark.parametrize("number", ["+15005550006", "+4915112345678", "0612345678", "+336", "36105", "", "+33 6 12"])
def test_nothing_leaves_for_elsewhere(number: str) -> None:
    with pytest.raises(PermanentFailure):
        senders(SENDER_FR="38123").for_number(number)


def test_each_country_has_its_sender() -> None:
    both = senders(SENDER_FR="38123", SENDER_ES="+34910000010")
    assert [both.for_number(n).name for n in ("+33639981299", "+262639981299", "+34639981299")] == [
        "38123",
        "38123",
        "+34910000010",
    ]
    with pytest.raises(PermanentFailure, match="SENDER_ES"):
        senders(SENDER_FR="38123").for_number("+34639981299")


def test_a_pool_chooses_where_none_is_named() -> None:
    pooled = senders(pool=True, SENDER_FR="38123")
    assert [pooled.for_number(n).name for n in ("+33639981299", "+34639981299")] == ["38123", ""]


def test_only_an_alias_is_one_way() -> None:
    both = senders(SENDER_FR="Berthier", SENDER_ES="+34910000010")
    assert [both.by_country[c].one_way for c in ("FR", "ES")] == [True, False]


def test_what_a_text_will_cost() -> None:
    prices = Prices(["+34=60"])
    assert prices.estimate("a" * 161, "+34639981299").thousandths == 120
    assert prices.estimate("a", "+33639981299").thousandths == 75
    with pytest.raises(WrongSetting):
        Prices(["34=60"])
