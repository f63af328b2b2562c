"""A file is taken whole, or refused whole with every bad line named."""

from __future__ import annotations

from tests.ledger.conftest import Ledger

DEBTORS = "external_id;kind;name;country;birth_date;sms\nA1;consumer;Inès Roy;FR;1990-05-01;0639981210\nA2;business;Talleres Sur SL;ES;;\n"


def test_a_good_file_is_loaded(ledger: Ledger) -> None:
    answer = ledger.post("/imports", {"kind": "debtors", "name": "d.csv", "csv": "\ufeff" + DEBTORS})
    assert answer.status_code == 201
    assert answer.json()["lines"] == 2
    assert {d["external_id"] for d in ledger.get("/debtors").json()["items"]} == {"A1", "A2"}
    creditor = ledger.creditor()
    debts = (
        "creditor,debtor_external_id,reference,product,description,currency,principal,issued_on,due_on\n"
        f'{creditor["key"]},A1,F-2026-1,energy,Facture,EUR,"247,30",2026-08-20,2026-09-20\n'
        f"{creditor['key']},A1,F-2026-2,energy,Facture,EUR,12.00,2022-01-01,2022-02-01\n"
    )
    assert ledger.post("/imports", {"kind": "debts", "csv": debts}).status_code == 201
    assert {(d["balance"]["due_cents"], d["state"]) for d in ledger.get("/debts").json()["items"]} == {
        (24730, "open"),
        (1200, "time_barred"),
    }


def test_one_bad_line_refuses_the_whole(ledger: Ledger) -> None:
    bad = DEBTORS + "A3;alien;X;FR;;\nA4;consumer;Y;FR;1/5/1990;\nA1;consumer;Twice;FR;;\nA5;consumer;Z;FR;;12\n"
    answer = ledger.post("/imports", {"kind": "debtors", "csv": bad}, key="k")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [problem["line"] for problem in answer.json()["problems"]] == [4, 5, 6, 7]
    assert ledger.get("/debtors").json()["items"] == []
    report = ledger.get(f"/imports/{answer.json()['import_id']}").json()
    assert report["state"] == "refused"
    assert len(report["problems"]) == 4
    assert ledger.post("/imports", {"kind": "debtors", "csv": bad}, key="k").json() == answer.json()


def test_a_file_that_is_not_one_is_refused(ledger: Ledger) -> None:
    for csv in (
        "nonsense",
        "external_id,kind\nA,consumer\n",
        "external_id,kind,name,country\n",
        "external_id,kind,name,country\nA,consumer,N,FR,extra\n",
    ):
        answer = ledger.post("/imports", {"kind": "debtors", "csv": csv})
        assert answer.status_code == 422, csv
    amounts = (
        "creditor,debtor_external_id,reference,product,description,currency,principal,issued_on,due_on\n"
        "nobody,A1,F-2026-1,e,d,EUR,12.5,2026-08-20,2026-09-20\n"
    )
    assert ledger.post("/imports", {"kind": "debts", "csv": amounts}).status_code == 422
