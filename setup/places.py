"""Where things are in a checkout."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"  # git-ignored: tools fetched here, never a secret of production
BOT = ROOT / "bot"
MODELS = BOT / "models"

SERVICE_PYTHON = ROOT / ".venv" / "bin" / "python"
BOT_PYTHON = BOT / ".venv" / "bin" / "python"
