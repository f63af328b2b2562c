"""Where slips leave doubt, a message is read in several ways, each by how likely it is."""

import sys
from pathlib import Path

import pytest

_BOT = Path(__file__).resolve().parents[2] / "bot"
if str(_BOT) not in sys.path:
    sys.path.insert(0, str(_BOT))

from listening.mending import mend, ways_to_mend  # noqa: E402
from listening.readings import read, ways_to_read  # noqa: E402

_DOUBTFUL = [("fr", "je ne peyeré pa"), ("es", "kiero pgar maana la fctra d la lz")]


@pytest.mark.parametrize(("language", "text"), _DOUBTFUL)
def test_doubtful_words_are_read_in_several_ways(language: str, text: str) -> None:
    ways = ways_to_mend(text, language)
    assert 1 < len(ways) <= 4
    assert len({way.text for way in ways}) == len(ways)
    assert sum(way.share for way in ways) == pytest.approx(1.0)
    assert [way.share for way in ways] == sorted((way.share for way in ways), reverse=True)


@pytest.mark.parametrize(("language", "text"), _DOUBTFUL)
def test_the_likeliest_way_is_the_one_that_is_shown(language: str, text: str) -> None:
    assert ways_to_mend(text, language)[0].text == mend(text, language)
    assert ways_to_read(text, language)[0].full == read(text, language).full


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "je paie le 5"), ("es", "pago el viernes"), ("ca", "jo no puc pagra"), ("fr", ""), ("es", "150")],
)
def test_what_leaves_no_doubt_is_read_in_one_way(language: str, text: str) -> None:
    [way] = ways_to_mend(text, language)
    assert way.share == 1.0 and not way.changed


@pytest.mark.parametrize(
    ("language", "typed", "meant"), [("es", "hla", "hola"), ("fr", "je ne peyeré pa", "je ne payer pas")]
)
def test_what_ends_a_message_is_weighed_too(language: str, typed: str, meant: str) -> None:
    assert mend(typed, language) == meant
