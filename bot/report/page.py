"""One test set's page of the report, as text."""

from __future__ import annotations

from collections import Counter

from report import measures
from report.answers import Answer
from report.machine import Cost

_WORST = 30


def page(name: str, answers: list[Answer], misspelled: float, cost: Cost) -> str:
    """Figures first, then intents, confusions, and the messages misread with most confidence."""
    return "\n\n".join(
        [_figures(name, answers, misspelled, cost), _intents(answers), _confusions(answers), _worst(answers)]
    )


def _figures(name: str, answers: list[Answer], misspelled: float, cost: Cost) -> str:
    recall, precision = measures.never_missed(answers)
    refused, wrongly = measures.out_of_scope(answers)
    right = measures.first_right(answers)
    lines = [
        f"== {name}: {len(answers)} messages",
        f"first guess           {right:6.1%}   accepted by the author {measures.first_accepted(answers):6.1%}",
        f"within three          {measures.within_three(answers):6.1%}",
        f"macro-F1              {measures.macro_f1(answers):6.3f}",
        f"never missed          recall {recall:6.1%}   precision {precision:6.1%}",
        f"both wishes found     {_share_or_none(measures.both_found(answers))}",
        f"a second one invented {_share_or_none(measures.second_invented(answers))}",
        f"out of scope          refused {refused:6.1%}   in scope but refused {wrongly:6.1%}",
        f"one slip in ten       {misspelled:6.1%}   lost {100 * (right - misspelled):.1f} points",
        f"doubtful              {sum(a.doubtful for a in answers) / len(answers):6.1%}",
        f"calibration error     {measures.calibration_error(answers):6.3f}",
        f"language, short ones  {measures.language_right(answers):6.1%}",
        f"processor             {cost.median:.1f} ms median, {cost.slow:.1f} ms at 95 %",
        f"memory                {cost.memory:.0f} MB, Rasa and TensorFlow included",
    ]
    return "\n".join(lines)


def _share_or_none(share: float | None) -> str:
    return "no such message" if share is None else f"{share:6.1%}"


def _intents(answers: list[Answer]) -> str:
    rows = sorted(measures.by_intent(answers).items(), key=lambda row: row[1][2])
    lines = [f"{name:26s} {p:5.2f} {r:5.2f} {f1:5.2f} {n:4d}" for name, (p, r, f1, n) in rows]
    return "\n".join([f"{'intent':26s} prec. recall  F1    n", *lines])


def _confusions(answers: list[Answer]) -> str:
    pairs = Counter((a.meant, a.ranking[0]) for a in answers if not a.right)
    return "\n".join(["Meant, read as", *(f"{n:4d}  {meant} -> {read}" for (meant, read), n in pairs.most_common(40))])


def _worst(answers: list[Answer]) -> str:
    wrong = sorted((a for a in answers if not a.right), key=lambda a: -a.confidence)[:_WORST]
    lines = [f"{a.confidence:.2f}  {a.meant} -> {a.ranking[0]}: {a.row.text}" for a in wrong]
    return "\n".join(["Misread with most confidence", *lines])
