"""Administration from a terminal: every command explains itself, and works on the database of DATABASE_URL."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from api.cli import app
from recovery.retention.records import SealedCase
from recovery.settings import settings
from recovery.store import transaction
from tests import cast
from tests.channels.sms.case import twilio_settings

RUN = CliRunner()


@pytest.fixture(autouse=True)
def environment(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("ENTENTE_SECRET_KEY", "a-secret-key-for-the-tests-alone-0123456789")
    monkeypatch.setenv("ENTENTE_API_TOKEN", "a-service-token")
    settings.cache_clear()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["users"],
        ["creditors"],
        ["imports"],
        ["audit"],
        ["sealed"],
        ["chat"],
        ["migrate"],
        ["timetable"],
        ["users", "add"],
        ["texts", "estimate"],
    ],
)
def test_help_explains(words: list[str]) -> None:
    assert RUN.invoke(app, [*words, "--help"]).exit_code == 0


def test_a_person_of_the_desk_is_added() -> None:
    added = RUN.invoke(
        app, ["users", "add", "ana@example.com", "--name", "Ana", "--password", "a-long-password-1", "--language", "es"]
    )
    assert added.exit_code == 0, added.output
    assert "ana@example.com" in RUN.invoke(app, ["users", "list"]).output


def test_a_creditor_is_told_at_its_address(database: str) -> None:
    with transaction(database) as session:
        key = cast.cabinet_berthier(session).key
    told = RUN.invoke(app, ["creditors", "told-at", key, "https://erp.example/entente"])
    assert told.exit_code == 0 and "signed with" in told.output
    assert RUN.invoke(app, ["creditors", "told-at", key, "http://erp.example/entente"]).exit_code == 1
    with transaction(database) as session:
        assert session.scalar(text("select notify_url from creditor")) == "https://erp.example/entente"
    assert RUN.invoke(app, ["creditors", "told-at", key]).exit_code == 0
    with transaction(database) as session:
        assert session.scalar(text("select notify_url from creditor")) is None
    assert RUN.invoke(app, ["creditors", "told-at", "nobody"]).exit_code == 1
    assert "0 notices" in RUN.invoke(app, ["creditors", "tell-again"]).output


def test_what_was_put_away_is_shown_to_an_authority_alone(database: str) -> None:
    with transaction(database) as session:
        debtor = cast.camille(session)
        case = SealedCase(
            debtor_id=debtor.id, closed_on=date(2026, 1, 2), destroy_on=date(2031, 1, 2), stage="blocked",
            words=[{"table": "message", "id": "1", "column": "text", "value": "mots gardés"}], files=[], sealed_at=cast.THEN,
        )  # fmt: skip
        session.add(case)
        session.flush()
        key = str(case.id)
    listed = RUN.invoke(app, ["sealed", "list"])
    assert listed.exit_code == 0 and "mots" not in listed.output
    assert RUN.invoke(app, ["sealed", "show", key]).exit_code != 0
    assert RUN.invoke(app, ["sealed", "show", key, "--authority", " ", "--because", "x"]).exit_code == 1
    shown = RUN.invoke(app, ["sealed", "show", key, "--authority", "TJ Annecy", "--because", "ord. 26/01234"])
    assert shown.exit_code == 0 and "mots gardés" in shown.output
    assert RUN.invoke(app, ["sealed", "show", "x", "--authority", "a", "--because", "b"]).exit_code == 1
    with transaction(database) as session:
        facts = session.scalar(text("select facts from audit_line where act = 'case.shown'"))
    assert facts == {"sealed_case": key, "authority": "TJ Annecy", "because": "ord. 26/01234"}


def test_a_file_is_imported(tmp_path: Path, database: str) -> None:
    file = tmp_path / "debtors.csv"
    file.write_bytes("external_id;kind;name;country\nA1;consumer;Inès Roy;FR\n".encode("cp1252"))
    assert RUN.invoke(app, ["imports", "run", "debtors", str(file)]).exit_code == 0
    again = RUN.invoke(app, ["imports", "run", "debtors", str(file)])
    assert again.exit_code == 1
    assert "line 2" in again.output
    with transaction(database) as session:
        cast.energie_du_lac(session, key="energie")
    assert "energie" in RUN.invoke(app, ["creditors", "list"]).output


def test_an_altered_trail_is_seen(tmp_path: Path, database: str) -> None:
    file = tmp_path / "debtors.csv"
    file.write_text("external_id,kind,name,country\nA1,consumer,Ines Roy,FR\n")
    RUN.invoke(app, ["imports", "run", "debtors", str(file)])
    assert "the chain holds" in RUN.invoke(app, ["audit", "check"]).output
    with transaction(database) as session:
        session.execute(text("set local session_replication_role = replica"))
        session.execute(text("update audit_line set facts = '{}'"))
    assert RUN.invoke(app, ["audit", "check"]).exit_code == 1


def test_the_timetable_is_told() -> None:
    assert "forget_old_jobs" in RUN.invoke(app, ["timetable"]).output


def test_a_text_is_priced_before_it_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in twilio_settings("http://127.0.0.1:1").items():
        monkeypatch.setenv(name, value)
    told = RUN.invoke(app, ["texts", "estimate", "+33639981299", "Être prêt, c'est bien. " * 4])
    assert (told.exit_code, told.output.strip()) == (0, "1 × GSM-7: 0.075 €")
    refused = RUN.invoke(app, ["texts", "estimate", "+12025550123", "hello"])
    assert refused.exit_code == 1 and "ENTENTE_SMS_DESTINATIONS" in refused.output


def test_without_texts_there_is_no_price() -> None:
    assert RUN.invoke(app, ["texts", "estimate", "+33639981299", "x"]).exit_code == 1
