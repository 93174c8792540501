"""The portal as an administrator starts it: a process of its own, two workers, an empty database."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "browser-tests-only-7Q"
START_SECONDS = 30
PEOPLE = """
from metadata_portal.accounts.models import Project, User
from metadata_portal.accounts.services import password_set, user_create
project = Project.objects.order_by("pk").first()
for name, roles in {people!r}.items():
    user = user_create(username=name, name=name.title(), role_names=roles, projects=[project], by=None)
    password_set(user=user, password={password!r}, by=None)
"""

MEMBERS = """
from metadata_portal.accounts.models import Project, User
for project in Project.objects.all():
    project.members.add(*User.objects.all())
"""
DRAFTS = """
from metadata_portal.accounts.models import User
from metadata_portal.entries.models import Record
from metadata_portal.entries.services import draft_open
for record in Record.objects.all():
    draft_open(record=record, by=User.objects.get(username={editor!r}))
"""


COMMANDS = """
import contextlib, io, json, os, sys, traceback
import django
from django.core.management import call_command
from django.db import connections
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metadata_portal.settings")
django.setup()
from metadata_portal.registries.overlay import forget
for line in sys.stdin:
    said, failed = io.StringIO(), ""
    forget()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            call_command(*json.loads(line))
        except BaseException:
            failed = traceback.format_exc()
    connections.close_all()
    print(json.dumps({"said": said.getvalue(), "failed": failed}), flush=True)
"""


class Server:
    """gunicorn with two workers, as `make run` starts it; it can be killed and started again at its address."""

    def __init__(self, port: int, environment: dict[str, str], log: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.log = log
        self._environment = environment
        bind = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--no-control-socket"]
        self._command = [sys.executable, "-m", "gunicorn", *bind, "metadata_portal.wsgi"]
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it, and return once it answers."""
        with self.log.open("a") as output:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=output, stderr=output, start_new_session=True
            )
        wait_until_it_answers(self.url, self._process, self.log)

    def stop(self) -> None:
        """Let it finish what it does, and end it."""
        if self._process:
            self._process.send_signal(signal.SIGINT)
            self._process.wait()

    def kill(self) -> None:
        """End it and its workers at once, whatever they are doing."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Manager:
    """Runs management commands one after another in one process: each as if it had just started, without its start."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._process: subprocess.Popen | None = None

    def run(self, *words: Any) -> str:
        """Run a management command and return what it printed."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-c", COMMANDS],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        self._process.stdin.write(json.dumps([str(word) for word in words]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The process of management commands ended at {words[0]}.")
        done = json.loads(answer)
        if done["failed"]:
            raise RuntimeError(f"{words[0]} failed:\n{done['said']}\n{done['failed']}")
        return done["said"]

    def stop(self) -> None:
        """End the process."""
        if self._process:
            self._process.communicate()


@dataclass(frozen=True)
class Portal:
    """A running portal: its address, and its management commands."""

    url: str
    environment: dict[str, str] = field(repr=False)
    log: Path
    server: Server = field(repr=False)
    manager: Manager = field(repr=False)

    def manage(self, *words: Any) -> str:
        """Run a management command on this portal's database and return what it printed."""
        return self.manager.run(*words)

    def add_people(self, **people: list[str]) -> None:
        """Make people with these roles in the first project; all share PASSWORD."""
        self.manage("shell", "-c", PEOPLE.format(people=people, password=PASSWORD))

    def add_to_all_projects(self) -> None:
        """Let everyone see every project."""
        self.manage("shell", "-c", MEMBERS)

    def open_drafts(self, editor: str) -> None:
        """Give this person a draft of every record."""
        self.manage("shell", "-c", DRAFTS.format(editor=editor))


def manage(environment: dict[str, str], *words: Any) -> str:
    """Run a management command and return what it printed."""
    command = [sys.executable, "manage.py", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:3])} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def running_portal(folder: Path) -> Iterator[Portal]:
    """Set up a portal whose files live in the folder, serve it, and remove its database at the end."""
    with empty_database(folder) as database:
        environment = os.environ | database | {"PORTAL_VAR": str(folder / "var"), "PORTAL_ADMIN_PASSWORD": PASSWORD}
        manage(environment, "quickstart")
        server, manager = Server(free_port(), environment, folder / "server.log"), Manager(environment)
        server.start()
        try:
            yield Portal(server.url, environment, server.log, server, manager)
        finally:
            manager.stop()
            server.stop()


@contextlib.contextmanager
def empty_database(folder: Path) -> Iterator[dict[str, str]]:
    """Give the environment that names an empty database: on DATABASE_URL's server if it is set, else SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {"DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}"}
        return
    name = f"portal_e2e_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'create database "{name}"')
        try:
            yield {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        finally:
            server.execute(f'drop database "{name}" with (force)')


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_it_answers(url: str, server: subprocess.Popen, log: Path) -> None:
    """Return once the health page answers; fail with the server's own words when it does not."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(f"{url}/health/"):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The portal did not start:\n{log.read_text()}")
