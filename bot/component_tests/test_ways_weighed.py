"""A text that may be read in several ways has the mean of their rows, by the share of each."""

import numpy as np

from components.ngrams import Ngrams


def _readings(text: str) -> dict[str, str]:
    return {"spelled": text, "heard": text}


def test_the_row_is_the_mean_of_its_ways():
    ngrams = Ngrams()
    ngrams.learn([_readings(text) for text in ("hola que tal", "la que dice", "hola otra vez", "la otra")])
    hola, la = _readings("hola"), _readings("la")
    mixed = ngrams.weigh_ways([[(hola, 0.75), (la, 0.25)], [(la, 1.0)]]).toarray()
    alone = ngrams.weigh([hola, la]).toarray()
    assert np.allclose(mixed[0], 0.75 * alone[0] + 0.25 * alone[1])
    assert np.allclose(mixed[1], alone[1])
    assert alone[0].any() and not np.allclose(alone[0], alone[1])


def test_where_nothing_is_in_doubt_the_rows_are_as_they_are():
    ngrams = Ngrams()
    ngrams.learn([_readings(text) for text in ("hola que tal", "hola que dice")])
    said = [_readings("hola"), _readings("que tal")]
    assert (ngrams.weigh_ways([[(one, 1.0)] for one in said]) != ngrams.weigh(said)).nnz == 0
