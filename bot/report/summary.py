"""All test sets on one page, beside what is aimed at."""

from __future__ import annotations

import math
from dataclasses import dataclass

from report import measures
from report.answers import Answer
from report.machine import Cost


@dataclass
class Asked:
    """A test set and what the model answered: as it is, and with slips of the keyboard."""

    name: str
    answers: list[Answer]
    misspelled: list[Answer]
    cost: Cost


_HEAD = ("first", "three", "F1", "never missed", "both", "2nd inv.", "out: refused", "slips", "ECE", "lang.", "ms")
_AIM = ("87", "96", "0.85", "98/88", "80", "", "80/<3", "<3", "", "98", "15")
_WIDTHS = (6, 6, 6, 13, 6, 9, 13, 6, 6, 6, 6)


def summary(sets: list[Asked]) -> str:
    """Shares in per cent; slips in points lost; `aimed at` is for the project's own held-out messages."""
    wished = [asked for asked in sets if asked.answers[0].row.wishes]
    lines = [_line("set", _HEAD), *(_line(asked.name, _cells(asked)) for asked in wished), _line("aimed at", _AIM)]
    return "\n".join([*(lines if wished else []), "", *_languages(sets), *_values(sets)])


def _cells(asked: Asked) -> tuple[str, ...]:
    answers = asked.answers
    return (
        _cent(measures.first_right(answers)),
        _cent(measures.within_three(answers)),
        f"{measures.macro_f1(answers):.3f}",
        "/".join(map(_cent, measures.never_missed(answers))),
        _cent(measures.both_found(answers)),
        _cent(measures.second_invented(answers)),
        "/".join(map(_cent, measures.out_of_scope(answers))),
        f"{100 * (measures.first_right(answers) - measures.first_right(asked.misspelled)):.1f}",
        f"{measures.calibration_error(answers):.3f}",
        _cent(measures.language_right(answers)),
        f"{asked.cost.median:.1f}",
    )


def _languages(sets: list[Asked]) -> list[str]:
    """The sets whose messages are asked for their language alone."""
    told = ((asked.name, measures.languages_right(asked.answers)) for asked in sets)
    return [
        f"language, {name}: "
        + ", ".join(f"{language} {_cent(right)} % of {n}" for language, (right, n) in shares.items())
        for name, shares in told
        if shares
    ]


def _values(sets: list[Asked]) -> list[str]:
    """The sets whose messages are asked for their values alone, taken together, language by language."""
    lines = []
    for language in sorted({asked.name[:2] for asked in sets}):
        alone = [a for asked in sets if asked.name[:2] == language for a in asked.answers if not a.row.wishes]
        kinds = measures.values_by_kind(measures.values_exact(alone)).items()
        told = [f"{kind} {_cent(exact)} % of {n} ({made_up} invented)" for kind, (exact, _, n, made_up) in kinds if n]
        lines += [f"values exact, {language}: {', '.join(told)}"] if told else []
    return [*lines, "aimed at: amounts 97 %, dates 95 %, the rest 97 %, no amount invented"] if lines else []


def _cent(value: float) -> str:
    return "–" if math.isnan(value) else f"{100 * value:.1f}"


def _line(name: str, cells: tuple[str, ...]) -> str:
    return f"{name:18s}" + " ".join(f"{cell:>{width}s}" for cell, width in zip(cells, _WIDTHS, strict=True))
