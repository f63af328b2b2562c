"""`python -m report MODEL FOLDER TEST.jsonl...`: writes report.txt and one heat-map a test set into FOLDER.

What a line of a test set may be stands in report/rows.py.
"""

import sys
from pathlib import Path

from parse import load_processor

from report.answers import ask_all, ask_misspelled
from report.machine import cost_of
from report.measures import first_right
from report.page import page
from report.picture import draw_confusions
from report.rows import read_rows


def main() -> None:
    """Ask the model every message of every test set, twice: as it is, and with slips of the keyboard."""
    model, folder, tests = sys.argv[1], Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]]
    folder.mkdir(parents=True, exist_ok=True)
    processor = load_processor(model)
    written = []
    for test in tests:
        rows = read_rows(test)
        answers = ask_all(processor, rows)
        misspelled = ask_misspelled(processor, rows)
        name = f"{test.parent.name}-{test.stem}"
        draw_confusions(answers, folder / f"{name}.png")
        written.append(page(name, answers, first_right(misspelled), cost_of(answers)))
        print(written[-1].split("\n\n")[0], flush=True)
    (folder / "report.txt").write_text("\n\n".join(written), encoding="utf-8")
    print(f"Written to {folder}")


if __name__ == "__main__":
    main()
