"""`python -m report MODEL FOLDER TEST.jsonl...`: writes report.txt and one heat-map a test set into FOLDER.

What a line of a test set may be stands in report/rows.py.
"""

import sys
from pathlib import Path
from typing import Any

from parse import load_processor

from report.answers import ask_all, ask_misspelled
from report.machine import cost_of
from report.page import page
from report.picture import draw_confusions
from report.rows import BadRow, read_rows
from report.summary import Asked, summary


def main() -> None:
    """Ask the model every message of every test set; those with wishes a second time, with slips of the keyboard."""
    model, folder, tests = sys.argv[1], Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]]
    try:
        sets = [(test, read_rows(test)) for test in tests]
    except (BadRow, OSError) as wrong:
        sys.exit(str(wrong))
    folder.mkdir(parents=True, exist_ok=True)
    processor = load_processor(model)
    asked, pages = [], []
    for test, rows in sets:
        asked.append(_ask(processor, f"{test.stem} ({test.parent.name})", rows))
        pages.append(page(asked[-1].name, asked[-1].answers, asked[-1].misspelled, asked[-1].cost))
        print(pages[-1].split("\n\n")[0], flush=True)
    # Drawn at the end: what draws takes memory that answering does not.
    for one, (test, _) in zip(asked, sets, strict=True):
        if one.misspelled:
            draw_confusions(one.name, one.answers, folder / f"{test.parent.name}-{test.stem}.png")
    whole = summary(asked)
    (folder / "report.txt").write_text("\n\n".join([whole, *pages]) + "\n", encoding="utf-8")
    print(f"\n{whole}\nWritten to {folder}")


def _ask(processor: Any, name: str, rows: list) -> Asked:
    answers = ask_all(processor, rows)
    cost = cost_of(answers)
    wished = [row for row in rows if row.wishes]
    return Asked(name, answers, ask_misspelled(processor, wished), cost)


if __name__ == "__main__":
    main()
