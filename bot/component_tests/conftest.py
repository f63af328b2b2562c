"""These tests run in Rasa's own runtime: `bot/.venv/bin/python -m pytest bot/component_tests`."""

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE.parent), str(_HERE)]
