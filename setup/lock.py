"""`make lock`: resolves the service's and Rasa's requirements anew, with hashes, for every platform; what need not change stays."""

from __future__ import annotations

import tempfile
from pathlib import Path

from setup.find_python import rasa_python
from setup.find_uv import find_uv
from setup.places import BOT, ROOT
from setup.progress import run

SAME = ("--quiet", "--universal", "--generate-hashes", "--no-header")


def main() -> None:
    uv = find_uv()
    with tempfile.TemporaryDirectory() as folder:
        # uv reads no dependency group of a project it is told not to manage: it is shown the same file without that line.
        told = (ROOT / "pyproject.toml").read_text().replace("managed = false", "managed = true")
        (Path(folder) / "pyproject.toml").write_text(told)
        lock = [*SAME, "-p", "3.11", "-o", ROOT / "requirements.lock"]
        run([uv, "pip", "compile", "pyproject.toml", "--group", "dev", *lock], cwd=Path(folder))
    # A subset, at the same versions: images carry neither browsers' drivers nor linters.
    subset = ["--no-annotate", "-c", "requirements.lock", "-o", "requirements.service.lock"]
    run([uv, "pip", "compile", "pyproject.toml", *SAME, "-p", "3.11", *subset], cwd=ROOT)
    run(
        [
            uv,
            "pip",
            "compile",
            "pyproject.toml",
            "--group",
            "dev",
            *SAME,
            "-p",
            rasa_python(uv),
            "-o",
            "requirements.lock",
        ],
        cwd=BOT,
    )


if __name__ == "__main__":
    main()
