"""Taking, answering, refusing, handing back: what the desk does, through its own forms."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from sqlalchemy import select

from recovery.clock import SystemClock
from recovery.consent.records import GateDecision
from recovery.handover.records import Handover
from recovery.session.records import Conversation, Delivery, Message
from recovery.session.say import say
from recovery.settings import settings
from recovery.store import transaction
from tests.desk.conftest import WORDS, Agent
from tests.desk.scene import Scene


def test_take_answer_and_hand_back(desk_app: FastAPI, scene: Scene) -> None:
    sophie, talk = Agent(desk_app, "sophie"), scene.talks["camille"]
    assert sophie.do(talk, "write", text=WORDS["fine"]).status_code == 409  # not taken: nothing leaves
    assert sophie.do(talk, "take").status_code == 200
    answer = sophie.do(talk, "write", text=WORDS["fine"])
    assert "desk:written" in answer.headers["hx-trigger"]
    last = _last(talk)
    assert (last.author, last.author_name, last.text) == ("agent", "Sophie", WORDS["fine"])
    assert sophie.do(talk, "hand-back").status_code == 200
    assert _now(talk).mode == "bot"


def test_a_refusal_names_the_rule_and_the_words_and_is_kept(desk_app: FastAPI, scene: Scene) -> None:
    sophie, talk = Agent(desk_app, "sophie"), scene.talks["vega"]
    refused = sophie.do(talk, "write", text=WORDS["threat"])
    assert refused.status_code == 422
    assert "<mark>l&#39;huissier viendra</mark>" in refused.text
    assert "CO-04" in refused.text
    assert "hx-trigger" not in refused.headers  # what was typed stays in its field
    with transaction(settings().database_url) as session:
        kept = session.scalars(select(GateDecision.allowed).where(GateDecision.author == "agent")).all()
    assert kept == [False]
    assert _last(talk).text != WORDS["threat"]


def test_no_figure_before_identity_is_verified(desk_app: FastAPI, scene: Scene) -> None:
    sophie, talk = Agent(desk_app, "sophie"), scene.talks["stranger"]
    sophie.do(talk, "take")
    refused = sophie.do(talk, "write", text=WORDS["debt_word"])
    assert refused.status_code == 422
    assert "612,40" in refused.text
    assert "ID-01" in refused.text


def test_one_writes_and_another_sees_who(desk_app: FastAPI, scene: Scene) -> None:
    marc, talk = Agent(desk_app, "marc"), scene.talks["vega"]
    assert "Sophie Laurent" in marc.page(f"/desk/conversations/{talk.id}")
    refused = marc.do(talk, "write", text=WORDS["fine"])
    assert refused.status_code == 409
    assert "Sophie Laurent" in refused.text
    assert marc.do(talk, "take", from_another="true").status_code == 409
    ines = Agent(desk_app, "ines")
    assert ines.do(talk, "take", from_another="true").status_code == 200
    assert ines.do(talk, "write", text=WORDS["fine"]).status_code == 200


def test_who_looks_is_seen_by_the_others(desk_app: FastAPI, scene: Scene) -> None:
    talk = scene.talks["camille"]
    assert Agent(desk_app, "marc").do(talk, "here").status_code == 204
    assert "Marc Petit regarde aussi" in Agent(desk_app, "sophie").page(f"/desk/conversations/{talk.id}")


def test_notes_need_no_lock_and_stay_inside(desk_app: FastAPI, scene: Scene) -> None:
    marc, talk = Agent(desk_app, "marc"), scene.talks["vega"]
    before = _now(talk).last_seq
    assert marc.do(talk, "write", kind="note", text=WORDS["note"]).status_code == 200
    assert _now(talk).last_seq == before
    page = Agent(desk_app, "sophie").page(f"/desk/conversations/{talk.id}")
    assert "Note interne · Marc Petit" in page


def test_resolve_with_an_outcome(desk_app: FastAPI, scene: Scene) -> None:
    sophie, talk = Agent(desk_app, "sophie"), scene.talks["vega"]
    assert sophie.do(talk, "resolve", outcome="").status_code == 422
    assert sophie.do(talk, "resolve", outcome="arrangement").status_code == 200
    with transaction(settings().database_url) as session:
        ended = session.scalars(select(Handover).where(Handover.conversation_id == talk.id)).one()
    assert (ended.state, ended.outcome) == ("resolved", "arrangement")
    assert "Talleres Vega" in sophie.page("/desk/parts/line?view=resolved")


def test_released_is_anybodys(desk_app: FastAPI, scene: Scene) -> None:
    sophie, talk = Agent(desk_app, "sophie"), scene.talks["vega"]
    assert sophie.do(talk, "release").status_code == 200
    assert Agent(desk_app, "marc").do(talk, "take").status_code == 200


def test_what_did_not_arrive_is_sent_again(desk_app: FastAPI, scene: Scene) -> None:
    sophie, talk = Agent(desk_app, "sophie"), scene.talks["vega"]
    again = f"again/{_undelivered(talk)}"
    assert again in sophie.page(f"/desk/conversations/{talk.id}")
    assert [sophie.do(talk, again).status_code for _ in range(2)] == [200, 200]
    assert again not in sophie.page(f"/desk/conversations/{talk.id}")


def test_it_works_without_htmx(desk_app: FastAPI, scene: Scene) -> None:
    sophie, talk = Agent(desk_app, "sophie"), scene.talks["vega"]
    form = {"csrf": sophie.csrf, "text": WORDS["fine"]}
    done = sophie.http.post(f"/desk/conversations/{talk.id}/write", data=form)
    assert done.headers["location"] == f"/desk/conversations/{talk.id}"
    refused = sophie.http.post(f"/desk/conversations/{talk.id}/write", data={**form, "text": WORDS["threat"]})
    assert refused.status_code == 422
    assert "Payez sinon" in refused.text.split("<textarea")[1]


def _last(talk: Conversation) -> Message:
    with transaction(settings().database_url) as session:
        said = select(Message).where(Message.conversation_id == talk.id, Message.author != "system")
        return session.scalars(said.order_by(Message.seq.desc()).limit(1)).one()


def _undelivered(talk: Conversation) -> str:
    """A message to them by text, given up after its last try."""
    with transaction(settings().database_url) as session:
        conversation = session.get_one(Conversation, talk.id)
        conversation.channel = "sms"
        message = say(session, SystemClock(), conversation, WORDS["fine"], solicited=True)
        session.flush()
        delivery = session.scalars(select(Delivery).where(Delivery.message_id == message.id)).one()
        delivery.state, message.delivery = "dead", "failed"
        return str(message.id)


def _now(talk: Conversation) -> Any:
    with transaction(settings().database_url) as session:
        return session.get_one(Conversation, talk.id)
