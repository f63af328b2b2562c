"""Figures and days as people write them."""

from datetime import date

import pytest

from actions.wording import kept_value, long_day, restored_value, schedule_lines, written
from recovery.money import Money


@pytest.mark.parametrize(
    ("cents", "language", "shown"),
    [(24730, "fr", "247,30 €"), (125050, "fr", "1 250,50 €"), (125050, "es", "1.250,50 €"), (5, "es", "0,05 €")],
)
def test_amounts(cents, language, shown):
    assert written(Money(cents), language) == shown


@pytest.mark.parametrize(
    ("day", "language", "shown"),
    [
        (date(2026, 12, 1), "fr", "1er d\u00e9cembre 2026"),
        (date(2026, 12, 21), "fr", "21 d\u00e9cembre 2026"),
        (date(2026, 12, 5), "es", "5 de diciembre de 2026"),
    ],
)
def test_days(day, language, shown):
    assert long_day(day, language) == shown


@pytest.mark.parametrize("value", [Money(5), date(2026, 1, 2), [(date(2026, 1, 2), Money(7))], "text", 3, None])
def test_what_a_question_shows_is_kept_as_json_and_comes_back(value):
    back = restored_value(kept_value(value))
    assert back == (list(map(list, value)) if isinstance(value, list) else value)


@pytest.mark.parametrize(
    ("language", "shown"), [("fr", "1. 5 décembre 2026 : 82,43 €"), ("es", "1. 5 de diciembre de 2026: 82,43 €")]
)
def test_a_schedule_is_punctuated_as_its_language_is(language, shown):
    assert schedule_lines([(date(2026, 12, 5), Money(8243))], language) == shown
