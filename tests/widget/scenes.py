"""Conversations to look at: believable people, believable figures."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from tests.fakes.fake_widget_api import FakeWidgetApi
from tests.widget.guest import Guest

FRENCH = """
debtor: Bonjour, j'ai reçu une lettre EDL-2026-0417 et je ne peux pas tout payer d'un coup
bot: Merci de nous écrire, on va regarder cela ensemble. Pour ouvrir votre dossier, il me faut votre date de naissance.
debtor: 12/03/1984
bot: Merci Camille, c'est bien vous. Il reste 247,30 € sur votre facture d'électricité du 2 septembre.
bot: En trois fois, sans frais, cela donnerait :

• 5 décembre : 82,44 €
• 5 janvier : 82,43 €
• 5 février : 82,43 €

Est-ce que cela vous convient ?
"""
SPANISH = """
debtor: Buenas, quiero ponerme al dia pero este mes voy justo
bot: Gracias por escribirnos, lo vemos juntos. ¿Me dice la referencia que aparece en su recibo?
debtor: GN-2026-0233, nací el 4 de julio de 1990
bot: Gracias, Lucía. Quedan 180,50 € de la cuota trimestral de julio.
bot: Puede pagarlo en tres veces, sin recargo:

• 5 de diciembre: 60,17 €
• 5 de enero: 60,17 €
• 5 de febrero: 60,16 €

¿Le va bien así?
"""
CHOICES = {
    "fr": ["Oui, ce plan me convient", "Payer moins par mois", "Parler à une personne"],
    "es": ["Sí, me va bien", "Pagar menos al mes", "Hablar con una persona"],
}


def believable(visitor: Guest) -> None:
    """A conversation that ends on an offer of three instalments, as if it had just been held."""
    api, language = visitor.api, visitor.language
    lines = re.findall(
        r"^(debtor|bot): (.*?)(?=\n(?:debtor|bot):|\Z)", FRENCH if language == "fr" else SPANISH, re.M | re.S
    )
    began = datetime.now().astimezone() - timedelta(minutes=7)
    for place, (author, words) in enumerate(lines):
        text = words.strip()
        last = place == len(lines) - 1
        buttons = [{"title": title, "payload": f"b_{n}"} for n, title in enumerate(CHOICES[language])] if last else []
        at = (began + timedelta(seconds=40 * place)).isoformat()
        api.say(text, author, author_name="Entente" if author == "bot" else "", buttons=buttons, sent_at=at)
    visitor.reads(lines[-1][1][:20])


def with_a_person(api: FakeWidgetApi) -> None:
    api.turn_to("human")
    api.say("Je préfère en parler avec quelqu'un", "debtor", author_name="")
    api.say(
        "Bonjour Camille, je suis Inès. J'ai lu votre échange, prenons le temps qu'il faut.",
        "agent",
        author_name="Inès Caron",
    )
    api.type("agent")
