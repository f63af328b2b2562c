"""The confusions of a test set as a heat-map: the intents that were mistaken or taken for another, and how often."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from report.answers import Answer


def draw_confusions(name: str, answers: list[Answer], file: Path) -> None:
    """Meant down the side, read along the top; on the diagonal what was understood, off it what was mistaken, in red."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names, counts = _counted(answers)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    right = np.eye(len(names), dtype=bool)
    side = 3 + 0.3 * max(len(names), 10)
    figure, axes = pyplot.subplots(figsize=(side + 1, side))
    axes.imshow(np.where(right, shares, np.nan), cmap="Blues", vmin=0, vmax=1.2)
    axes.imshow(np.where(right | (counts == 0), np.nan, shares), cmap="Reds", vmin=0, vmax=0.4)
    for row, column in np.argwhere(counts > 0):
        dark = shares[row, column] > (0.7 if row == column else 0.25)
        axes.text(
            column, row, int(counts[row, column]), ha="center", va="center", fontsize=8, color="w" if dark else "k"
        )
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=9)
    axes.set_yticks(range(len(names)), names, fontsize=9)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel("read as", fontsize=11)
    axes.set_ylabel("meant", fontsize=11)
    axes.set_xticks(np.arange(-0.5, len(names)), minor=True)
    axes.set_yticks(np.arange(-0.5, len(names)), minor=True)
    axes.grid(which="minor", color="0.9", linewidth=0.5)
    axes.tick_params(which="both", length=0)
    mistaken = sum(not answer.right for answer in answers)
    axes.set_title(
        f"{name}: {mistaken} of {len(answers)} messages mistaken (intents never mistaken are left out)", pad=12
    )
    figure.tight_layout()
    figure.savefig(file, dpi=80)
    pyplot.close(figure)


def _counted(answers: list[Answer]) -> tuple[list[str], np.ndarray]:
    pairs = [(answer.meant, answer.ranking[0]) for answer in answers]
    mistaken = {intent for meant, read in pairs if meant != read for intent in (meant, read)}
    names = sorted(mistaken)
    counts = np.zeros((len(names), len(names)), int)
    for meant, read in pairs:
        if meant in mistaken and read in mistaken:
            counts[names.index(meant), names.index(read)] += 1
    return names, counts
