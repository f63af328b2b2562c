"""Answers as mail programs write them: what somebody wrote is kept, what they quote is not; machines are not answered."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from channels.email import build
from channels.email.answer import text_of_html, unquoted
from channels.email.channel import EmailChannel
from channels.messages import Inbound
from tests.channels.email.case import mail, settings, signed
from tests.fakes.files import JPEG, PNG

KEY = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture
def channel() -> EmailChannel:
    built = build(settings(1))
    assert isinstance(built, EmailChannel)
    return built


def told(channel: EmailChannel, message: EmailMessage) -> list[Inbound]:
    found = [said for event in channel.read(signed(message.as_bytes())) for said in channel.parse(event.body)]
    return [said for said in found if isinstance(said, Inbound)]


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("D'accord.\n\nLe lun. 22 nov. 2026 à 10:00, Entente\n<contact@entente.example> a écrit :\n\n> Bonjour\n> ça va ?", "D'accord."),
        ("Vale\n\nEl dom, 22 nov 2026 a las 10:00, Entente (<c@e.example>)\nescribió:\n\n> Hola", "Vale"),
        ("On Sun, 22 Nov 2026 at 10:00, Entente <c@e.example> wrote:\n> Bonjour\n\nEn bas : 50 € par mois", "En bas : 50 € par mois"),
        ("> Combien ?\n50 €\n> Quand ?\nle 5", "50 €\nle 5"),
        ("Oui\n\n________________________________\nDe : Entente <c@e.example>\nEnvoyé : lundi", "Oui"),
        ("Oui\n\nDe : Entente <c@e.example>\nEnvoyé : lundi 23 novembre 2026 10:00\nÀ : moi", "Oui"),
        ("Sí\n\nDe: Entente <c@e.example>\nEnviado el: lunes, 23 de noviembre de 2026", "Sí"),
        ("ok\n\n-----Message d'origine-----\nDe : x", "ok"),
        ("ok\n\n----- Mensaje original -----\nDe: x", "ok"),
        ("Je paie demain\n\nEnvoyé de mon iPhone", "Je paie demain"),
        ("Pago mañana\n\nEnviado desde mi Samsung Galaxy", "Pago mañana"),
        ("Je paie demain\n-- \nCamille Moreau\n06 39 98 12 01", "Je paie demain"),
        ("Envoyé le 12/03 par virement, rien reçu de vous.", "Envoyé le 12/03 par virement, rien reçu de vous."),
        ("De : moi\nje ne dois rien", "De : moi\nje ne dois rien"),
        ("El lunes le escribió: mi hermana", "El lunes le escribió: mi hermana"),
    ],
)  # fmt: skip
def test_what_somebody_wrote(written: str, own: str) -> None:
    assert unquoted(written) == own
    assert unquoted(written.replace("\n", "\r\n")) == own


@pytest.mark.parametrize(
    ("html", "own"),
    [
        ("<div dir=ltr>Je paie 50&nbsp;&euro;<br>le 5</div><div class='gmail_quote'><p>Le lun.<blockquote>Bonjour</blockquote></div>",
         "Je paie 50 €\nle 5"),
        ("<style>p{x:1}</style><p>Hola &lt;b&gt;</p><p>adiós</p><blockquote type=cite>antes</blockquote>", "Hola <b>\n\nadiós"),
        ("<p>Oui</p><div id='divRplyFwdMsg'><b>De :</b> Entente<br></div>", "Oui"),
        ("texte sans rien", "texte sans rien"),
        ("<p>mal <b>fermé<p>suite", "mal fermé\nsuite"),
    ],
)  # fmt: skip
def test_what_somebody_wrote_in_html(html: str, own: str) -> None:
    assert unquoted(text_of_html(html)) == own


def test_html_alone_is_read(channel: EmailChannel) -> None:
    message = mail("")
    message.set_content("<p>Combien&nbsp;?</p>", subtype="html")
    assert told(channel, message)[0].text == "Combien ?"


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated (rejected)"}, {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"}, {"List_Id": "<l.example>"}, {"Return_Path": "<>"}, {"Subject": "Réponse automatique : absence"},
        {"Subject": "Respuesta automática: vacaciones"}, {"Subject": "Fuera de la oficina"}, {"Subject": "Out of Office"},
    ],
)  # fmt: skip
def test_machines_are_not_answered(channel: EmailChannel, header: dict[str, str]) -> None:
    message = mail("Je suis absent.")
    for name, value in header.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    assert told(channel, message) == []


def test_people_who_say_they_were_away_are(channel: EmailChannel) -> None:
    assert told(channel, mail("J'étais absente, réponse automatique envoyée par erreur", Auto_Submitted="no"))


def test_files_are_kept_and_logos_are_not(channel: EmailChannel) -> None:
    message = mail("voici")
    message.add_alternative("<p>voici</p><img src=cid:logo>", subtype="html")
    message.get_payload()[1].add_related(PNG, "image", "png", cid="<logo>")  # type: ignore[index, union-attr]
    message.add_attachment(JPEG, maintype="image", subtype="jpeg", filename="preuve.jpg")
    (said,) = told(channel, message)
    assert ([media.name for media in said.media], said.text) == (["preuve.jpg"], "voici")


def test_a_file_alone_has_no_words(channel: EmailChannel) -> None:
    message = mail("", Subject_="x")
    message.set_content("\n")
    message.add_attachment(JPEG, maintype="image", subtype="jpeg", filename="preuve.jpg")
    (said,) = told(channel, message)
    assert said.text == "" and said.media


def test_which_message_it_answers(channel: EmailChannel) -> None:
    by_reference = mail("oui", References=f"<a@b.example> <{KEY}@entente.example>")
    assert told(channel, by_reference)[0].answers == KEY
    for nobody in (f"<{KEY}@elsewhere.example>", "<not-ours@entente.example>", ""):
        assert told(channel, mail("oui", In_Reply_To=nobody or "<x@y>"))[0].answers is None


def test_a_mail_nobody_can_read_does_not_stop_the_next(channel: EmailChannel) -> None:
    content = (
        b"From: a@b.example\r\nMessage-ID: <x1@b>\r\nContent-Type: text/plain; charset=no-such-thing\r\n\r\n\xe9t\xe9"
    )
    (event,) = channel.read(signed(content))
    (said,) = channel.parse(event.body)
    assert isinstance(said, Inbound) and said.text


@pytest.mark.parametrize(
    ("results", "taken"),
    [
        ("mx.example; dmarc=pass header.from=example.org", True),
        ("mx.example; dkim=pass; dmarc=none", True),
        ("mx.example; spf=pass; dmarc=fail", False),
        ("mx.example; spf=softfail", False),
        ("other.example; dmarc=pass", False),
        (None, False),
    ],
)
def test_a_forged_sender_is_nobody(results: str | None, taken: bool) -> None:
    channel = build(settings(1, ENTENTE_EMAIL_CHECKED_BY="mx.example"))
    assert isinstance(channel, EmailChannel)
    message = mail("c'est moi", **({"Authentication_Results": results} if results else {}))
    assert bool(told(channel, message)) is taken
