"""Imagined messages of many people, and the shared sample where it is present: how many values are read exactly."""

import pytest
from score import CASES, ENTITIES, SHARED, Score, score

FLOORS = {"amount": 0.97, "date": 0.95}
_OTHERS = 0.97


def _by_language(language: str) -> Score:
    total = Score()
    for path in sorted(CASES.glob(f"{language}_*.jsonl")):
        one = score(path)
        total.exact.update(one.exact)
        total.counted.update(one.counted)
        total.misses += one.misses
    return total


@pytest.mark.parametrize("language", ["fr", "es"])
def test_values_are_read_exactly(language: str) -> None:
    total = _by_language(language)
    short = {entity: total.rate(entity) for entity in ENTITIES if total.rate(entity) < FLOORS.get(entity, _OTHERS)}
    assert not short, "\n".join([str(short), *total.misses])


@pytest.mark.parametrize("language", ["fr", "es"])
def test_no_amount_is_invented(language: str) -> None:
    for path in sorted(CASES.glob(f"{language}_not_money*.jsonl")):
        assert score(path).misses == []


@pytest.mark.skipif(not SHARED.exists(), reason="the shared sample is not part of the repository")
@pytest.mark.parametrize("name", ["fr_values", "es_values"])
def test_the_shared_sample_of_values(name: str) -> None:
    assert score(SHARED / f"{name}.jsonl").misses == []


@pytest.mark.skipif(not SHARED.exists(), reason="the shared sample is not part of the repository")
@pytest.mark.parametrize("name", ["fr", "es"])
def test_amounts_of_the_shared_sample_of_intents(name: str) -> None:
    assert score(SHARED / f"{name}.jsonl").rate("amount") == 1.0
