"""`python3 -m setup [environments] [browser] [model] [widget]`: all of it when nothing is named. What is done already is skipped."""

from __future__ import annotations

import sys
from collections.abc import Callable

from setup.browser_files import browser_files
from setup.environments import bot_environment, service_environment
from setup.model import trained_model
from setup.progress import SetupFailed
from setup.widget_file import widget_file

STEPS: dict[str, tuple[Callable[[], object], ...]] = {
    "service": (service_environment,),
    "environments": (service_environment, bot_environment),
    "browser": (browser_files,),
    "widget": (widget_file,),
    "model": (service_environment, bot_environment, trained_model),
}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        sys.exit(f"Unknown: {' '.join(unknown)}. Known: {' '.join(STEPS)}")
    try:
        for todo in dict.fromkeys(
            todo for name in names or ["environments", "browser", "model"] for todo in STEPS[name]
        ):
            todo()
    except SetupFailed as error:
        sys.exit(f"✗ {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
