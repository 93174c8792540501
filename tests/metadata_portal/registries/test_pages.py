"""The pages of the registries, as people use them."""

import re

import pytest
from django.urls import reverse

from metadata_portal.accounts import roles
from metadata_portal.registries.loading import stock_load
from metadata_portal.registries.models import RegistryVersion, Term
from metadata_portal.registries.services import term_add
from schema_core.registries import vocabularies
from schema_core.registries.species import Strain

FVB = {
    "name": "FVB/NJ",
    "species": "Mus musculus",
    "registry": "Mouse Genome Informatics (MGI)",
    "registry_identifier": "MGI:2163709",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def stock(django_db_setup, django_db_blocker):
    """The packaged terms, loaded once for all these tests."""
    with django_db_blocker.unblock():
        stock_load()
    yield
    with django_db_blocker.unblock():
        Term.objects.all().delete()
        RegistryVersion.objects.update(number=0, digest="")


@pytest.fixture
def manager(client_for):
    """A registry manager at the browser."""
    return client_for(roles.REGISTRY_MANAGER)


def names(response):
    return [term.name for term in response.context["page"]]


def test_a_strain_added_on_the_page_is_valid_and_offered_at_the_next_request(manager, client_for):
    answer = manager.post(reverse("registries:term-new", args=["strains"]), {**FVB, "aliases": "FVB"}, follow=True)
    assert answer.status_code == 200
    assert "FVB/NJ is saved and offered from now on." in answer.text
    offered = client_for(roles.SURGEON).get(reverse("registries:term-options", args=["strains"]), {"q": "fvb"})
    assert '<option value="FVB/NJ">MGI:2163709</option>' in offered.text
    assert Strain.vocabulary.get("FVB").name == "FVB/NJ"


def test_an_institute_added_on_the_page_may_lack_everything_but_its_name(manager):
    manager.post(reverse("registries:term-new", args=["organizations"]), {"name": "Our Institute"})
    term = Term.objects.get(vocabulary="organizations", name="Our Institute")
    assert term.data == {
        "name": "Our Institute",
        "abbreviation": None,
        "registry": None,
        "registry_identifier": None,
    }


def test_a_strain_of_rats_is_kept_with_a_warning(manager):
    rat = {"name": "Long-Evans", "species": "Rattus norvegicus"}
    page = manager.post(reverse("registries:term-new", args=["strains"]), rat, follow=True)
    assert "has no subject for Rattus norvegicus" in page.text
    assert page.context["term"].status == "local"


def test_a_refusal_stands_beside_its_field(manager):
    page = manager.post(reverse("registries:term-new", args=["strains"]), {**FVB, "name": "BALB/c"})
    assert page.status_code == 422
    assert page.context["form"].errors == {"name": ["BALB/c already names the term BALB/c."]}


def test_nothing_typed_is_refused_field_by_field(manager):
    page = manager.post(reverse("registries:term-new", args=["strains"]), {})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"name", "species"}


def test_closed_lists_say_why_they_cannot_be_changed(manager):
    page = manager.get(reverse("registries:term-new", args=["size-unit"]))
    assert page.status_code == 403
    assert "The standard fixes these words" in page.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "deltoid"}, ["deltoid", "deltoid pre-muscle mass", "humerus deltoid tuberosity", "pars"]),
        ({"q": "EMAPA:18609"}, ["carotid artery"]),
        ({"q": "Carotid  ARTERY", "status": "local"}, []),
        ({"q": "nowhere to be found"}, []),
    ],
)
def test_terms_are_found_by_words_identifiers_and_state(manager, query, expected):
    page = manager.get(reverse("registries:vocabulary-detail", args=["mouse-anatomy"]), query)
    assert page.status_code == 200
    assert [name for name in names(page) if name.startswith(tuple(expected))][: len(expected)] == sorted(
        name for name in names(page) if name.startswith(tuple(expected))
    )[: len(expected)]
    assert len(names(page)) >= len(expected)


def test_a_search_without_hits_leads_to_adding_what_was_typed(manager):
    page = manager.get(reverse("registries:vocabulary-detail", args=["strains"]), {"q": "FVB/NJ & co"})
    assert "/registries/strains/new/?name=FVB%2FNJ%20%26%20co" in page.text
    form = manager.get("/registries/strains/new/?name=FVB%2FNJ").context["form"]
    assert form["name"].value() == "FVB/NJ"


def test_eight_thousand_terms_cost_few_queries(manager, django_assert_max_num_queries):
    address = reverse("registries:vocabulary-detail", args=["mouse-anatomy"])
    with django_assert_max_num_queries(10):
        page = manager.get(address, {"page": "100"})
    assert page.context["page"].paginator.count == 8036
    assert len(names(page)) == 50


def test_the_overview_counts_and_searches_all_registries(manager, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page = manager.get(reverse("registries:vocabulary-list"), {"q": "mus musculus"})
    assert [term.name for term in page.context["hits"]] == ["Mus musculus"]
    counts = {row["declared"].name: row["counts"]["offered"] for _, rows in page.context["groups"] for row in rows}
    assert counts["mouse-anatomy"] == 8036
    assert counts["organizations"] == 142


def test_each_option_leads_back_to_its_own_term(manager):
    page = manager.get(reverse("registries:term-options", args=["protocols"]), {"q": "nanoject"})
    values = re.findall(r'value="([^"]+)"', page.text)
    assert len(values) > 5
    assert len(set(values)) == len(values)


def test_options_escape_what_people_typed(manager, registry_manager):
    term_add(
        vocabulary="organizations", data={"name": '"><script>x</script>', "abbreviation": None}, by=registry_manager
    )
    page = manager.get(reverse("registries:term-options", args=["organizations"]), {"q": "script"})
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text


def test_a_term_is_edited_renamed_retired_and_restored(manager):
    manager.post(reverse("registries:term-new", args=["strains"]), FVB)
    term = Term.objects.get(vocabulary="strains", key="FVB/NJ")

    def at(action):
        return reverse(f"registries:term-{action}", args=["strains", term.pk])

    manager.post(at("edit"), {**FVB, "registry_identifier": "MGI:1", "reason": "wrong number"})
    term.refresh_from_db()
    assert term.data["registry_identifier"] == "MGI:1"
    assert manager.post(at("edit"), {**FVB}).status_code == 422
    manager.post(at("retire"), {"reason": "gone"})
    term.refresh_from_db()
    assert term.status == "retired"
    manager.post(at("restore"), {"reason": "back"})
    refused = manager.post(at("retire"), {})
    assert (refused.status_code, refused.context["reason"].errors) == (422, {"reason": ["This field is required."]})
    page = manager.post(at("rename"), {"name": "FVB/NJ-2", "reason": "typo"}, follow=True)
    assert page.context["term"].name == "FVB/NJ-2"
    assert "wrong number" in manager.get(at("detail")).text


def test_a_duplicate_is_merged_on_its_page(manager, registry_manager):
    twin = term_add(vocabulary="strains", data={**FVB, "name": "Black six"}, by=registry_manager)
    address = reverse("registries:term-merge", args=["strains", twin.pk])
    assert "no term called Nobody" in manager.post(address, {"into": "Nobody", "reason": "x"}, follow=True).text
    page = manager.post(address, {"into": "c57bl/6j", "reason": "the same"}, follow=True)
    assert page.context["term"].alias_list == ["Black six"]
    assert Strain.vocabulary.get("black six") is Strain.C57BL_6J


def test_a_packaged_term_shows_its_fields_locked(manager):
    term = Term.objects.get(vocabulary="strains", key="C57BL/6J")
    address = reverse("registries:term-edit", args=["strains", term.pk])
    assert manager.get(address).context["form"].fields["species"].disabled
    manager.post(address, {"species": "Rattus norvegicus", "aliases": "B6", "reason": "we say B6"})
    term.refresh_from_db()
    assert (term.data["species"], term.aliases) == ("Mus musculus", "B6")
    assert Strain.vocabulary.get("b6") is Strain.C57BL_6J


def test_a_term_of_another_vocabulary_is_not_found(manager):
    term = Term.objects.get(vocabulary="strains", key="C57BL/6J")
    assert manager.get(reverse("registries:term-detail", args=["species", term.pk])).status_code == 404
    assert manager.get(reverse("registries:vocabulary-detail", args=["moods"])).status_code == 404


def test_the_admin_adds_a_species_through_the_service(manager):
    page = manager.post(
        reverse("admin:registries_term_add") + "?vocabulary=species",
        {
            "name": "Danio rerio",
            "common_name": "Zebrafish",
            "registry": "National Center for Biotechnology Information (NCBI)",
            "registry_identifier": "NCBI:txid7955",
        },
    )
    assert page.status_code == 302
    term = Term.objects.get(vocabulary="species", key="Danio rerio")
    assert term.created_by == manager.user
    assert manager.get(reverse("admin:registries_term_change", args=[term.pk])).status_code == 200


def test_the_admin_shows_a_refusal_and_never_deletes(manager):
    page = manager.post(reverse("admin:registries_term_add") + "?vocabulary=strains", {**FVB, "name": "BALB/c"})
    assert page.context["adminform"].form.errors["name"] == ["BALB/c already names the term BALB/c."]
    term = Term.objects.get(vocabulary="strains", key="BALB/c")
    assert manager.post(reverse("admin:registries_term_delete", args=[term.pk]), {"post": "yes"}).status_code == 403
    manager.post(reverse("admin:registries_term_changelist"), {"action": "retire", "_selected_action": [str(term.pk)]})
    term.refresh_from_db()
    assert term.status == "retired"


@pytest.mark.parametrize(
    ("vocabulary", "typed", "value"),
    [
        ("mouse-anatomy", "EMAPA:16846", "liver"),
        ("mouse-anatomy", "visual cortex primary", "primary visual cortex"),
        ("brain-structures", "VISp", "Primary visual area"),
        ("brain-structures", "385", "Primary visual area"),
        ("organizations", "FLIR", "Teledyne FLIR"),
    ],
)
def test_a_term_is_offered_by_identifier_abbreviation_and_words_in_any_order(manager, vocabulary, typed, value):
    page = manager.get(reverse("registries:term-options", args=[vocabulary]), {"q": typed})
    value_shown, beside = re.findall(r'value="([^"]*)">([^<]*)<', page.text)[0]
    assert value_shown == value
    # browsers show an option only where it holds what was typed
    assert typed.casefold() in f"{value_shown} {beside}".casefold()


def test_options_say_how_many_more_there_are_and_that_line_keeps_what_was_typed(manager):
    page = manager.get(reverse("registries:term-options", args=["mouse-anatomy"]), {"q": "a"})
    options = re.findall(r'<option value="([^"]*)">([^<]*)<', page.text)
    found = len(vocabularies()["mouse-anatomy"].search_entries("a", limit=10_000))
    assert len(options) == 31
    assert options[-1] == ("a", f"{found - 30} more fit: type on")


def test_options_say_nothing_of_more_where_all_are_shown(manager):
    page = manager.get(reverse("registries:term-options", args=["brain-structures"]), {"q": "hippocampal region"})
    assert "more fit" not in page.text


@pytest.mark.parametrize(("text", "is_offered"), [("", True), ("unk", True), ("Allen", False)])
def test_unknown_is_the_last_option_of_a_vocabulary_that_has_it(manager, text, is_offered):
    page = manager.get(reverse("registries:term-options", args=["organizations"]), {"q": text}).content.decode()
    assert page.count('value="Unknown"') == is_offered
    lines = [line for line in page.splitlines() if line.startswith("<option") and "type on" not in line]
    assert ("Unknown (said so)" in lines[-1]) == is_offered
