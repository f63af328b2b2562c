"""Rasa as the product runs it: the same command line as `rasa` (`python serve.py run --model ...`), lighter and faster."""

from __future__ import annotations

import sys

from components import lighter_rasa


def main() -> None:
    """Rasa is imported once it may be, without TensorFlow."""
    lighter_rasa.apply()
    from rasa.__main__ import main as rasa

    from components import faster_rasa

    faster_rasa.apply()
    if "train" in sys.argv:
        from components import faster_training

        faster_training.apply(validated="--skip-validation" in sys.argv)
    rasa()


if __name__ == "__main__":
    main()
