"""Rasa as the product runs it: the same command line as `rasa` (`python serve.py run --model ...`), with the slow steps replaced."""

from __future__ import annotations

from rasa.__main__ import main

from components import faster_rasa

if __name__ == "__main__":
    faster_rasa.apply()
    main()
