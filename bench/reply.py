"""From a debtor's message to the reply's arrival: the whole product beside stock Rasa alone.

Both answer the same conversations in one run, by turns, with the same model and the same action server. Stock Rasa is
asked directly, so it stores nothing, checks nothing and delivers to nobody; what the measurement alone has to do for it
(the rows its actions look up) is left out of its time.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import yaml

from api.run.demo_settings import read_env_file
from bench.processor_time import processor_seconds
from bench.speakers import Speaker, ToStockRasa, ToTheProduct
from bench.stock_rasa import stock_rasa
from setup.model import model_file
from tests.journeys.creditor import CreditorSystem, Owing
from tests.journeys.demo_process import PROCESSES, DemoProcess

CONVERSATIONS = yaml.safe_load((Path(__file__).parent / "conversations.yml").read_text())
AT_ONCE = (1, 4, 8, 16)
WARM_UP = 4  # conversations before anything counts


@dataclass(frozen=True)
class Side:
    name: str
    speaker: Callable[[Owing], Speaker]
    pids: dict[str, int]


def measure() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="entente-bench-") as folder:
        demo = DemoProcess(Path(folder) / "var", ENTENTE_LOG_LEVEL="WARNING")
        try:
            demo.wait_until_ready()
            facts = demo.facts
            os.environ |= {**read_env_file(demo.data_folder / "demo.env"), "DATABASE_URL": facts["database_url"]}
            with stock_rasa(model_file(), f"{facts['actions_url']}/webhook") as (stock_url, stock_pid):
                return _play_all(facts, demo, stock_url, stock_pid)
        finally:
            demo.stop()


def _play_all(facts: dict[str, Any], demo: DemoProcess, stock_url: str, stock_pid: int) -> dict[str, Any]:
    ours = {name: demo.pid(name) for name in PROCESSES}
    shared = {name: ours[name] for name in ("actions", "postgres")}
    stock = Side(
        "stock Rasa",
        lambda owing: ToStockRasa(stock_url, facts["database_url"], owing),
        {"rasa": stock_pid, **shared},
    )
    product = Side("the product", lambda owing: ToTheProduct(facts["api_url"], owing), ours)
    figures: dict[str, Any] = {"rows": [], "ratios": {}}
    with CreditorSystem(facts) as creditor:
        for side in (stock, product):
            _play(side, creditor, CONVERSATIONS[:WARM_UP], at_once=2)
        print(f"\n{'':14}{'at once':>8}{'msg/s':>8}{'p50 ms':>8}{'p95 ms':>8}   processor ms a message")
        for at_once in AT_ONCE:
            rows = [_play(side, creditor, CONVERSATIONS, at_once) for side in (stock, product)]
            for row in rows:
                _print(row)
            figures["rows"] += rows
            figures["ratios"][at_once] = round(rows[1]["per_second"] / rows[0]["per_second"], 2)
    print(
        "\nthroughput, the product ÷ stock Rasa:  "
        + "   ".join(f"{n} at once: {r:.2f}×" for n, r in figures["ratios"].items())
    )
    return figures


def _play(side: Side, creditor: CreditorSystem, conversations: list[dict[str, Any]], at_once: int) -> dict[str, Any]:
    people = [creditor.somebody_owing(conversation["language"]) for conversation in conversations]
    speakers = [side.speaker(person) for person in people]
    before, began = processor_seconds(side.pids), time.perf_counter()
    with ThreadPoolExecutor(at_once) as threads:
        played = list(threads.map(_converse, speakers, people, conversations))
    wall, after = time.perf_counter() - began, processor_seconds(side.pids)
    seconds = [reply for conversation in played for reply in conversation]
    # What only the measurement does is spread over the conversations played at once.
    wall -= sum(speaker.aside for speaker in speakers) / at_once
    return {
        "side": side.name,
        "at_once": at_once,
        "messages": len(seconds),
        "per_second": round(len(seconds) / wall, 1),
        "p50_ms": round(median(seconds) * 1000, 1),
        "p95_ms": round(quantiles(seconds, n=20)[-1] * 1000, 1),
        "processor_ms": {name: round((after[name] - before[name]) * 1000 / len(seconds), 1) for name in after},
    }


def _converse(speaker: Speaker, person: Owing, conversation: dict[str, Any]) -> list[float]:
    day = "/".join(reversed(person.birth_date.split("-")))
    facts = {"reference": person.reference, "birth_date": day, "postcode": person.postcode}
    return [speaker.say(text.format(**facts)) for text in conversation["says"]]


def _print(row: dict[str, Any]) -> None:
    spent = "  ".join(f"{name} {ms:.0f}" for name, ms in row["processor_ms"].items())
    print(
        f"{row['side']:14}{row['at_once']:8}{row['per_second']:8.1f}{row['p50_ms']:8.0f}{row['p95_ms']:8.0f}   "
        f"{spent}  = {sum(row['processor_ms'].values()):.0f}",
        flush=True,
    )
