"""Settings come from the environment, and unsafe ones refuse to start."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

SHOW = "from django.conf import settings as s; import django; django.setup(); print(getattr(s, {name!r}))"


def start(tmp_path, name="DEBUG", **env):
    """Start Django with only these variables and show one setting."""
    return subprocess.run(
        [sys.executable, "-c", SHOW.format(name=name)],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "metadata_portal.settings"}
        | {"PORTAL_VAR": str(tmp_path / "var")}
        | env,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_fresh_clone_starts_without_debugging_on_this_machine_only(tmp_path):
    assert start(tmp_path).stdout.strip() == "False"
    assert start(tmp_path, "ALLOWED_HOSTS").stdout.strip() == "['localhost', '127.0.0.1', '[::1]']"


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = start(tmp_path, "SECRET_KEY").stdout.strip()
    assert len(first) >= 50
    assert start(tmp_path, "SECRET_KEY").stdout.strip() == first
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_secret_that_others_can_read_is_refused(tmp_path):
    start(tmp_path)
    (tmp_path / "var" / "secret_key").chmod(0o644)
    assert "can be read by others" in start(tmp_path).stderr


@pytest.mark.parametrize(
    ("env", "message"),
    [
        ({"PORTAL_HOSTS": "*"}, "PORTAL_HOSTS is '*'"),
        ({"PORTAL_HOSTS": "portal.lab.org", "PORTAL_DEBUG": "1"}, "PORTAL_DEBUG=1 shows secrets"),
        ({"PORTAL_SECRET_KEY": "secret"}, "PORTAL_SECRET_KEY is too weak"),
        ({"PORTAL_SECRET_KEY": "a" * 60}, "PORTAL_SECRET_KEY is too weak"),
        ({"PORTAL_TIME_ZONE": "Mars/Olympus"}, "PORTAL_TIME_ZONE is 'Mars/Olympus'"),
        ({"PORTAL_DEBUG": "maybe"}, "PORTAL_DEBUG is 'maybe'"),
        ({"PORTAL_IDLE_MINUTES": "5"}, "PORTAL_IDLE_MINUTES is '5': give a whole number of at least 10"),
        ({"PORTAL_SESSION_HOURS": "long"}, "PORTAL_SESSION_HOURS is 'long'"),
        ({"PORTAL_CLASSES": "no_such_lab"}, "PORTAL_CLASSES: no_such_lab cannot be loaded"),
    ],
)
def test_an_unsafe_or_unknown_setting_refuses_to_start(tmp_path, env, message):
    result = start(tmp_path, **env)
    assert result.returncode != 0
    assert message in result.stderr


def test_cookies_are_for_https_only_as_soon_as_others_can_reach_the_site(tmp_path):
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert start(tmp_path, name).stdout.strip() == "False"
        assert start(tmp_path, name, PORTAL_HOSTS="portal.lab.org").stdout.strip() == "True"


def test_sqlite_waits_for_its_turn_and_keeps_foreign_keys(db):
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] >= 5000


def test_a_sqlite_file_is_written_ahead(tmp_path):
    code = (
        "import django; django.setup(); from django.db import connection as c; k = c.cursor();"
        "k.execute('PRAGMA journal_mode'); print(k.fetchone()[0])"
    )
    env = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "metadata_portal.settings",
        "PORTAL_VAR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "wal"


LAB = """
import schema_core
from schema_core.components.devices import Device

@schema_core.register
class SettingsDrill(Device):
    speed: float
"""


def test_a_labs_own_classes_are_there_from_the_start(tmp_path):
    (tmp_path / "settings_lab.py").write_text(LAB, encoding="utf-8")
    code = (
        "import django; django.setup(); from schema_core.core.instrument import Instrument; "
        "print('SettingsDrill' in Instrument.model_json_schema()['$defs'])"
    )
    env = {"DJANGO_SETTINGS_MODULE": "metadata_portal.settings", "PORTAL_VAR": str(tmp_path / "var")}
    for classes, expected in (("settings_lab", "True"), ("", "False")):
        result = subprocess.run(
            [sys.executable, "-c", code],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path), "PORTAL_CLASSES": classes, **env},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (result.stdout.strip(), result.stderr) == (expected, "")
