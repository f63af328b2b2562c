"""The confusions of a test set as a heat-map."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from report.answers import Answer


def draw_confusions(answers: list[Answer], file: Path) -> None:
    """Meant down the side, read along the top; the diagonal is what was understood."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = sorted({a.meant for a in answers} | {a.ranking[0] for a in answers})
    counts = np.zeros((len(names), len(names)))
    for answer in answers:
        counts[names.index(answer.meant), names.index(answer.ranking[0])] += 1
    figure, axes = pyplot.subplots(figsize=(18, 17))
    axes.imshow(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), cmap="Blues")
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_xlabel("read as")
    axes.set_ylabel("meant")
    figure.tight_layout()
    figure.savefig(file, dpi=80)
    pyplot.close(figure)
