"""What the wish read in a message tells of its figures and days, where its words leave them open."""

import datetime
import sys
from pathlib import Path

import pytest

_BOT = Path(__file__).resolve().parents[2] / "bot"
if str(_BOT) not in sys.path:
    sys.path.insert(0, str(_BOT))

from components.subjects import subject_of  # noqa: E402
from listening.values import read_values  # noqa: E402

TODAY = datetime.date(2026, 11, 22)


def _read(entity: str, text: str, language: str, *wishes: str) -> list[object]:
    found = read_values(text, language, TODAY, subject=subject_of(wishes))
    return [value.value for value in found if value.entity == entity]


def _euros(text: str, language: str, *wishes: str) -> list[float]:
    return [value["cents"] / 100 for value in _read("amount", text, language, *wishes)]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "language", "wish", "euros"),
    [
        ("c violent 130", "fr", "plan_too_high", [130]),
        ("le cours c'est 48 pas 62, relisez", "fr", "dispute_amount", [48, 62]),
        ("35 dans l'enveloppe, le reste bientôt", "fr", "pay_part", [35]),
        ("de dónde salen esos 84", "es", "ask_debt_details", [84]),
        ("buf, al ver 620 me senté", "es", "plan_too_high", [620]),
    ],
)
def test_a_figure_is_a_sum_where_the_wish_names_sums(text: str, language: str, wish: str, euros: list[float]) -> None:
    assert _euros(text, language, wish) == euros


@pytest.mark.parametrize(
    ("text", "language", "wish"),
    [
        ("une dette de 97 ça existe encore ?", "fr", "ask_prescription"),
        ("vous avez les baskets en 43", "fr", "out_of_scope"),
        ("joignable entre midi et 14", "fr", "contact_preference"),
        ("depuis 2019 je dis que c'est faux", "fr", "dispute_amount"),
        ("je le note pour le 18 plutôt", "fr", "promise_to_pay"),
    ],
)
def test_no_sum_is_made_of_other_figures(text: str, language: str, wish: str) -> None:
    assert _euros(text, language, wish) == []


@pytest.mark.parametrize(
    ("text", "language", "wish", "day"),
    [
        ("mercredi à la caisse, 40", "fr", "report_payment", "2026-11-18"),
        ("mercredi à la caisse, 40", "fr", "pay_part", "2026-11-25"),
        ("en cinco días, cariño", "es", "ask_payment_status", "2026-11-27"),
        ("mon virement du 12", "fr", "ask_payment_status", "2026-11-12"),
        ("décès survenu le 4 mai", "fr", "report_deceased", "2026-05-04"),
        ("el hize el vizum el juebes", "es", "report_payment", "2026-11-19"),
        ("ya lo tenía hecho, pagaré el resto el jueves", "es", "report_payment", "2026-11-26"),
    ],
)
def test_a_day_lies_behind_where_the_wish_tells_of_it(text: str, language: str, wish: str, day: str) -> None:
    assert _read("date", text, language, wish) == [day]


def test_of_two_wishes_one_tells_of_sums_and_both_of_the_past() -> None:
    assert subject_of(["greet", "pay_part"]).sums_from is not None
    assert not subject_of(["report_payment", "promise_to_pay"]).past
    assert not subject_of(["ask_prescription", "inform"]).no_sums
    assert subject_of([]) == subject_of(["inform"])


@pytest.mark.parametrize(
    ("text", "language", "wish", "days"),
    [
        ("joignez moi plutôt le samedi", "fr", "contact_preference", []),
        ("que le mardi pour les sms svp", "fr", "contact_preference", []),
        ("solo los jueves y por correo", "es", "contact_preference", []),
        ("los sábados me llaman y estoy trabajando", "es", "complain_contact", []),
        ("écrivez moi lundi plutôt", "fr", "contact_preference", ["2026-11-23"]),
        ("deje el mensaje para el lunes", "es", "contact_preference", ["2026-11-23"]),
        ("je paye le samedi", "fr", "promise_to_pay", ["2026-11-28"]),
    ],
)
def test_weekdays_are_habits_where_the_wish_tells_when_to_write(
    text: str, language: str, wish: str, days: list[str]
) -> None:
    assert _read("date", text, language, wish) == days


@pytest.mark.parametrize(
    ("entity", "text", "language", "wishes", "values"),
    [
        ("channel", "plutôt par mail", "fr", ("contact_preference",), ["email"]),
        ("channel", "quatre sms hier, c'est trop", "fr", ("complain_contact",), ["sms"]),
        ("channel", "mon téléphone a sonné, c'est quoi cette dette", "fr", ("ask_debt_details",), []),
        ("channel", "vi la carta ayer y no debo nada", "es", ("dispute_not_owed",), []),
        ("channel", "no debo nada y no llaméis al teléfono", "es", ("dispute_not_owed", "stop_contact"), ["phone"]),
        ("instalment_count", "no he pisado Teruel en dos años", "es", ("dispute_fraud",), []),
        ("instalment_count", "lo pago en dos años", "es", ("request_instalments",), [24]),
        ("hardship_kind", "mon mari est décédé le 8", "fr", ("report_deceased",), []),
        ("hardship_kind", "me he quedado en paro", "es", ("report_hardship",), ["job_loss"]),
        ("hardship_kind", "estuve ingresado y la factura está mal", "es", ("dispute_amount",), []),
        (
            "hardship_kind",
            "estoy ingresado, factura mal, más tiempo",
            "es",
            ("dispute_amount", "request_delay"),
            ["illness"],
        ),
    ],
)
def test_what_stands_beside_the_wish_is_no_value_of_it(
    entity: str, text: str, language: str, wishes: tuple[str, ...], values: list[str]
) -> None:
    assert _read(entity, text, language, *wishes) == values


def test_what_is_asked_for_is_read_whatever_the_wish_seems() -> None:
    subject = subject_of(["ask_balance"])
    found = read_values("por teléfono", "es", TODAY, expecting="channel", subject=subject)
    assert [value.value for value in found] == ["phone"]
