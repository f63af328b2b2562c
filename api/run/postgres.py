"""PostgreSQL for a data folder: the one of `DATABASE_URL`, or our own on loopback, started here and stopped cleanly.

with running_postgres(Path("var/postgres")) as url: ...

python -m api.run.postgres var/postgres        (stays in front; Ctrl-C stops it)
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from api.run.postgres_programs import NoPostgres, Programs, find_programs, open_the_way

DATABASE = "entente"
OWNER = "entente"
READY_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class Server:
    url: str
    data_folder: Path | None = None  # None: not ours, never stopped by us
    programs: Programs | None = None

    def stop(self) -> None:
        """Fast shutdown: running statements are cancelled, everything committed is on disk."""
        if self.data_folder and self.programs:
            _pg_ctl(self.programs, self.data_folder, "stop", "-m", "fast", "-w", "-t", "30")


def start(data_folder: Path, options: Mapping[str, str] | None = None) -> Server:
    """A server that answers. `options` are PostgreSQL settings. Raises NoPostgres with a sentence that says what to do."""
    given = os.environ.get("DATABASE_URL") or os.environ.get("ENTENTE_DATABASE_URL")
    if given:
        return _given(given)
    return start_own(data_folder, options)


def start_own(data_folder: Path, options: Mapping[str, str] | None = None) -> Server:
    """Our own server, whatever the environment says. One that already runs on this folder is used as it is."""
    data_folder = data_folder.resolve()
    programs = prepare(data_folder)
    port = _port_of_running(data_folder)
    if port is None:
        port = _free_port()
        _launch(programs, data_folder, port, options or {})
    url = address(data_folder, port)
    create_database(url)
    return Server(url, data_folder, programs)


def prepare(data_folder: Path) -> Programs:
    """The programs to run on a data folder, which is made if need be."""
    programs = find_programs()
    if not (data_folder / "PG_VERSION").exists():
        _initialise(programs, data_folder)
    _refuse_other_version(programs, data_folder)
    return programs


def running_address(data_folder: Path) -> str | None:
    """The address of our server on this folder where one runs, for a command typed beside it; else None."""
    port = _port_of_running(data_folder.resolve()) if (data_folder / "postmaster.pid").exists() else None
    return address(data_folder, port) if port else None


def address(data_folder: Path, port: int, database: str = DATABASE) -> str:
    """Where our own server on this folder answers; before the folder is made, an address that nobody answers."""
    return f"postgresql://{OWNER}:{quote(_password(data_folder))}@127.0.0.1:{port}/{database}"


def server_command(
    programs: Programs, data_folder: Path, port: int, options: Mapping[str, str] | None = None
) -> list[str]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "200",
        **(options or {}),
    }
    return [
        programs.path("postgres"),
        "-D",
        str(data_folder),
        *(f"--{name}={value}" for name, value in settings.items()),
    ]


def stop_left_behind(programs: Programs, data_folder: Path) -> None:
    """A server whose starter was killed still holds the folder; nothing happens where there is none."""
    if _port_of_running(data_folder) is not None:
        _pg_ctl(programs, data_folder, "stop", "-m", "fast", "-w", "-t", "30")


def create_database(url: str) -> None:
    """Unless it is there already."""
    with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            connection.execute(f"create database {DATABASE}")


@contextmanager
def running_postgres(data_folder: Path, options: Mapping[str, str] | None = None) -> Iterator[str]:
    server = start(data_folder, options)
    try:
        yield server.url
    finally:
        server.stop()


def _given(url: str) -> Server:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as error:
        raise NoPostgres(f"DATABASE_URL is set, but that PostgreSQL does not answer: {error}") from error
    return Server(url)


def _initialise(programs: Programs, data_folder: Path) -> None:
    data_folder.mkdir(parents=True, exist_ok=True)
    if any(data_folder.iterdir()):
        raise NoPostgres(f"{data_folder} is neither empty nor a PostgreSQL data folder.")
    open_the_way(data_folder, programs)
    open_the_way(programs.folder / "postgres", programs)
    secret = data_folder.with_name(data_folder.name + ".password")
    secret.write_text(secrets.token_urlsafe(24))
    secret.chmod(0o600)
    for path in (data_folder, secret):
        _give(path, programs)
    # The same rules of comparison everywhere: Unicode letters known, order by code point, no system locale needed.
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if programs.major >= 17
        else ["--locale=C.UTF-8"]
    )
    command = [programs.path("initdb"), "-D", str(data_folder), "-U", OWNER, "-E", "UTF8", *locale]
    done = _run(programs, [*command, "--auth=scram-sha-256", "--pwfile", str(secret)])
    if done.returncode:
        shutil.rmtree(data_folder, ignore_errors=True)
        secret.unlink(missing_ok=True)
        raise NoPostgres(f"initdb failed in {data_folder}:\n{done.stdout}{done.stderr}")
    secret.rename(data_folder / "entente.password")


def _launch(programs: Programs, data_folder: Path, port: int, options: Mapping[str, str]) -> None:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "200",
        **options,
    }
    command = [
        programs.path("postgres"),
        "-D",
        str(data_folder),
        *(f"--{name}={value}" for name, value in settings.items()),
    ]
    with open(data_folder / "server.log", "ab") as log:
        # Its own session: Ctrl-C in the terminal must reach the supervisor alone, which stops PostgreSQL last.
        process = subprocess.Popen(  # type: ignore[call-overload]
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",
            **programs.run_as(),
        )
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while not _answers(port, _password(data_folder)):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise NoPostgres(f"PostgreSQL did not start on {data_folder}:\n{_last_lines(data_folder / 'server.log')}")
        time.sleep(0.05)


def _answers(port: int, password: str) -> bool:
    try:
        psycopg.connect(
            host="127.0.0.1", port=port, user=OWNER, password=password, dbname="postgres", connect_timeout=5
        ).close()
    except psycopg.OperationalError:
        return False
    return True


def _port_of_running(data_folder: Path) -> int | None:
    """The port of a server left running on this folder (its starter was killed), or None."""
    try:
        lines = (data_folder / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), 0)
        port = int(lines[3])
    except (OSError, IndexError, ValueError):
        return None
    return port if _answers(port, _password(data_folder)) else None


def _refuse_other_version(programs: Programs, data_folder: Path) -> None:
    held = int((data_folder / "PG_VERSION").read_text().split(".")[0])
    if held != programs.major:
        raise NoPostgres(
            f"{data_folder} was made by PostgreSQL {held}, and {programs.folder} is {programs.major}: upgrade it"
            " with pg_upgrade or choose another folder."
        )


def _pg_ctl(programs: Programs, data_folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(programs, [programs.path("pg_ctl"), "-D", str(data_folder), *arguments])


def _run(programs: Programs, command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **programs.run_as())  # type: ignore[call-overload,no-any-return]


def _give(path: Path, programs: Programs) -> None:
    owner = programs.owner()
    if owner:
        os.chown(path, *owner)


def _password(data_folder: Path) -> str:
    kept = data_folder / "entente.password"
    return kept.read_text().strip() if kept.exists() else ""


def _last_lines(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:]) if log.exists() else "(no log)"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    try:
        with running_postgres(Path(sys.argv[1] if len(sys.argv) > 1 else "var/postgres")) as url:
            print(url, flush=True)
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            signal.pause()
    except NoPostgres as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
