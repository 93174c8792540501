"""From an empty database to somebody who can sign in."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import AuditEvent, Project, User

pytestmark = pytest.mark.django_db


def quickstart() -> str:
    out = StringIO()
    call_command("quickstart", stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def no_preset(monkeypatch):
    monkeypatch.delenv("PORTAL_ADMIN_PASSWORD", raising=False)


def test_the_first_run_prints_a_password_that_works():
    found = re.search(r"Sign in as admin with the password (\S+)", quickstart())
    client = Client()
    assert client.post("/accounts/login/", {"login": "admin", "password": found.group(1)})["Location"] == "/"
    assert client.get("/people/").status_code == 200
    admin = User.objects.get()
    assert admin.role_names == {roles.ADMINISTRATOR}
    assert list(admin.projects.all()) == list(Project.objects.all())


def test_passwords_differ_between_set_ups():
    first = quickstart()
    AuditEvent.objects.all().delete()
    User.objects.all().delete()
    assert re.search(r"password (\S+)", quickstart()).group(1) not in first


def test_a_second_run_changes_nothing_and_prints_no_password():
    quickstart()
    before = User.objects.get().password
    assert "password" not in quickstart()
    assert User.objects.get().password == before
    assert Project.objects.count() == 1


def test_a_preset_password_is_used_and_not_printed(monkeypatch):
    monkeypatch.setenv("PORTAL_ADMIN_PASSWORD", "a-preset-secret-1")
    assert "a-preset-secret-1" not in quickstart()
    assert User.objects.get().check_password("a-preset-secret-1")


def test_a_short_preset_password_is_taken_with_a_warning(monkeypatch, capsys):
    monkeypatch.setenv("PORTAL_ADMIN_PASSWORD", "tiny-one")
    quickstart()
    assert "PORTAL_ADMIN_PASSWORD is short" in capsys.readouterr().err
    assert User.objects.get().check_password("tiny-one")


def test_a_preset_password_changes_no_existing_account(monkeypatch):
    quickstart()
    monkeypatch.setenv("PORTAL_ADMIN_PASSWORD", "a-preset-secret-1")
    quickstart()
    assert not User.objects.get().check_password("a-preset-secret-1")
