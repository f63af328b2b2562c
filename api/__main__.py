"""`python -m api`: the HTTP service, on ENTENTE_HOST and ENTENTE_PORT (127.0.0.1:8000)."""

from __future__ import annotations

import logging
import os

import uvicorn

from recovery.settings import settings


def main() -> None:
    settings()  # what is missing is told now, not at the first request
    logging.basicConfig(level=os.environ.get("ENTENTE_LOG_LEVEL", "INFO"), format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    uvicorn.run(
        "api.app:create_app",
        factory=True,
        host=os.environ.get("ENTENTE_HOST", "127.0.0.1"),
        port=int(os.environ.get("ENTENTE_PORT", "8000")),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        proxy_headers=True,
        forwarded_allow_ips=settings().trusted_proxies,
        timeout_graceful_shutdown=3,  # open streams must not hold back a stop
    )


if __name__ == "__main__":
    main()
