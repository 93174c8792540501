"""Text that would be markup or script if a page let it: in every field of every model, looked at by each role."""

from __future__ import annotations

import json
import random
from urllib.parse import urlencode

import pytest

import schema_core
from metadata_portal.schemaforms import controls
from schema_core.introspect import List, Term, describe, places
from tests import seeds
from tests.conformance.peer import all_examples
from tests.e2e.crawl import pages
from tests.e2e.portal import running_portal
from tests.metadata_portal.schemaforms.reach import KINDS, reach

pytestmark = [pytest.mark.e2e, pytest.mark.alike, pytest.mark.peer, pytest.mark.filterwarnings("ignore")]

SHORT = "'\"><img src=/canary/image onerror=alert(1)>"
TEXT = (
    "'\"--></title></textarea></style></script><img src=/canary/image onerror=alert(1)><svg onload=alert(2)>"
    '<a href="javascript:alert(3)">x</a><div hx-get=/canary/fetch hx-trigger=load hx-on:click=alert(4)>{{7*7}}${7*7}'
)
NODES = 25
NAMES_A_RECORD = ("subject_id", "instrument_id", "name", "version")
TERM = """
from metadata_portal.accounts.models import User
from metadata_portal.registries.services import term_add

data = {{"name": {text!r}, "species": "Mus musculus", "registry": None, "registry_identifier": None}}
manager = User.objects.get(username="manager")
term_add(vocabulary="strains", data=data, aliases=["x " + {text!r}], reason={text!r}, by=manager)
"""
MAKE = """
import json
from pathlib import Path
from metadata_portal.accounts.models import Project, User
from metadata_portal.entries.keys import joined_key
from metadata_portal.entries.kinds import KINDS
from metadata_portal.entries.services import record_create

who = User.objects.get(username="surgeon")
for number, (kind, document) in enumerate(json.loads(Path({file!r}).read_text())):
    parts = {{part.name: "2024-03-10 11:12:13" if "time" in part.name else f"h{{number}}" for part in KINDS[kind].key}}
    key, project = joined_key(kind, parts), Project.objects.first()
    print(record_create(kind=kind, key=key, project=project, by=who, document=document).pk)
"""


def models():
    """Every model that the eight kinds of file lead to: kind, the smallest document, the address, the shape."""
    found = {}
    for kind in KINDS:
        for document, path in reach(kind):
            shape = places(describe(schema_core.KINDS[kind]), document.json, path)[-1].shape
            found.setdefault(shape.model.__name__, (kind, document, path, shape))
    return list(found.values())


def hostile(shape):
    """An object with the text in every field that a control fills, numbers, dates and choices too."""
    made = {"object_type": shape.object_type} if shape.object_type else {}
    for entry in shape.fields:
        if not entry.constant and not entry.deprecated and controls.is_leaf(entry.shape):
            made[entry.name] = _said(entry.shape)
    return made


def _said(shape):
    if isinstance(shape, List):
        return [_said(shape.item)]
    return {"name": TEXT} if isinstance(shape, Term) else TEXT


def submittable(kind, document):
    """A valid document with the text wherever the standard takes any."""
    waiting = [document]
    while waiting:
        here = waiting.pop()
        for key, value in here.items() if isinstance(here, dict) else enumerate(here):
            if isinstance(value, dict | list):
                waiting.append(value)
            elif isinstance(value, str) and key != "object_type" and not (here is document and key in NAMES_A_RECORD):
                here[key] = TEXT
                if any(problem.severity != "warning" for problem in schema_core.validate(document, kind)):
                    here[key] = value
    return document


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal of its own, whose people and terms are as hostile as its records."""
    folder = tmp_path_factory.mktemp("hostile")
    with running_portal(folder) as found:
        found.add_people(surgeon=["surgeon"], manager=["registry manager"], reader=["data user"])
        found.manage(
            "shell", "-c", f"from metadata_portal.accounts.models import User; User.objects.update(name={TEXT!r})"
        )
        files = []
        for kind, text in dict(all_examples().values()).items():
            files.append(folder / f"{kind}.json")
            files[-1].write_text(json.dumps(submittable(kind, json.loads(text))))
        found.manage("import_metadata", *files, "--by", "surgeon", "--reason", TEXT)
        found.open_drafts("surgeon")
        yield found


@pytest.fixture
def watched():
    """``watched(page)`` listens; whatever the text made a browser do is in the list that comes back."""

    def watch(page):
        done = []
        page.on("dialog", lambda dialog: (done.append(f"dialog {dialog.message} on {page.url}"), dialog.dismiss()))
        page.on("request", lambda request: done.append(request.url) if "/canary/" in request.url else None)
        return done

    return watch


def look(page, done, address):
    """Open a page; nothing of the text may have become an element."""
    assert done == [], address
    assert page.locator("img[src*=canary], [hx-get*=canary], a[href^='javascript:'], svg[onload]").count() == 0, address
    return TEXT[:12] in page.content() or "canary" in page.content()


@pytest.mark.parametrize(
    "person", ["surgeon", *(pytest.param(who, marks=pytest.mark.slow) for who in ("manager", "reader", "admin"))]
)
def test_no_page_of_any_role_runs_or_fetches_what_people_typed(portal, sign_in, watched, person):
    page = sign_in(person, viewport={"width": 1280, "height": 900})
    done = watched(page)
    shown = [address for address in pages(page) if look(page, done, address)]
    assert len(shown) >= (3 if person == "reader" else 5)


def drafts_of(portal, folder, chosen):
    """Make a draft for each of these models; give the address of the page of each."""
    file = folder / "drafts.json"
    file.write_text(
        json.dumps([[kind, document.put(path, hostile(shape)).json] for kind, document, path, shape in chosen])
    )
    keys = portal.manage("shell", "-c", MAKE.format(file=str(file))).split()
    return [
        f"/records/{key}/edit/?{urlencode({'at': path})}"
        for key, (_, _, path, _) in zip(keys[-len(chosen) :], chosen, strict=True)
    ]


def look_at_models(portal, page, done, folder, chosen):
    for address in drafts_of(portal, folder, chosen):
        response = page.goto(address)
        assert response.status == 200, address
        assert look(page, done, address), address


def test_the_page_of_a_model_keeps_hostile_text_as_text(portal, sign_in, watched, tmp_path):
    chance = random.Random(seeds.of("HOSTILE_SEED"))
    page = sign_in("surgeon")
    look_at_models(portal, page, watched(page), tmp_path, chance.sample(models(), NODES))


@pytest.mark.slow
def test_the_page_of_every_model_keeps_hostile_text_as_text(portal, sign_in, watched, tmp_path):
    page = sign_in("surgeon")
    look_at_models(portal, page, watched(page), tmp_path, models())


def test_the_name_of_a_file_stays_text(portal, sign_in, watched, tmp_path):
    page = sign_in("surgeon")
    done = watched(page)
    file = tmp_path / "'\"><img src=canary onerror=alert(1)>.json"
    file.write_text(all_examples()["subject"][1])
    page.goto("/records/")
    page.locator("input[type=file]").first.set_input_files(file)
    with page.expect_navigation():
        page.locator("form:has(input[type=file]) button[type=submit]").first.click()
    assert look(page, done, "import")
    assert page.locator("main img").count() == 0


def test_the_name_and_aliases_of_a_term_stay_text(portal, sign_in, watched):
    portal.manage("shell", "-c", TERM.format(text=SHORT))
    page = sign_in("manager")
    done = watched(page)
    page.goto("/registries/strains/?q=canary")
    assert look(page, done, page.url)
    page.locator("main a", has_text="canary").first.click()
    page.wait_for_load_state("networkidle")
    assert look(page, done, page.url)
