"""A new term is live at the next request in every process."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.conformance.peer import ROOT

# one process of the site: answers each line on its input, an address or a strain to add, with a line of JSON
SERVER = """
import json, sys
import django
django.setup()
from django.test import Client
from metadata_portal.accounts import roles
from metadata_portal.accounts.models import User
from metadata_portal.accounts.services import user_create
from metadata_portal.registries.services import term_add
from schema_core.core.subject import Subject
from schema_core.registries.species import Strain
from pydantic import TypeAdapter, ValidationError

person = User.objects.filter(username="r").first()
if person is None:
    person = user_create(username="r", name="R", role_names=[roles.REGISTRY_MANAGER], by=None)
client = Client(headers={"host": "localhost"})
client.force_login(person)
for line in sys.stdin:
    order = json.loads(line)
    if "add" in order:
        client.post("/registries/strains/new/", {"name": order["add"], "species": "Mus musculus"})
    page = client.get("/registries/strains/options/", {"q": order["see"]}).text
    try:
        valid = bool(TypeAdapter(Strain.ONE_OF).validate_python({"name": order["see"]}))
    except ValidationError:
        valid = False
    schema = json.dumps(Subject.model_json_schema())
    found = client.get("/api/registries/strains/terms", {"q": order["see"]}).json()["terms"]
    print(json.dumps({
        "offered": order["see"] in page,
        "valid": valid,
        "looked up": Strain.vocabulary.get(order["see"].lower()) is not None,
        "in JSON Schema": json.dumps(order["see"]) in schema,
        "in the API": [one["key"] for one in found] == [order["see"]],
    }), flush=True)
"""


@pytest.fixture
def environment(request, tmp_path):
    """A database that processes can share: the test's own on PostgreSQL, a file on SQLite."""
    found = {**os.environ, "PORTAL_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "metadata_portal.settings"}
    found.pop("DATABASE_URL", None)
    if connection.vendor == "postgresql":
        request.getfixturevalue("transactional_db")
        settings = connection.settings_dict
        host, port = settings["HOST"] or "127.0.0.1", settings["PORT"] or 5432
        found["DATABASE_URL"] = f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}:{port}/{settings['NAME']}"
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=found, check=True)
    return found


def ask(process, **order):
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def test_a_term_added_in_one_process_is_offered_and_valid_in_another_at_its_next_request(environment):
    def start():
        return subprocess.Popen(
            [sys.executable, "-c", SERVER],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    with start() as one:
        assert set(ask(one, see="FVB/NJ").values()) == {False}
        with start() as two:
            assert set(ask(two, see="FVB/NJ").values()) == {False}
            assert set(ask(one, add="FVB/NJ", see="FVB/NJ").values()) == {True}
            told = ask(two, see="FVB/NJ")
            assert told == dict.fromkeys(("offered", "valid", "looked up", "in JSON Schema", "in the API"), True)
            two.stdin.close()
        one.stdin.close()
