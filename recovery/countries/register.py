"""The register of rules, as a page: `python -m recovery.countries.register` writes docs/rules.md from docs/rules.yml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

DOCS = Path(__file__).parents[2] / "docs"
REGISTER, PAGE = DOCS / "rules.yml", DOCS / "rules.md"

STATUSES = ("enforced", "configuration", "not_applicable", "open")
GROUPS = {
    "ID": "Identity and privacy",
    "DI": "Disclosure",
    "CT": "When and how often",
    "OO": "Stopping",
    "CH": "Channels and senders",
    "CO": "What is said",
    "FE": "Costs and interest",
    "IN": "Plans",
    "DP": "Disputes",
    "VU": "Vulnerability and over-indebtedness",
    "PR": "Time bar",
    "RE": "Records",
    "HU": "People",
    "AI": "The AI Act",
    "RG": "Licences and courts",
}
LEAD = """# The rules, and what keeps each

Written from `docs/rules.yml` by `python -m recovery.countries.register`. `tests/countries/test_register.py` holds that no rule is
missing and that every file, name and test exists. Certainty: **P** read in a page, **K** known and to be checked, **D** a default of
design, *anchor* a stricter foreign standard. What is K or D waits for counsel, and is a setting or a table wherever it can be. This is
no legal advice.
"""


def rules() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(REGISTER.read_text(encoding="utf-8"))
    return found


def page(listed: Iterable[dict[str, Any]]) -> str:
    """The whole page, the same for the same register."""
    listed = list(listed)
    counted = Counter(rule["status"] for rule in listed)
    figures = ", ".join(f"{counted[status]} {status.replace('_', ' ')}" for status in STATUSES)
    lines = [LEAD, f"{len(listed)} rules: {figures}.", ""]
    for prefix, name in GROUPS.items():
        own = [rule for rule in listed if rule["id"].startswith(f"{prefix}-")]
        lines += [f"## {name}", "", *_table(own), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(listed: list[dict[str, Any]]) -> list[str]:
    heading = ["| rule | what | source | state | kept by | tested by |", "|---|---|---|---|---|---|"]
    return heading + [_row(rule) for rule in listed]


def _row(rule: dict[str, Any]) -> str:
    kept = [
        *(f"`{place}`" for place in rule.get("where", ())),
        *(f"set by `{name}`" for name in rule.get("setting", ())),
    ]
    what = f"**{rule['title']}**" + (f"<br>{rule['note']}" if "note" in rule else "")
    source = f"{rule['source']} · {rule['certainty']} · {rule['country']}, {rule['who']}"
    tested = [f"`{test}`" for test in rule.get("tested", ())]
    cells = [rule["id"], what, source, rule["status"].replace("_", " "), "<br>".join(kept), "<br>".join(tested)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(rules()), encoding="utf-8")
