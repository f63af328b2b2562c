"""What a component is made of beyond its own class, which is all that Rasa's training cache looks at.

Without it a change in one of these files would train nothing again, and the old model would answer under a new name.
"""

import hashlib
from pathlib import Path

_BOT = Path(__file__).parent.parent


def hash_of(*names: str) -> str:
    """A hash over files and folders of the Rasa project, named from its root; raises FileNotFoundError for one that is not there."""
    digest = hashlib.sha256()
    for name in names:
        place = _BOT / name
        if not place.exists():
            raise FileNotFoundError(f"{name} is not in the Rasa project.")
        for path in sorted(_files(place)):
            digest.update(path.relative_to(_BOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files(place: Path) -> list[Path]:
    found = [place] if place.is_file() else place.rglob("*")
    return [path for path in found if path.is_file() and path.suffix != ".pyc"]
