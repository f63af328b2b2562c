"""Reading one message without any model: language, word lists, values, spelling.

Imported as ``listening`` inside the Rasa project and as ``bot.listening`` by the service, so its modules import each
other relatively and need nothing of Rasa.
"""
