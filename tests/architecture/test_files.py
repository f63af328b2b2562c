"""Files one can read: short, named for what they do, in rooms of the same names; and locks that say what, never from where."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tests.architecture.sources import OURS, ROOMS, ROOT, shown, tracked

LONGEST = 400
PINNED = re.compile(r"^[a-z0-9][\w.-]*==\S+", re.M)
CODE = {".py", ".js", ".css", ".html", ".sh"}
SAY_NOTHING = {"service", "services", "utils", "util", "helpers", "helper", "manager", "common", "misc"}
# Folders that hold one file or folder a room, and what else may stand there.
HOUSES = {
    "recovery": {"countries", "creditors", "documents", "retention", "texts"},
    "actions": {"words"},
    "bot/domain/responses": {"law"},
    "bot/rules": set(),
    "bot/questions": set(),
    "bot/domain": {"domain", "responses"},
}


def test_no_file_is_too_long() -> None:
    long = [
        f"{shown(f)}: {n}" for f in tracked() if f.suffix in CODE and (n := len(f.read_text().splitlines())) > LONGEST
    ]
    assert not long, "\n".join(long)


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert not [shown(file) for file in tracked() if file.suffix == ".py" and file.stem in SAY_NOTHING]


@pytest.mark.parametrize("house", HOUSES)
def test_rooms_carry_one_name_everywhere(house: str) -> None:
    inside = {file.relative_to(ROOT / house).parts[0] for file in tracked() if file.is_relative_to(ROOT / house)}
    folders_alone = house in {"recovery", "actions"}
    rooms = {name.removesuffix(".yml") for name in inside if not (folders_alone and "." in name)}
    assert not rooms - {*ROOMS, *HOUSES[house]}


def test_rooms_of_actions_shadow_no_folder_of_ours() -> None:
    inside = {
        file.relative_to(ROOT / "actions").parts[0] for file in tracked() if file.is_relative_to(ROOT / "actions")
    }
    assert not inside & set(OURS)


@pytest.mark.parametrize(
    "lock",
    [
        "requirements.lock",
        "requirements.service.lock",
        "bot/requirements.lock",
        "setup/uv.lock.txt",
        "setup/node.lock.txt",
    ],
)
def test_a_lock_names_packages_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pinned = re.findall(r"^[A-Za-z0-9][\w.\[\],-]*==", text, re.M)
    assert pinned
    assert "--hash=sha256:" in text
    assert not re.search(r"^(?!\s*#).*(://|--(extra-)?index-url|--find-links| @ )", text, re.M)


def test_the_browser_files_lock_names_no_address() -> None:
    lock = json.loads((ROOT / "setup/browser/package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages.values())


def test_nothing_fetched_is_in_the_repository() -> None:
    fetched = [shown(file) for file in tracked() if {"node_modules", "vendor", ".venv"} & set(file.parts)]
    assert not fetched


def test_images_hold_what_is_tested_and_all_that_is_needed() -> None:
    tested, shipped = (
        set(PINNED.findall((ROOT / lock).read_text())) for lock in ("requirements.lock", "requirements.service.lock")
    )
    assert shipped <= tested
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {re.match(r"[\w-]+", line)[0].lower() for line in wanted} <= {pin.partition("==")[0] for pin in shipped}
