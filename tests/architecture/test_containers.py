"""The containers, as far as they can be judged without an engine: secrets from outside, nothing inside reachable, nobody root."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from recovery.settings import Settings
from tests.architecture.sources import ROOT, tracked

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
EXAMPLE = (ROOT / ".env.example").read_text()
SECRETS = ("POSTGRES_PASSWORD", "ENTENTE_SECRET_KEY", "ENTENTE_API_TOKEN")
DOCKERFILES = ("Dockerfile", "bot/Dockerfile")


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_has_no_value_anywhere(secret: str) -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    assert f"${{{secret}:?" in compose, "compose must refuse to start without it"
    assert not re.search(rf"\$\{{{secret}:-", compose)
    assert re.search(rf"^{secret}=$", EXAMPLE, re.M)


@pytest.mark.parametrize("inside", ["postgres", "rasa", "actions"])
def test_what_is_inside_is_reached_from_nowhere(inside: str) -> None:
    assert "ports" not in SERVICES[inside]
    assert SERVICES[inside]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", ["postgres", "rasa", "actions", "api"])
def test_what_answers_is_asked_whether_it_does(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", DOCKERFILES)
def test_an_image_runs_as_nobody_of_importance(name: str) -> None:
    users = re.findall(r"^USER (\S+)$", (ROOT / name).read_text(), re.M)
    assert users
    assert users[-1] not in {"root", "0"}


@pytest.mark.parametrize("name", DOCKERFILES)
def test_an_image_copies_what_is_there_and_let_in(name: str) -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / name).read_text(), re.M)
    for source in (source for line in copied for source in line.split()):
        assert (ROOT / source).exists(), source
        assert any(source == known or source.startswith(f"{known}/") for known in let_in), f"{source} is kept out"


def test_every_setting_is_in_the_example_and_in_compose() -> None:
    for field in Settings.model_fields:
        name = "DATABASE_URL" if field == "database_url" else f"ENTENTE_{field.upper()}"
        assert re.search(rf"^{name}=", EXAMPLE, re.M), f"{name} is missing in .env.example"
        assert name in SERVICES["api"]["environment"], f"{name} is missing in docker-compose.yml"


def test_every_setting_that_code_names_is_in_the_example() -> None:
    no_settings = {
        "ENTENTE_TEST_DATABASE_URL",
        "ENTENTE_DATABASE_URL",
        "ENTENTE_NEW_PASSWORD",
    }  # tests; another name; one command
    code = [
        f
        for f in tracked()
        if f.suffix == ".py" and f.relative_to(ROOT).parts[0] in {"api", "bot", "recovery", "setup"}
        if "component_tests" not in f.parts
    ]
    named = {name for file in code for name in re.findall(r"[\"']((?:ENTENTE)_[A-Z_]+)[\"']", file.read_text())}
    listed = set(re.findall(r"^(\w+)=", EXAMPLE, re.M)) | no_settings
    assert sorted(name for name in named - listed if not name.endswith("_")) == []
