"""`python -m api.run.actions_server HOST PORT`: rasa-sdk's action server in one process, so that ending it ends all of it.

rasa-sdk's own start-up puts a manager before its worker; killed by force it leaves the worker behind, holding the port.
"""

from __future__ import annotations

import logging
import os
import sys

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from recovery.settings import settings


def main() -> None:
    settings()  # what is missing is told now, not at the first message
    logging.basicConfig(level=os.environ.get("ENTENTE_LOG_LEVEL", "INFO"), format="%(levelname)s %(name)s %(message)s")
    for chatty in ("sanic.root", "sanic.server", "rasa_sdk", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    host, port = sys.argv[1], int(sys.argv[2])
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=None)
    app.prepare(host=host, port=port, single_process=True, motd=False, access_log=False)
    Sanic.serve_single(app)


if __name__ == "__main__":
    main()
