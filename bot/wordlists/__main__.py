"""`python -m wordlists` (in bot/): the words and word pairs of data/nlu into listening/spelling/."""

from pathlib import Path

from bakeoff.messages import read_messages

from wordlists.training_words import write_lists

_BOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    write_lists(read_messages(_BOT.parent / "data" / "nlu"), _BOT / "listening" / "spelling")
