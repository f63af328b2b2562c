"""The widget's sources, joined into the one file that sites load: `python3 -m setup widget`, after a change of the sources.

The joined file is committed, so that nobody needs this to run the service; a test tells when it is older than its sources.
"""

from __future__ import annotations

import shutil

from setup.browser_files import npm_command
from setup.places import ROOT, VAR
from setup.progress import run, step
from setup.stamp import hash_of

SOURCES = ROOT / "api" / "static" / "widget"
JOINED = ROOT / "api" / "static" / "widget.js"
BUILD = ROOT / "setup" / "widget"
FILES = ("package.json", "package-lock.json", ".npmrc", "build.mjs")


def widget_file() -> None:
    with step("The widget's file"):
        place = VAR / "tools" / "widget"
        place.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copy(BUILD / name, place / name)
        npm, path = npm_command()
        if not (place / "node_modules" / "esbuild").is_dir():
            run(
                [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
                cwd=place,
                env={"PATH": path},
            )
        run(["node", "build.mjs", SOURCES, JOINED, banner()], cwd=place, env={"PATH": path})


def banner() -> str:
    """The first line of the joined file: which sources it is made of."""
    return f"// Entente {hash_of([SOURCES])}"
