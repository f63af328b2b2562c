"""The figures the product is judged on, each a share between 0 and 1; nan where the set has no such message."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from components.kinds_of_wish import NEVER_MISSED
from listening.language import tells_language
from report.answers import Answer
from report.values import ENTITIES, Score, by_entity, compare, wanted_of

OUT = "out_of_scope"


def first_right(answers: list[Answer]) -> float:
    """The first guess is the author's intent."""
    return _share(answer.right for answer in answers)


def first_accepted(answers: list[Answer]) -> float:
    """The first guess is the author's intent or one the author also accepts."""
    return _share(answer.right or answer.ranking[0] in answer.row.also for answer in answers)


def within_three(answers: list[Answer]) -> float:
    """The author's intent, or one of the two, is among the first three."""
    return _share(bool(set(answer.row.wishes) & set(answer.ranking[:3])) for answer in answers)


def macro_f1(answers: list[Answer]) -> float:
    """The mean over the intents of the set, rare or common alike."""
    scores = [f1 for _, _, f1, _ in by_intent(answers).values()]
    return sum(scores) / len(scores)


def by_intent(answers: list[Answer]) -> dict[str, tuple[float, float, float, int]]:
    """Precision, recall, F1 and number of messages of each intent of the set."""
    meant, guessed = Counter(a.meant for a in answers), Counter(a.ranking[0] for a in answers)
    right = Counter(a.meant for a in answers if a.right)
    return {
        name: (
            right[name] / max(1, guessed[name]),
            right[name] / meant[name],
            2 * right[name] / (guessed[name] + meant[name]),
            meant[name],
        )
        for name in sorted(meant)
    }


def never_missed(answers: list[Answer]) -> tuple[float, float]:
    """Recall and precision over the never-missed intents, model and nets together."""
    wanted = [(a, name) for a in answers for name in set(a.row.wishes) & NEVER_MISSED]
    raised = [(a, name) for a in answers for name in a.found & NEVER_MISSED]
    return (
        _share(name in a.found for a, name in wanted),
        _share(name in a.row.wishes or name in a.row.also for a, name in raised),
    )


def both_found(answers: list[Answer]) -> float:
    """Of the messages with two wishes, those where both were found."""
    doubles = [a for a in answers if len(a.row.wishes) > 1]
    return _share(set(a.row.wishes) <= a.found for a in doubles)


def second_invented(answers: list[Answer]) -> float:
    """Of the messages with one wish, those where the model reads another that their author does not accept."""
    singles = [a for a in answers if len(a.row.wishes) == 1]
    return _share(not set(a.read[1:]) <= {*a.row.wishes, *a.row.also} for a in singles)


def out_of_scope(answers: list[Answer]) -> tuple[float, float]:
    """Of what is out of scope, the share refused; and of the rest, the share wrongly refused."""
    out = [a for a in answers if a.meant == OUT]
    inside = [a for a in answers if a.meant != OUT and OUT not in a.row.also]
    return _share(a.ranking[0] == OUT for a in out), _share(a.ranking[0] == OUT for a in inside)


def calibration_error(answers: list[Answer]) -> float:
    """How far, on average over ten bands of confidence, the confidence is from the share of right answers."""
    bands: dict[int, list[Answer]] = {}
    for answer in answers:
        bands.setdefault(min(9, int(answer.confidence * 10)), []).append(answer)
    gaps = [abs(sum(a.confidence for a in band) / len(band) - first_right(band)) * len(band) for band in bands.values()]
    return sum(gaps) / len(answers)


def values_exact(answers: list[Answer]) -> Score:
    """The values of the messages whose author listed them."""
    score = Score()
    for answer in answers:
        if answer.row.entities is None:
            continue
        found = by_entity((value["entity"], value["value"]) for value in answer.values)
        for entity in ENTITIES:
            wanted = wanted_of(entity, answer.row.entities, answer.row.accept)
            compare(score, answer.row.text, entity, wanted, found.get(entity, []))
    return score


def values_by_kind(score: Score) -> dict[str, tuple[float, int, int, int]]:
    """Amounts, dates and the rest: share exact, messages exact, messages counted, messages where one was made up."""
    kinds = {"amounts": ["amount"], "dates": ["date"], "the rest": [e for e in ENTITIES if e not in ("amount", "date")]}
    return {kind: _together(score, entities) for kind, entities in kinds.items()}


def _together(score: Score, entities: list[str]) -> tuple[float, int, int, int]:
    exact, counted, invented = (
        sum(count[entity] for entity in entities) for count in (score.exact, score.counted, score.invented)
    )
    return exact / counted if counted else math.nan, exact, counted, invented


def language_right(answers: list[Answer]) -> float:
    """The language of the messages of one to six words, where a word of them tells one ("ok" and "150" do not)."""
    return _share(a.language_right for a in answers if len(a.row.text.split()) <= 6 and tells_language(a.row.text))


def languages_right(answers: list[Answer]) -> dict[str, tuple[float, int]]:
    """Of the messages asked for their language alone: the share right and how many, by language."""
    alone = [a for a in answers if not a.row.wishes and a.row.entities is None]
    named = {
        language: [a for a in alone if a.row.language == language]
        for language in sorted({a.row.language for a in alone})
    }
    return {language: (_share(a.language_right for a in those), len(those)) for language, those in named.items()}


def _share(truths: Iterable[bool]) -> float:
    listed = list(truths)
    return sum(listed) / len(listed) if listed else math.nan
