"""The contract of the ledger API, as a creditor's system relies on it."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.ledger.conftest import Ledger

RESOURCES = [
    "creditors",
    "debtors",
    "debts",
    "payments",
    "plans",
    "promises",
    "disputes",
    "holds",
    "handovers",
    "conversations",
    "opt-outs",
    "data-requests",
    "complaints",
    "imports",
    "documents",
    "creditor-notices",
]


def payment_of(debt: dict[str, Any], **changes: Any) -> dict[str, Any]:
    body = {
        "debt_id": debt["id"],
        "amount_cents": 5000,
        "currency": "EUR",
        "paid_on": "2026-11-01",
        "method": "transfer",
        "external_ref": uuid.uuid4().hex,
    }
    return {**body, **changes}


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_resource_lists_and_knows_what_is_unknown(ledger: Ledger, resource: str) -> None:
    listed = ledger.get(f"/{resource}")
    assert listed.status_code == 200
    assert listed.json() == {"items": [], "next_cursor": None}
    missing = ledger.get(f"/{resource}/{uuid.uuid4()}")
    assert missing.status_code == 404
    assert missing.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic x"}])
def test_no_token_no_answer(client: TestClient, headers: dict[str, str]) -> None:
    for answer in (
        client.get("/api/v1/debts", headers=headers),
        client.post("/api/v1/debtors", json={}, headers={**headers, "Idempotency-Key": "k"}),
    ):
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_french_consumer_owes_the_principal_alone(ledger: Ledger) -> None:
    debt = ledger.debt()
    shown = ledger.get(f"/debts/{debt['id']}").json()
    assert shown["balance"] == {
        "principal_cents": 24730,
        "interest_cents": 0,
        "indemnity_cents": 0,
        "paid_cents": 0,
        "due_cents": 24730,
        "currency": "EUR",
        "as_of": "2026-11-22",
    }
    assert shown["holds"] == []
    assert shown["plan"] is None
    assert shown["claimable_until"] == "2028-09-20"


def test_a_payment_is_recorded_once(ledger: Ledger) -> None:
    debt, key = ledger.debt(), uuid.uuid4().hex
    body = payment_of(debt)
    first, again = ledger.post("/payments", body, key), ledger.post("/payments", body, key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = ledger.post("/payments", {**body, "amount_cents": 6000}, key)
    assert other.status_code == 409
    assert other.headers["content-type"] == "application/problem+json"
    assert ledger.get(f"/debts/{debt['id']}").json()["balance"]["due_cents"] == 19730
    assert [entry["kind"] for entry in ledger.get(f"/debts/{debt['id']}/entries").json()["items"]] == [
        "principal",
        "payment",
    ]


def test_the_same_key_at_the_same_moment_is_one_payment(ledger: Ledger) -> None:
    debt, key = ledger.debt(), uuid.uuid4().hex
    body = payment_of(debt)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ledger.post("/payments", body, key), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_two_payments_at_once_never_overpay(ledger: Ledger) -> None:
    debt = ledger.debt()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ledger.post("/payments", payment_of(debt, amount_cents=10_000)), range(8)))
    assert sorted(answer.status_code for answer in answers) == [201, 201] + [409] * 6
    assert ledger.get(f"/debts/{debt['id']}").json()["balance"]["due_cents"] == 4730


@pytest.mark.parametrize(
    "bad",
    [
        {"amount_cents": -1},
        {"amount_cents": 0},
        {"amount_cents": 12.5},
        {"amount_cents": 12.0},
        {"amount_cents": "12"},
        {"amount_cents": True},
        {"amount_cents": 10**15},
        {"currency": "USD"},
        {"currency": "eur"},
        {"paid_on": "31/12/2026"},
        {"paid_on": "2026-12-31"},
        {"paid_on": 20261101},
        {"paid_on": "2026-02-30"},
        {"paid_on": "2020-01-01"},
        {"method": ""},
        {"external_ref": "a\x00b"},
        {"debt_id": "x"},
        {"surprise": 1},
    ],
)
def test_bad_values_are_refused_with_a_reason(ledger: Ledger, bad: dict[str, Any]) -> None:
    answer = ledger.post("/payments", payment_of(ledger.debt(), **bad))
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_post_needs_its_key(client: TestClient, ledger: Ledger) -> None:
    answer = client.post("/api/v1/payments", json={}, headers={"Authorization": "Bearer a-service-token"})
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.text


def test_what_the_state_forbids_is_409(ledger: Ledger) -> None:
    debt = ledger.debt()
    assert ledger.post("/payments", payment_of(debt, amount_cents=24731)).status_code == 409
    assert ledger.post("/payments", payment_of(debt, amount_cents=24730)).status_code == 201
    assert ledger.post("/payments", payment_of(debt, amount_cents=1)).status_code == 409
    assert ledger.get(f"/debts/{debt['id']}").json()["state"] == "settled"


def test_a_reversed_payment_is_owed_again(ledger: Ledger) -> None:
    debt = ledger.debt()
    payment = ledger.post("/payments", payment_of(debt)).json()
    reversed_ = ledger.post(f"/payments/{payment['id']}/reverse", {"because": "insufficient funds"})
    assert reversed_.status_code == 201
    assert reversed_.json()["state"] == "reversed"
    assert ledger.get(f"/debts/{debt['id']}").json()["balance"]["due_cents"] == 24730


def test_known_already_is_409(ledger: Ledger) -> None:
    creditor, debtor = ledger.creditor(), ledger.debtor()
    debt = ledger.debt_body(creditor, debtor)
    assert ledger.post("/debts", debt).status_code == 201
    assert ledger.post("/debts", {**debt, "reference": debt["reference"].lower()}).status_code == 409
    assert (
        ledger.post(
            "/debtors", {"external_id": debtor["external_id"], "kind": "consumer", "name": "A", "country": "FR"}
        ).status_code
        == 409
    )


def test_addresses_are_normalised(ledger: Ledger) -> None:
    debtor = ledger.debtor(
        contact_points=[
            {"channel": "sms", "address": "06 39 98 12 01"},
            {"channel": "email", "address": "Camille@Exemple.FR"},
        ]
    )
    assert {point["address"] for point in debtor["contact_points"]} == {"+33639981201", "camille@exemple.fr"}


@pytest.mark.parametrize(
    "bad",
    [
        {"iban": "FR7630006000011234567890188"},
        {"country": "DE"},
        {"role": "friend"},
        {"payment_methods": []},
        {"iban": None},
    ],
)
def test_a_bad_creditor_is_refused(ledger: Ledger, bad: dict[str, Any]) -> None:
    body = {
        "key": "k1",
        "name": "N",
        "legal_name": "N",
        "address": "A",
        "country": "FR",
        "role": "own_creditor",
        "terms": {},
        "payment_methods": ["transfer"],
        "iban": "FR7630006000011234567890189",
    }
    assert ledger.post("/creditors", {**body, **bad}).status_code == 422


def test_lists_are_paged_newest_first(ledger: Ledger) -> None:
    creditor, debtor = ledger.creditor(), ledger.debtor()
    made = [ledger.debt(creditor, debtor)["id"] for _ in range(5)]
    ledger.debt(creditor)
    seen, path = [], f"/debts?debtor_id={debtor['id']}&limit=2"
    page = ledger.get(path).json()
    while True:
        seen += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        page = ledger.get(f"{path}&cursor={page['next_cursor']}").json()
    assert seen == made[::-1]
    assert ledger.get("/debts?state=settled").json()["items"] == []
    assert ledger.get("/debts?limit=0").status_code == 422


def test_holds_are_placed_once_and_lifted(ledger: Ledger) -> None:
    debt = ledger.debt()
    body = {"debtor_id": debt["debtor_id"], "debt_id": debt["id"], "kind": "dispute", "reason": "letter of 2 November"}
    hold = ledger.post("/holds", body).json()
    assert ledger.post("/holds", body).json()["id"] == hold["id"]
    assert hold["state"] == "active"
    assert [h["id"] for h in ledger.get(f"/debts/{debt['id']}").json()["holds"]] == [hold["id"]]
    assert ledger.post(f"/holds/{hold['id']}/lift", {"because": "answered"}).json()["state"] == "ended"
    assert ledger.get(f"/holds?debt_id={debt['id']}&state=active").json()["items"] == []


def test_an_opt_out_names_somebody(ledger: Ledger) -> None:
    assert ledger.post("/opt-outs", {"channel": "sms"}).status_code == 422
    made = ledger.post("/opt-outs", {"channel": "sms", "address": "+33 6 39 98 12 01"})
    assert made.status_code == 201
    assert made.json()["address"] == "+33639981201"


def test_a_debt_too_old_comes_in_time_barred(ledger: Ledger) -> None:
    debt = ledger.debt(issued_on="2023-01-01", due_on="2023-02-01")
    assert debt["state"] == "time_barred"
    assert [hold["kind"] for hold in debt["holds"]] == ["time_barred"]


def test_the_description_is_tidy(client: TestClient) -> None:
    spec = client.get("/openapi.json").json()
    ours = {path: calls for path, calls in spec["paths"].items() if path.startswith("/api/v1")}
    # Measures are entered, and read as a plan or as a debt that is settled.
    assert {path.split("/")[3] for path in ours} == {*RESOURCES, "measures"}
    for path, calls in ours.items():
        for verb, call in calls.items():
            assert call.get("summary"), (verb, path)
            assert call.get("tags"), (verb, path)
            assert "401" in call["responses"]
            assert "422" in call["responses"]
            if verb == "post":
                assert any(p["name"] == "Idempotency-Key" for p in call["parameters"])
    assert "PaymentIn" in spec["components"]["schemas"]


def test_every_list_is_narrowed_by_debtor_and_debt(ledger: Ledger) -> None:
    mine, other = ledger.debt(), ledger.debt()
    for by in (f"debtor_id={mine['debtor_id']}", f"debt_id={mine['id']}"):
        assert [debt["id"] for debt in ledger.get(f"/debts?{by}").json()["items"]] == [mine["id"]]
        assert [debtor["id"] for debtor in ledger.get(f"/debtors?{by}").json()["items"]] == [mine["debtor_id"]]
        assert [creditor["key"] for creditor in ledger.get(f"/creditors?{by}").json()["items"]] == [mine["creditor"]]
    for owing in (mine, other):
        ledger.post("/opt-outs", {"debtor_id": owing["debtor_id"], "words": "STOP"})
    told = ledger.get(f"/opt-outs?debt_id={mine['id']}").json()["items"]
    assert told and {opt_out["debtor_id"] for opt_out in told} == {mine["debtor_id"]}
    for name in ("conversations", "handovers"):
        assert ledger.get(f"/{name}?debt_id={mine['id']}").json()["items"] == []


def test_nothing_is_asked_of_a_minor(ledger: Ledger) -> None:
    minor = ledger.debtor(birth_date="2010-05-01")
    assert [hold["kind"] for hold in ledger.get(f"/holds?debtor_id={minor['id']}").json()["items"]] == ["minor"]
    assert ledger.get(f"/holds?debtor_id={ledger.debtor()['id']}").json()["items"] == []


def test_interest_stops_on_the_day_of_admissibility(ledger: Ledger) -> None:
    debt = ledger.debt()
    body = {"debtor_id": debt["debtor_id"], "kind": "overindebtedness", "interest_stops_on": "2026-11-02"}
    assert ledger.post("/holds", body).status_code == 201
    assert ledger.get(f"/debts/{debt['id']}").json()["interest_stops_on"] == "2026-11-02"


@pytest.mark.parametrize("phone", ["0899 70 12 34", "not a number"])
def test_a_number_at_extra_cost_is_refused(ledger: Ledger, phone: str) -> None:
    body = {"key": "dear", "name": "D", "legal_name": "D", "address": "D", "country": "FR", "role": "own_creditor"}
    terms = {"min_instalment_cents": 1000, "max_months": 12, "max_first_payment_days": 30, "max_promise_days": 30}
    asked = {**body, "terms": terms, "payment_methods": ["card"], "attestations": {"phone": phone}}
    assert ledger.post("/creditors", asked).status_code == 422
    asked["attestations"] = {"phone": "+33 4 65 71 00 10"}
    assert ledger.post("/creditors", asked).status_code == 201


@pytest.mark.parametrize(
    ("stage", "stops_on"), [("filed", None), ("admissible", "2026-11-22"), ("wiped_out", "2026-11-22")]
)
def test_a_stage_ends_interest_where_the_law_says_so(ledger: Ledger, stage: str, stops_on: str | None) -> None:
    debt = ledger.debt()
    asked = {"debtor_id": debt["debtor_id"], "kind": "overindebtedness", "stage": stage}
    assert ledger.post("/holds", asked).status_code == 201
    assert ledger.get(f"/debts/{debt['id']}").json()["interest_stops_on"] == stops_on


def test_measures_are_entered_with_their_sums(ledger: Ledger) -> None:
    debt = ledger.debt()
    body = {
        "debt_id": debt["id"],
        "kind": "plan",
        "decided_on": "2026-10-01",
        "reference": "000123",
        "instalments": [{"due_on": "2026-12-05", "amount_cents": 5000}],
    }
    key = uuid.uuid4().hex
    first, again = ledger.post("/measures", body, key), ledger.post("/measures", body, key)
    assert (first.status_code, first.json()) == (201, again.json())
    plan = ledger.get(f"/plans/{first.json()['plan_id']}").json()
    assert plan["imposed"] == {"decided_on": "2026-10-01", "reference": "000123", "remitted_cents": 19730}
    assert [hold["kind"] for hold in ledger.get(f"/debts/{debt['id']}").json()["holds"]] == ["measures"]
    assert ledger.post("/measures", {**body, "instalments": []}).status_code == 422
    assert ledger.post("/holds", {"debtor_id": debt["debtor_id"], "kind": "measures"}).status_code == 422


def test_a_debt_that_was_wiped_out_is_owed_no_more(ledger: Ledger) -> None:
    debt = ledger.debt()
    body = {"debt_id": debt["id"], "kind": "wiped_out", "decided_on": "2026-10-01", "reference": "000123"}
    assert ledger.post("/measures", body).json()["debt_state"] == "settled"
    assert ledger.get(f"/debts/{debt['id']}").json()["balance"]["due_cents"] == 0
    assert ledger.post("/measures", body).status_code == 422
    assert ledger.post("/measures", {**body, "debt_id": str(uuid.uuid4())}).status_code == 404
