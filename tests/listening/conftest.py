"""Makes `listening` importable as the Rasa project imports it, and the scorer importable by its tests."""

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
for folder in (_HERE, _HERE.parents[1] / "bot"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
