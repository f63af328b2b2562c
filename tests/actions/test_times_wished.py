"""When somebody wants to hear from us, as people say it in both languages."""

import pytest

from actions.consent.times_wished import times_wished


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("pas avant 18h", {"after": "18:00"}),
        ("écrivez-moi après 17h30 svp", {"after": "17:30"}),
        ("jamais après 20 h", {"before": "20:00"}),
        ("entre 9h et 12h seulement", {"after": "09:00", "before": "12:00"}),
        ("pas le matin, je travaille de nuit", {"after": "12:00"}),
        ("plutôt le soir", {"after": "18:00", "before": "21:00"}),
        ("pas le week-end", {"days": [0, 1, 2, 3, 4]}),
        ("seulement le lundi et le mardi", {"days": [0, 1]}),
        ("jamais le dimanche et pas avant 10h", {"after": "10:00", "days": [0, 1, 2, 3, 4, 5]}),
        ("no me escriban antes de las 10", {"after": "10:00"}),
        ("a partir de las 6 de la tarde", {"after": "18:00"}),
        ("de 16:30 a 20:00", {"after": "16:30", "before": "20:00"}),
        ("solo por la tarde", {"after": "15:00", "before": "21:00"}),
        ("por las mañanas no puedo, mejor por la tarde", {"after": "15:00", "before": "21:00"}),
        ("nunca los fines de semana", {"days": [0, 1, 2, 3, 4]}),
        ("por las mañanas no, que trabajo de noche", {"after": "14:00"}),
        ("los fines de semana nunca", {"days": [0, 1, 2, 3, 4]}),
        ("je travaille de nuit, pas le matin", {"after": "12:00"}),
        ("por correo mejor", {}),
        ("puedo pagar 50 euros el 5", {}),
        ("en semaine, pas avant 17 heures", {"after": "17:00", "days": [0, 1, 2, 3, 4]}),
        ("entre semana, nunca antes de las 10", {"after": "10:00", "days": [0, 1, 2, 3, 4]}),
        ("y los findes nada porfa", {"days": [0, 1, 2, 3, 4]}),
        ("la semaine, non, je travaille", {"days": [5, 6]}),
        ("pas avant 17h. Non, 18", {"after": "18:00"}),
        ("después de las 6 de la tarde, no, perdón, a las 7", {"after": "19:00"}),
        ("pas avant 17h. Non, 30 euros", {"after": "17:00"}),
    ],
)
def test_times_wished(text, wished):
    assert times_wished(text) == wished
