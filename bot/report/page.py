"""One test set's page of the report, as text."""

from __future__ import annotations

import math
from collections import Counter

from report import measures
from report.answers import Answer
from report.machine import Cost
from report.values import Score

_WORST = 30
_COMMONEST = 40


def page(name: str, answers: list[Answer], misspelled: list[Answer], cost: Cost) -> str:
    """Figures first, then intents, confusions, and the messages misread with most confidence; values last."""
    wished = any(answer.row.wishes for answer in answers)
    score = measures.values_exact(answers)
    parts = ["\n".join([f"== {name}: {len(answers)} messages", *_figures(answers, misspelled, score, cost)])]
    if wished:
        parts += [_intents(answers), _confusions(answers), _worst(answers)]
    return "\n\n".join([*parts, *_values_misread(score)])


def _figures(answers: list[Answer], misspelled: list[Answer], score: Score, cost: Cost) -> list[str]:
    wished = _wishes(answers, misspelled) if any(answer.row.wishes for answer in answers) else []
    return [*wished, *_languages(answers), *_values(score), *_machine(cost)]


def _wishes(answers: list[Answer], misspelled: list[Answer]) -> list[str]:
    recall, precision = measures.never_missed(answers)
    refused, wrongly = measures.out_of_scope(answers)
    right, slipped = measures.first_right(answers), measures.first_right(misspelled)
    return [
        f"first guess           {share(right)}   accepted by the author {share(measures.first_accepted(answers))}",
        f"within three          {share(measures.within_three(answers))}",
        f"macro-F1              {measures.macro_f1(answers):6.3f}",
        f"never missed          recall {share(recall)}   precision {share(precision)}",
        f"both wishes found     {share(measures.both_found(answers))}",
        f"a second one invented {share(measures.second_invented(answers))}",
        f"out of scope          refused {share(refused)}   in scope but refused {share(wrongly)}",
        f"one slip in ten       {share(slipped)}   lost {100 * (right - slipped):.1f} points",
        f"doubtful              {sum(a.doubtful for a in answers) / len(answers):6.1%}",
        f"calibration error     {measures.calibration_error(answers):6.3f}",
        f"language, short ones  {share(measures.language_right(answers))}",
    ]


def _languages(answers: list[Answer]) -> list[str]:
    """The messages that were read in another language than their own follow."""
    told = [f"{name:21s} {share(right)}   of {n}" for name, (right, n) in measures.languages_right(answers).items()]
    wrong = [f"{a.row.language} -> {a.language}: {a.row.text}" for a in answers if told and not a.language_right]
    return [*told, *wrong]


def _values(score: Score) -> list[str]:
    lines = [
        f"{name:21s} {share(exact)}   {right} of {counted}   invented {made_up}"
        for name, (exact, right, counted, made_up) in measures.values_by_kind(score).items()
        if counted
    ]
    return [f"exact: {lines[0]}", *(f"       {line}" for line in lines[1:])] if lines else []


def _machine(cost: Cost) -> list[str]:
    return [
        f"processor             {cost.median:.1f} ms median, {cost.slow:.1f} ms at 95 %",
        f"memory                {cost.memory:.0f} MB, Rasa included",
    ]


def share(value: float) -> str:
    """A share as the report writes it."""
    return "    –" if math.isnan(value) else f"{value:6.1%}"


def _intents(answers: list[Answer]) -> str:
    rows = sorted(measures.by_intent(answers).items(), key=lambda row: row[1][2])
    lines = [f"{name:26s} {p:5.2f} {r:5.2f} {f1:5.2f} {n:4d}" for name, (p, r, f1, n) in rows]
    return "\n".join([f"{'intent':26s} prec. recall  F1    n", *lines])


def _confusions(answers: list[Answer]) -> str:
    pairs = Counter((a.meant, a.ranking[0]) for a in answers if not a.right)
    return "\n".join(
        ["Meant, read as", *(f"{n:4d}  {meant} -> {read}" for (meant, read), n in pairs.most_common(_COMMONEST))]
    )


def _worst(answers: list[Answer]) -> str:
    wrong = sorted((a for a in answers if not a.right), key=lambda a: -a.confidence)[:_WORST]
    lines = [f"{a.confidence:.2f}  {'+'.join(a.row.wishes)} -> {a.ranking[0]}: {a.row.text}" for a in wrong]
    return "\n".join(["Misread with most confidence", *lines])


def _values_misread(score: Score) -> list[str]:
    return ["\n".join(["Values misread", *score.misses])] if score.misses else []
