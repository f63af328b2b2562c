"""A believable morning at the desk, made by the product's own functions on a clock that moves."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from argon2 import PasswordHasher
from fpdf import FPDF
from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import FrozenClock
from recovery.debts.freeze import freeze
from recovery.debts.records import Creditor
from recovery.disputes.open_dispute import open_dispute
from recovery.disputes.records import Dispute, Evidence
from recovery.handover.hand_over import hand_over
from recovery.handover.notes import write_note
from recovery.handover.records import DeskUser
from recovery.handover.take_over import take_over
from recovery.identity.records import Debtor
from recovery.plans.offer import make_offer, refuse_offer, withdraw_offers
from recovery.session.attachments import keep_attachment
from recovery.session.records import Conversation, Message
from tests import cast
from tests.handover.people import desk_person

PASSWORD = "a long phrase for tests"
OPENING = datetime.fromisoformat("2026-11-23T09:02:00+01:00")
NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
LINES = yaml.safe_load((Path(__file__).parent / "scene.yml").read_text(encoding="utf-8"))


@dataclass
class Scene:
    people: dict[str, DeskUser]
    talks: dict[str, Conversation] = field(default_factory=dict)
    debtors: dict[str, Debtor] = field(default_factory=dict)


def morning(session: Session) -> Scene:
    scene = Scene(_people(session))
    creditors, debts = _files(session, scene)
    starts = [3, 51, 20, 33, 8, 14, 41, 55]
    for told, start in zip(LINES, starts, strict=True):
        at = FrozenClock(OPENING + timedelta(minutes=start - 2))
        _tell(session, at, scene, told, creditors, debts)
    write_note(session, FrozenClock(NOW - timedelta(minutes=4)), scene.talks["vega"], scene.people["ines"], _note())
    return scene


@lru_cache(maxsize=1)
def _hash_of_password() -> str:
    return PasswordHasher().hash(PASSWORD)  # slow by design: once is enough


def _people(session: Session) -> dict[str, DeskUser]:
    def person(name: str, role: str = "agent", language: str = "fr") -> DeskUser:
        email = f"{name.split()[0].lower()}@desk.example"
        return desk_person(session, name, role, language, email, _hash_of_password())

    return {
        "sophie": person("Sophie Laurent"),
        "marc": person("Marc Petit"),
        "javier": person("Javier Ortega", language="es"),
        "ines": person("Ines Caron", role="supervisor"),
    }


def _files(session: Session, scene: Scene) -> tuple[dict[str, Creditor], dict[str, list[Any]]]:
    lac, berthier = cast.energie_du_lac(session), cast.cabinet_berthier(session)
    gym, ebro = cast.gimnasio_norte(session), cast.cartera_ebro(session)
    camille = cast.camille(session, preferences={"hours": "18h-20h", "never_at_work": True})
    more = {
        "thomas": _person(session, "Thomas Lefèvre", "+33639981210"),
        "nadia": _person(session, "Nadia Benali", "+33639981211", hardship_kind="illness"),
        "remi": _person(session, "Rémi Fauré", "+33639981212"),
        "camille": camille,
        "lucia": cast.lucia(session),
        "vega": cast.talleres_vega(session),
        "morel": cast.garage_morel(session),
    }
    scene.debtors.update(more)
    debts = {
        "camille": [
            cast.debt_of(session, camille, lac, 24730, reference="EL-204871"),
            cast.debt_of(session, camille, berthier, 18050, reference="BS-77120", due_on=date(2026, 7, 15)),
        ],
        "thomas": [cast.debt_of(session, more["thomas"], lac, 61240, reference="EL-199034")],
        "nadia": [cast.debt_of(session, more["nadia"], lac, 30000, reference="EL-201553")],
        "remi": [cast.debt_of(session, more["remi"], lac, 9990, reference="EL-207700")],
        "lucia": [cast.debt_of(session, more["lucia"], gym, 18050, reference="GN-5512")],
        "vega": [cast.debt_of(session, more["vega"], ebro, 125000, reference="CE-88-1203")],
        "morel": [cast.debt_of(session, more["morel"], berthier, 125000, reference="BS-80411")],
    }
    return {"lac": lac, "gym": gym, "ebro": ebro, "berthier": berthier}, debts


def _person(session: Session, name: str, mobile: str, **changes: Any) -> Debtor:
    debtor = cast.camille(session, name=name, birth_date=date(1979, 5, 2), postcode="69007", **changes)
    session.flush()
    debtor.contact_points[0].address = mobile
    return debtor


def _tell(session: Session, clock: FrozenClock, scene: Scene, told: dict[str, Any], creditors: Any, debts: Any) -> None:
    name, debtor = told["name"], scene.debtors.get(told["name"])
    creditor = debts[name][0].creditor if debtor else creditors["lac"]
    changes = {"channel": told["channel"], "created_at": clock.now()}
    talk = cast.conversation_of(session, debtor, creditor if told["channel"] == "web" else None, **changes)
    scene.talks[name] = talk
    for line in told["lines"]:
        clock.advance(timedelta(minutes=line.get("after", 0), seconds=14))
        if line["who"] == "agent":
            _hand(session, clock, scene, told)
            clock.advance(timedelta(seconds=30))
        _say(session, clock, talk, line, debts.get(name, []))
    if not any(line["who"] == "agent" for line in told["lines"]):
        _hand(session, clock, scene, told)
    if name == "nadia":
        freeze(session, clock, debtor_id=debtor.id, kind="hardship", until=date(2026, 12, 23))  # type: ignore[union-attr]


def _hand(session: Session, clock: FrozenClock, scene: Scene, told: dict[str, Any]) -> None:
    talk = scene.talks[told["name"]]
    first = next(line["text"] for line in told["lines"] if line["who"] == "debtor")
    extra = {"debtor_proposal": {"each": 4000, "first": "2027-01-05"}} if told["reason"] == "plan_outside_terms" else {}
    words, beside = told.get("words", first), told.get("task", False)
    hand_over(session, clock, talk, reason=told["reason"], words=words, takes_over=not beside, extra=extra)
    if told.get("taken_by"):
        clock.advance(timedelta(minutes=1))
        take_over(session, clock, talk, scene.people[told["taken_by"]])


def _say(session: Session, clock: FrozenClock, talk: Conversation, line: dict[str, Any], debts: list[Any]) -> None:
    talk.last_seq += 1
    message = Message(
        conversation_id=talk.id, seq=talk.last_seq, author=line["who"], text=line["text"], language=talk.language,
        author_name={"agent": "Sophie"}.get(line["who"], ""), delivery="delivered" if line["who"] != "debtor" else "none",
        buttons=[{"title": title, "payload": title, "means": title} for title in line.get("buttons", [])],
        pressed=line.get("pressed"), nlu=_nlu(line), sent_at=clock.now(),
    )  # fmt: skip
    session.add(message)
    session.flush()
    if line["who"] == "debtor":
        talk.last_inbound_at = clock.now()
    kept = None
    for kind, content in (("picture", _picture()), ("document", _document())):
        if name := line.get(kind):
            kept = keep_attachment(session, clock, talk, name, content)
            kept.message_id = message.id
    if count_and_cents := line.get("offer"):
        _offer(session, clock, talk, debts[0], *count_and_cents)
    if kind := line.get("dispute"):
        open_dispute(session, clock, talk, debts[0], kind, line["text"])
    if kept and talk.debtor_id and line.get("intent") == "inform":
        _as_evidence(session, clock, talk, kept)
    session.flush()


def _nlu(line: dict[str, Any]) -> dict[str, Any] | None:
    if "intent" not in line:
        return None
    return {"intent": {"name": line["intent"], "confidence": line["confidence"]}}


def _offer(session: Session, clock: FrozenClock, talk: Conversation, debt: Any, count: int, cents: int) -> None:
    days = [date(2026 + (month - 1) // 12, (month - 1) % 12 + 1, 5) for month in range(12, 12 + count)]
    parts = [[day.isoformat(), cents] for day in days]
    if count < 12:
        withdraw_offers(session, clock, talk)
    made = make_offer(session, clock, talk, "plan", {"debt_ids": [str(debt.id)], "currency": "EUR", "parts": parts})
    if count == 3:
        refuse_offer(session, clock, made)


def _as_evidence(session: Session, clock: FrozenClock, talk: Conversation, kept: Any) -> None:
    dispute = session.scalar(select(Dispute).where(Dispute.debtor_id == talk.debtor_id))
    if dispute:
        session.add(
            Evidence(dispute_id=dispute.id, debt_id=dispute.debt_id, attachment_id=kept.id, received_at=clock.now())
        )


def _note() -> str:
    return str(yaml.safe_load((Path(__file__).parent / "scene_words.yml").read_text(encoding="utf-8"))["note"])


def _picture() -> bytes:
    """A meter behind glass, more or less."""
    image = Image.new("RGB", (640, 420), "#b9b4a6")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((120, 50, 520, 370), 26, fill="#e9e6dd", outline="#8f8a7c", width=6)
    pen.rectangle((175, 120, 465, 205), fill="#1c201d")
    for place, digit in enumerate("048213"):
        pen.rounded_rectangle((190 + place * 45, 133, 227 + place * 45, 192), 5, fill="#f4f2ea")
        pen.text((202 + place * 45, 152), digit, fill="#20211e", font_size=26)
    pen.text((200, 235), "kWh   N 7731-204", fill="#4a4a43", font_size=26)
    pen.ellipse((410, 270, 470, 330), outline="#a2362b", width=7)
    answer = io.BytesIO()
    image.save(answer, "JPEG", quality=82)
    return answer.getvalue()


def _document() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=14)
    pdf.cell(text="EL-204871")
    return bytes(pdf.output())
