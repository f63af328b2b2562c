"""`python -m api.run.postgres_in_front FOLDER PORT`: makes the data folder if need be, then becomes PostgreSQL itself.

The process a supervisor starts is then the server, not somebody who holds its hand: its end is seen, its signals are its own.
"""

from __future__ import annotations

import os
import pwd
import signal
import sys
from pathlib import Path
from typing import NoReturn

from api.run.postgres import prepare, server_command, stop_left_behind
from api.run.postgres_programs import NoPostgres
from api.run.process import die_with_parent

# Who reads the log sees what goes wrong, not how the server keeps house.
QUIET = {"log_checkpoints": "off", "log_min_messages": "warning", "log_line_prefix": ""}


def main() -> NoReturn:
    data_folder, port = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    try:
        programs = prepare(data_folder)
    except NoPostgres as error:
        sys.exit(str(error))
    stop_left_behind(programs, data_folder)
    command = server_command(programs, data_folder, port, QUIET)
    os.chdir("/")
    if programs.user:
        entry = pwd.getpwnam(programs.user)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
        die_with_parent(signal.SIGINT)  # again: changing user forgets it
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
