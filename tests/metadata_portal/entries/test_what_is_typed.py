"""What people and programs type: nothing is dropped or taken by guessing, no instant moves, no post breaks a page."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import schema_core
from metadata_portal.entries.models import Draft
from schema_core import paths
from tests.conformance.faults import places, steps_to
from tests.forms import forms
from tests.metadata_portal.entries.documents import procedures
from tests.metadata_portal.entries.pages import SURGERY, node_form, post_node, url

QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
KEYS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
ODD = st.one_of(st.integers(0, 9), st.text(max_size=5).filter(str.isprintable), st.just({}), st.just([1]))

# -- unknown keys ------------------------------------------------------------------------------------------------------


def strangers(document, chosen):
    """A document with unknown keys in some of its objects, and the address of each."""
    document = json.loads(json.dumps(document))
    objects = [document, *(here[key] for here, key in places(document) if isinstance(here[key], dict))]
    added = {}
    for number, key, value in chosen:
        holder = objects[number % len(objects)]
        if key not in holder:
            holder[key] = value
            added[paths.join((*(() if holder is document else where(document, holder)), key))] = value
    return document, added


def where(document, holder):
    return next((*steps_to(document, here), key) for here, key in places(document) if here[key] is holder)


CHOSEN = st.lists(st.tuples(st.integers(0, 99), KEYS.map(lambda key: f"x {key}"), ODD), min_size=1, max_size=5)


@settings(max_examples=8, deadline=None, suppress_health_check=QUIET)
@given(chosen=CHOSEN)
def test_unknown_keys_of_an_import_are_told_kept_and_survive_a_save(client, project, chosen):
    document, added = strangers(procedures(), chosen)
    file = SimpleUploadedFile("procedures.json", json.dumps(document).encode())
    answer = client.post("/records/import/", {"file": file})
    form = next(form for form in forms(answer.content.decode()) if ("do", "draft") in form.buttons)
    client.post("/records/import/", form.data(do="draft"))
    draft = Draft.objects.latest("pk")
    told = {problem.path for problem in schema_core.validate(draft.data, "procedures")}
    assert draft.data == document
    assert set(added) - in_free_places(document, added) <= told
    assert post_node(client, draft.record, {"notes": "saved"}).status_code == 303
    draft.refresh_from_db()
    assert {path: paths.get(draft.data, path) for path in added} == added
    draft.record.delete()


def in_free_places(document, added):
    """Keys that stand where the standard takes any: inside what is unknown itself."""
    return {path for path in added if any(path != other and path.startswith(f"{other}.") for other in added)}


@settings(max_examples=10, deadline=None, suppress_health_check=QUIET)
@given(name=KEYS, value=st.text(max_size=5).filter(str.isprintable))
def test_a_posted_name_that_no_field_has_is_refused_by_name(client, make_draft, name, value):
    draft = make_draft()
    form = node_form(client, draft.record)
    answer = client.post(url("record-edit", draft.record), form.data(**{f"x{name}": value}, do="save"))
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert (draft.data, draft.version) == (procedures(), 1)
    draft.record.delete()


# -- clocks ------------------------------------------------------------------------------------------------------------

GAPS = [
    ("America/Los_Angeles", "2026-03-08 02:30"),
    ("Europe/London", "2026-03-29 01:30"),
    ("Australia/Lord_Howe", "2026-10-04 02:15"),
]
FOLDS = [
    ("America/Los_Angeles", "2026-11-01 01:30"),
    ("Europe/London", "2026-10-25 01:30"),
    ("Australia/Lord_Howe", "2026-04-05 01:45"),
]
PLAIN = [
    ("America/Los_Angeles", "2026-03-08 03:30", "2026-03-08T03:30:00-07:00"),
    ("America/Los_Angeles", "2026-11-01 02:30", "2026-11-01T02:30:00-08:00"),
    ("Europe/London", "2026-03-29 02:30", "2026-03-29T02:30:00+01:00"),
    ("Europe/London", "2026-10-25 00:30", "2026-10-25T00:30:00+01:00"),
    ("Australia/Lord_Howe", "2026-10-04 02:45", "2026-10-04T02:45:00+11:00"),
    ("Australia/Lord_Howe", "2026-04-05 02:15", "2026-04-05T02:15:00+10:30"),
]


@pytest.fixture(params=["UTC", "Asia/Kolkata", "Pacific/Apia"])
def server_zone(request):
    """The machine's own zone, which nothing may depend on."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.fixture
def session(client, make_draft):
    """``session(text)`` types the start of an acquisition, and gives what is stored and the page that shows it."""
    draft = make_draft({"object_type": "Acquisition"}, kind="acquisition", key="1_2026-03-08_01-00-00")

    def enter(text):
        form = node_form(client, draft.record, "")
        name = form.paths["acquisition_start_time"]
        answer = client.post(url("record-edit", draft.record), form.data(**{name: text}, do="save"))
        assert answer.status_code == 303
        draft.refresh_from_db()
        return draft.data.get("acquisition_start_time"), client.get(url("record-edit", draft.record)).content.decode()

    return enter


@pytest.mark.parametrize(("zone", "text"), [*GAPS, *FOLDS])
def test_a_time_that_the_labs_clock_skips_or_repeats_is_kept_as_typed_and_asked_about(
    settings, server_zone, session, zone, text
):
    settings.TIME_ZONE = zone
    stored, page = session(text)
    assert stored == text
    assert 'data-problem-path="acquisition_start_time"' in page


@pytest.mark.parametrize(("zone", "text", "wanted"), PLAIN)
def test_a_time_beside_the_change_of_the_clock_gets_its_offset_whatever_the_servers_zone(
    settings, server_zone, session, zone, text, wanted
):
    settings.TIME_ZONE = zone
    stored, _ = session(text)
    assert stored == wanted
    local = dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    assert dt.datetime.fromisoformat(stored) == local


@pytest.mark.parametrize(
    "text", ["0001-01-01 00:00", "0001-01-01T00:00:00+14:00", "9999-12-31 23:59", "9999-12-31T23:59:59-12:00"]
)
def test_the_first_and_the_last_year_break_no_page(settings, server_zone, session, text):
    settings.TIME_ZONE = "Australia/Lord_Howe"
    stored, page = session(text)
    assert stored[:10] == text[:10]
    assert text[:4] in page


# -- lax reading -------------------------------------------------------------------------------------------------------

GUESSES = ["1_000", "True", "1767225600", "NaN", "1e400", "0x10", "١٢", "1,5", "12.0.0"]


@pytest.mark.parametrize("text", GUESSES)
@pytest.mark.parametrize("field", ["animal_weight_prior", "start_date"])
def test_what_parsers_guess_is_shown_as_typed_and_asked_about(client, make_draft, field, text):
    if (field, text) == ("animal_weight_prior", "1767225600"):
        return  # a number, if a heavy animal
    draft = make_draft()
    assert post_node(client, draft.record, {field: text}).status_code == 303
    draft.refresh_from_db()
    page = client.get(url("record-edit", draft.record, at=SURGERY)).content.decode()
    shown = dict(node_form(client, draft.record).fields)[node_form(client, draft.record).paths[f"{SURGERY}.{field}"]]
    assert (draft.data["subject_procedures"][0][field], shown) == (text, text)
    assert f'data-problem-path="{SURGERY}.{field}"' in page


def test_a_whole_number_written_with_a_point_is_stored_as_the_number_that_is_shown(client, make_draft):
    draft = make_draft()
    assert post_node(client, draft.record, {"animal_weight_prior": "12.0"}).status_code == 303
    draft.refresh_from_db()
    form = node_form(client, draft.record)
    assert draft.data["subject_procedures"][0]["animal_weight_prior"] == 12
    assert dict(form.fields)[form.paths[f"{SURGERY}.animal_weight_prior"]] == "12"


# -- confused types ----------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=6)


@settings(max_examples=20, deadline=None, suppress_health_check=QUIET)
@given(data=st.data())
def test_lists_for_scalars_and_names_given_twice_break_no_page_and_change_nothing(client, make_draft, data):
    draft = make_draft()
    form = node_form(client, draft.record)
    fields = {}
    for name, value in form.fields:
        fields.setdefault(name, []).append(value)
    for name in data.draw(st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=3, unique=True)):
        how = data.draw(st.sampled_from(["twice", "indexed", "bracket", "gone"]))
        if how == "twice":
            fields[name] = [*fields[name], data.draw(TEXTS)]
        elif how == "gone":
            del fields[name]
        else:
            fields[f"{name}-0" if how == "indexed" else f"{name}[]"] = fields.pop(name)
    answer = client.post(url("record-edit", draft.record), {**fields, "do": "save"})
    assert answer.status_code in {200, 303, 400, 401, 404, 409, 422, 428}, fields
    draft.refresh_from_db()
    if answer.status_code >= 400:
        assert (draft.data, draft.version) == (procedures(), 1)
    draft.record.delete()
