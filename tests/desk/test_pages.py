"""What the pages show, in which language, and that nothing a debtor writes can run."""

from __future__ import annotations

from fastapi import FastAPI

from recovery.clock import FrozenClock
from recovery.session.receive import receive
from recovery.settings import settings
from recovery.store import transaction
from tests.desk.conftest import WORDS, Agent
from tests.desk.scene import NOW, Scene


def test_the_queue_shows_the_most_urgent_first(desk_app: FastAPI, scene: Scene) -> None:
    page = Agent(desk_app, "sophie").page()
    names = ["Thomas Lefèvre", "Rémi Fauré", "Camille Moreau", "Garage Morel SARL"]
    assert sorted(names, key=page.index) == names
    assert page.count('class="row ') == 8


def test_views_and_queues_filter(desk_app: FastAPI, scene: Scene) -> None:
    sophie = Agent(desk_app, "sophie")
    mine = sophie.page("/desk/parts/line?view=mine")
    assert "Talleres Vega" in mine
    assert "Garage Morel" not in mine
    taken = sophie.page("/desk/parts/line?view=taken")
    assert "Talleres Vega" in taken
    assert "Garage Morel" in taken
    disputes = sophie.page("/desk/parts/line?queue=disputes")
    assert "Lucía Romero Gil" in disputes
    assert "Camille" not in disputes


def test_a_conversation_shows_both_sides_and_the_case(desk_app: FastAPI, scene: Scene) -> None:
    page = Agent(desk_app, "sophie").page(f"/desk/conversations/{scene.talks['camille'].id}")
    for shown in ("EL-204871", "BS-77120", "88 %", "compteur.jpg", "facture-aout.pdf", "said debtor", "said bot"):
        assert shown in page, shown
    assert page.count("<li", page.index('class="ten"'), page.index("</ul>", page.index('class="ten"'))) <= 10


def test_labels_are_in_the_agents_language(desk_app: FastAPI, scene: Scene) -> None:
    talk = f"/desk/conversations/{scene.talks['lucia'].id}"
    assert 'lang="es"' in Agent(desk_app, "javier").page(talk)
    assert 'lang="fr"' in Agent(desk_app, "sophie").page(talk)


def test_what_a_debtor_writes_is_shown_and_never_runs(desk_app: FastAPI, scene: Scene) -> None:
    with transaction(settings().database_url) as session:
        talk = session.merge(scene.talks["camille"])
        receive(session, FrozenClock(NOW), talk, WORDS["script"], "evil")
    sophie = Agent(desk_app, "sophie")
    for path in (f"/desk/conversations/{talk.id}", f"/desk/debtors/{talk.debtor_id}", "/desk?view=open"):
        page = sophie.page(path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;" in sophie.page(f"/desk/conversations/{talk.id}")


def test_every_page_forbids_inline_script_and_style(desk_app: FastAPI, scene: Scene) -> None:
    sophie = Agent(desk_app, "sophie")
    for path in ("/desk", "/desk/search?q=camille", f"/desk/debtors/{scene.debtors['camille'].id}", "/desk/login"):
        answer = sophie.http.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert " style=" not in answer.text
        assert " onclick=" not in answer.text


def test_search_by_name_reference_and_telephone(desk_app: FastAPI, scene: Scene) -> None:
    sophie = Agent(desk_app, "sophie")
    for asked in ("lucia romero", "Lefevre", "el 199034", "06 39 98 12 10", "+33639981210", "thomas"):
        page = sophie.page("/desk/search?q=" + asked.replace("+", "%2B"))
        assert ("Lucía" in page) if "lucia" in asked else ("Thomas Lefèvre" in page), asked
    assert 'class="people"' not in sophie.page("/desk/search?q=%25%25")


def test_attachments_are_for_the_desk_alone(desk_app: FastAPI, scene: Scene) -> None:
    sophie = Agent(desk_app, "sophie")
    page = sophie.page(f"/desk/conversations/{scene.talks['camille'].id}")
    address = page.split('class="picture" href="')[1].split('"')[0]
    answer = sophie.http.get(address)
    assert answer.headers["content-type"] == "image/jpeg"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert Agent(desk_app).http.get(address).headers["location"] == "/desk/login"


def test_what_does_not_exist_is_a_page(desk_app: FastAPI, scene: Scene) -> None:
    sophie = Agent(desk_app, "sophie")
    for path in (
        "/desk/conversations/00000000-0000-7000-8000-000000000000",
        "/desk/debtors/00000000-0000-7000-8000-000000000000",
    ):
        answer = sophie.http.get(path)
        assert answer.status_code == 404
        assert "text/html" in answer.headers["content-type"]
    assert sophie.http.get("/desk/static/../login.py").status_code == 404


def test_a_quiet_conversation_is_not_sent_again(desk_app: FastAPI, scene: Scene) -> None:
    sophie, talk = Agent(desk_app, "sophie"), scene.talks["camille"]
    page = sophie.page(f"/desk/conversations/{talk.id}")
    seen, case_seen = (page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen", "case_seen"))
    asked = f"/desk/parts/talk/{talk.id}?seen={seen}&case_seen={case_seen}"
    assert sophie.http.get(asked).status_code == 204
    with transaction(settings().database_url) as session:
        receive(session, FrozenClock(NOW), session.merge(talk), "vous êtes là ?", "m9")
    fresh = sophie.http.get(asked).text
    assert "vous êtes là" in fresh
    assert 'id="talk-head" class="talk-head" hx-swap-oob="true"' in fresh
    assert 'id="case"' not in fresh


def test_the_whole_case_is_exported_and_read_again(desk_app: FastAPI, scene: Scene) -> None:
    sophie = Agent(desk_app, "sophie")
    debtor = f"/desk/debtors/{scene.talks['camille'].debtor_id}"
    assert sophie.http.post(f"{debtor}/export", data={"csrf": "forged"}).status_code != 303
    made = sophie.http.post(f"{debtor}/export", data={"csrf": sophie.csrf})
    assert made.status_code == 303
    pdf = sophie.http.get(made.headers["location"])
    assert (pdf.headers["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert made.headers["location"] in sophie.page(debtor)
    assert made.headers["location"] in sophie.page(f"/desk/conversations/{scene.talks['camille'].id}")
    assert Agent(desk_app).http.get(made.headers["location"]).status_code != 200
