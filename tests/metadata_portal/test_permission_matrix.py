"""Every address x method x person gets the answer that permissions.yaml names; an address it lacks fails."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from metadata_portal.accounts.carrying import PERSON
from metadata_portal.accounts.sessions import PUBLIC_VIEWS
from tests.forms import forms
from tests.metadata_portal.world import ROLES, make_world

# what a test changes is taken back at its end; the world stays for the next
pytestmark = pytest.mark.django_db

MATRIX = yaml.safe_load(Path(__file__).with_name("permissions.yaml").read_text())
# the other methods are refused by the view, whoever asks
FEW_ROLES = ("anonymous", "stranger", "administrator")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# what a method that no row names may answer: sign in, refused, not found, not this way
CLOSED = {302, 403, 404, 405}


def routes(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    """Every route of the portal, spelled as in its urls.py."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        found += routes(entry, route) if isinstance(entry, URLResolver) else [route]
        assert isinstance(entry, URLPattern | URLResolver)
    return found


def row_of(route: str) -> dict | None:
    """The row of a route: its own, else the first pattern that covers it."""
    if route in MATRIX:
        return MATRIX[route]
    return next((row for key, row in MATRIX.items() if "*" in key and fnmatchcase(route, key)), None)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The world, made once and rolled back at the end."""
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def address_of(route: str, row: dict, names: dict) -> str:
    """The route with the world's names in the places of its arguments."""
    address = row.get("address", "/" + route)
    for place, name in (row.get("args") or {}).items():
        address = address.replace(place, str(names.get(name, name)))
    assert "<" not in address, f"args of {route} lack a part of {address}"
    return address


def send(world, role: str, method: str, address: str, row: dict) -> tuple[int, bytes]:
    """The status and body that a person gets; whatever it changed is taken back."""
    client = world.clients[role]
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, address) if method != "POST" else client.post(address, row.get("data") or {})
        body = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    assert "default-src 'none'" in response["Content-Security-Policy"], f"{method} {address} has no content policy"
    return response.status_code, body


def test_every_address_of_the_portal_has_a_row():
    assert [route for route in routes() if row_of(route) is None] == []


def test_every_row_is_about_an_address_of_the_portal():
    known = routes()
    assert [
        key for key in MATRIX if key not in known and not any("*" in key and fnmatchcase(r, key) for r in known)
    ] == []


@pytest.mark.parametrize("route", routes())
def test_each_person_gets_the_answer_of_the_matrix(world, route):
    row = row_of(route)
    assert row is not None, f"permissions.yaml has no row for {route}"
    address = address_of(route, row, world.names)
    wrong = []
    for method in METHODS:
        for role in ROLES if method in {"GET", "POST"} else FEW_ROLES:
            status, _body = send(world, role, method, address, row)
            allowed = allowed_answers(row, method, role)
            if status not in allowed:
                wrong.append(f"{method} by {role}: {status}, not {sorted(allowed)}")
    assert not wrong, "\n".join(wrong)


def allowed_answers(row: dict, method: str, role: str) -> set[int]:
    """What a person may get: the row's answer, else a refusal."""
    if method == "HEAD":
        # some pages answer it as GET, the others not at all
        return allowed_answers(row, "GET", role) | {405}
    named = row.get(method) if method in {"GET", "POST"} else row.get(method, row.get("OTHER"))
    if named is not None:
        return {int(str(named).split()[ROLES.index(role)])}
    # OPTIONS of class-based views says which methods there are, and changes nothing; allauth counts it as an attempt
    return CLOSED | ({200, 429} if method == "OPTIONS" else set())


def test_every_form_says_whose_page_it_stands_on(world):
    client = world.clients["administrator"]
    person = client.session["_auth_user_id"]
    seen, silent = 0, []
    for route in routes():
        row = row_of(route)
        address = address_of(route, row, world.names)
        status, body = send(world, "administrator", "GET", address, row)
        if status != 200 or b"<form" not in body:
            continue
        for form in forms(body.decode()):
            if form.method.lower() == "post":
                seen += 1
                silent += [f"{address} {form.action}"] if (PERSON, person) not in form.fields else []
    assert silent == []
    assert seen > 50


def test_no_address_takes_a_form_of_somebody_else(world):
    client, other = world.clients["administrator"], world.names["person"]
    for route in routes():
        address = address_of(route, row_of(route), world.names)
        if resolve(address.partition("?")[0]).view_name in PUBLIC_VIEWS:
            continue
        answer = client.post(address, {PERSON: other, "reason": "typed by another"})
        assert answer.status_code == 401, address
        assert "Sign in again" in answer.content.decode()


def test_no_address_takes_a_form_without_its_token(world):
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.clients["administrator"].cookies.copy()
    addresses = [address_of(route, row_of(route), world.names) for route in routes()]
    assert {address: client.post(address).status_code for address in addresses} == dict.fromkeys(addresses, 403)


@pytest.mark.parametrize("text", ["%00", "%ED%A0%80", "%FF", "%1B", "%EF%BF%BE", "%E2%80%AE"])
def test_no_address_takes_characters_that_cannot_be_kept(world, text):
    client = world.clients["administrator"]
    addresses = [address_of(route, row_of(route), world.names) for route in routes()]
    asked = {address: client.get(f"{address}?q=a{text}b").status_code for address in addresses}
    assert asked == dict.fromkeys(addresses, 400)
    form = {"data": f"name=a{text}b", "content_type": "application/x-www-form-urlencoded"}
    posted = {address: client.post(address, **form).status_code for address in addresses}
    assert posted == dict.fromkeys(addresses, 422)


def test_a_page_tells_strangers_nothing_of_other_projects(world):
    secrets = {name: str(world.names[name]).encode() for name in ("record", "asset", "bundle", "subject", "project")}
    told = []
    for route in routes():
        if not route.startswith("admin/"):
            row = row_of(route)
            _status, body = send(world, "stranger", "GET", address_of(route, row, world.names), row)
            told += [f"{route} tells the {name}" for name, secret in secrets.items() if secret in body]
    assert told == []
