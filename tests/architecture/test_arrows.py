"""Who may import whom. The arrows point inward: HTTP knows the trade, the trade knows nothing of HTTP."""

from __future__ import annotations

import sys

import pytest

from tests.architecture.sources import OURS, imports_of, python_files, shown

# What each folder may import of ours, beside itself.
ARROWS = {
    "channels": (),
    "recovery": ("channels.contract", "channels.messages"),
    "actions": ("recovery",),
    "api": ("recovery", "channels"),
    "bot": (),
    "setup": (),
}
# And single files that may look a little further, each with its reason.
EXCEPTIONS = {
    ("recovery/session/listening.py", "bot.listening"),  # masking, language and safety nets are the bot's own ears
    ("api/run/demo.py", "setup.model"),  # which model set-up has trained
}
# Pure rules: the same answer from the same facts, with no database behind them.
PURE = ("recovery/money.py", "recovery/plans/terms.py", "recovery/countries/")
DATABASE = ("sqlalchemy", "psycopg", "recovery.store", "recovery.tables")


@pytest.mark.parametrize("folder", ARROWS)
def test_imports_follow_the_arrows(folder: str) -> None:
    strays = [
        f"{shown(file)} imports {module}"
        for file in python_files(folder)
        for module in imports_of(file)
        if module.partition(".")[0] in OURS and not _may(folder, shown(file), module)
    ]
    assert not strays, "\n".join(strays)


def test_the_pure_rules_know_no_database() -> None:
    strays = [
        f"{shown(file)} imports {module}"
        for file in python_files("recovery")
        if shown(file).startswith(PURE)
        for module in imports_of(file)
        if module.startswith(DATABASE) or ".records" in module
    ]
    assert not strays, "\n".join(strays)


def test_set_up_needs_the_standard_library_alone() -> None:
    known = {*sys.stdlib_module_names, "setup"}
    strays = [
        f"{shown(file)} imports {module}"
        for file in python_files("setup")
        for module in imports_of(file)
        if module.partition(".")[0] not in known
    ]
    assert not strays, "\n".join(strays)


def test_what_the_service_shares_with_the_bot_needs_nothing_of_rasa() -> None:
    """bot/listening is imported by the service, which has no Rasa."""
    strays = [
        f"{shown(file)} imports {module}"
        for file in python_files("bot/listening")
        for module in imports_of(file)
        if module.partition(".")[0] in {"rasa", "components", "tensorflow", "sklearn"}
    ]
    assert not strays, "\n".join(strays)


def _may(folder: str, file: str, module: str) -> bool:
    allowed = (folder, *ARROWS[folder], *(known for where, known in EXCEPTIONS if where == file))
    return any(module == known or module.startswith(f"{known}.") for known in allowed)
