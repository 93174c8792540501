"""What services do to terms, and what they refuse."""

import pytest
from pydantic import TypeAdapter, ValidationError

from metadata_portal.accounts.models import AuditEvent
from metadata_portal.errors import FormError, NotAllowed, NotFound
from metadata_portal.registries import overlay
from metadata_portal.registries.declaring import declaration, declarations
from metadata_portal.registries.loading import stock_load
from metadata_portal.registries.models import RegistryVersion, Term, TermChange
from metadata_portal.registries.services import (
    term_add,
    term_delete,
    term_edit,
    term_merge,
    term_rename,
    term_restore,
    term_retire,
)
from metadata_portal.registries.services.deleting import TermInUse
from metadata_portal.registries.telling import Difference, told
from schema_core.components.devices import EphysProbe
from schema_core.introspect import describe
from schema_core.registries import local_terms
from schema_core.registries.organizations import Organization
from schema_core.registries.species import Strain

FVB = {
    "name": "FVB/NJ",
    "species": "Mus musculus",
    "registry": "Mouse Genome Informatics (MGI)",
    "registry_identifier": "MGI:2163709",
}

ZEBRAFISH = {
    "name": "Danio rerio",
    "common_name": "Zebrafish",
    "registry": "National Center for Biotechnology Information (NCBI)",
    "registry_identifier": "NCBI:txid7955",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def fvb(registry_manager):
    """The strain a lab adds first."""
    return term_add(vocabulary="strains", data=FVB, aliases=["FVB"], reason="ordered", by=registry_manager)


@pytest.fixture
def stock():
    """Rows for the packaged terms."""
    return stock_load()


def accepted(value):
    try:
        return TypeAdapter(Strain.ONE_OF).validate_python(value).model_dump(mode="json")
    except ValidationError:
        return None


def test_an_added_term_is_offered_accepted_and_flagged(fvb):
    assert accepted({"name": "FVB/NJ"}) == FVB
    assert Strain.vocabulary.get("fvb").registry_identifier == "MGI:2163709"
    assert local_terms({"strain": FVB}) == [("strain", "strains", "FVB/NJ")]


def test_an_added_term_is_audited_and_counted(fvb, registry_manager):
    event = AuditEvent.objects.get(action="term.add")
    assert (event.by, event.why, event.object_id) == (registry_manager, "ordered", str(fvb.pk))
    assert event.after == {
        "vocabulary": "strains",
        "key": "FVB/NJ",
        "data": FVB,
        "aliases": ["FVB"],
        "status": "local",
    }
    assert RegistryVersion.objects.get().number == 1


def test_the_same_terms_have_the_same_digest_whoever_added_them(registry_manager, administrator):
    digests = []
    for person in (registry_manager, administrator):
        term_add(vocabulary="strains", data=FVB, by=person)
        digests.append(RegistryVersion.objects.get().digest)
        Term.objects.all().delete()
        overlay.forget()
    assert digests[0] == digests[1]


@pytest.mark.parametrize("name", ["FVB/NJ", "fvb/nj", "FVB", "C57BL/6J", "c57bl/6j"])
def test_a_name_that_is_taken_is_refused(fvb, registry_manager, name):
    with pytest.raises(FormError, match="already names the term") as caught:
        term_add(vocabulary="strains", data={**FVB, "name": name}, by=registry_manager)
    assert caught.value.field == "name"


def test_an_alias_that_is_taken_is_refused(fvb, registry_manager):
    with pytest.raises(FormError, match="already names the term FVB/NJ") as caught:
        term_add(vocabulary="strains", data={**FVB, "name": "New"}, aliases=["FVB/NJ"], by=registry_manager)
    assert caught.value.field == "aliases"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"registry": "MGI"}, "registry"),
        ({"species": None}, "species"),
        ({"name": None}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x" * 301}, "name"),
    ],
)
def test_fields_are_judged_by_the_model_of_the_vocabulary(registry_manager, change, field):
    with pytest.raises(FormError) as caught:
        term_add(vocabulary="strains", data={**FVB, **change}, by=registry_manager)
    assert caught.value.field == field
    assert not Term.objects.exists()


def test_closed_vocabularies_say_why_they_refuse(registry_manager):
    with pytest.raises(NotAllowed, match="The standard fixes these words"):
        term_add(vocabulary="size-unit", data={"name": "furlong"}, by=registry_manager)


def test_a_vocabulary_must_exist(registry_manager):
    with pytest.raises(NotFound):
        term_add(vocabulary="moods", data={"name": "x"}, by=registry_manager)


def test_only_curators_write(surgeon, data_user):
    for person in (surgeon, data_user):
        with pytest.raises(NotAllowed):
            term_add(vocabulary="strains", data=FVB, by=person)


def test_packaged_terms_take_other_names_and_nothing_else(stock, registry_manager):
    term = Term.objects.get(vocabulary="organizations", key="Allen Institute")
    with pytest.raises(NotAllowed, match="comes with the standard"):
        term_edit(term=term, data={**term.data, "abbreviation": "X"}, aliases=[], reason="because", by=registry_manager)
    term_edit(term=term, aliases=["Paul's place"], reason="we say so", by=registry_manager)
    assert Organization.vocabulary.get("paul's place") is Organization.AI
    assert Organization.AI.abbreviation == "AI"


def test_an_edit_that_changes_nothing_is_no_version(fvb, registry_manager):
    term_edit(term=fvb, data=FVB, aliases=["FVB"], reason="nothing", by=registry_manager)
    assert RegistryVersion.objects.get().number == 1
    assert not AuditEvent.objects.filter(action="term.edit").exists()


def test_a_renamed_term_is_found_by_both_names_and_old_documents_stay_valid(fvb, registry_manager):
    new = term_rename(term=fvb, name="FVB/NJ-2", reason="typo", by=registry_manager)
    fvb.refresh_from_db()
    assert (fvb.status, fvb.replaced_by, new.alias_list) == ("retired", new, ["FVB", "FVB/NJ"])
    assert accepted({"name": "FVB/NJ"}) == FVB
    assert accepted({"name": "FVB/NJ-2"}) == {**FVB, "name": "FVB/NJ-2"}
    assert Strain.vocabulary.get("FVB/NJ").name == "FVB/NJ-2"
    again = term_edit(term=new, data=new.data, aliases=["FVB", "FVB/NJ"], reason="same", by=registry_manager)
    assert again.alias_list == ["FVB", "FVB/NJ"]
    with pytest.raises(NotAllowed, match="now called"):
        term_restore(term=fvb, reason="no", by=registry_manager)


def test_a_merged_duplicate_hands_over_its_names_and_old_documents_stay_valid(fvb, registry_manager):
    twin = term_add(vocabulary="strains", data={**FVB, "name": "FVB-NJ"}, aliases=["white"], by=registry_manager)
    term_merge(term=twin, into=fvb, reason="twice", by=registry_manager)
    twin.refresh_from_db()
    fvb.refresh_from_db()
    assert (twin.status, twin.replaced_by, twin.aliases) == ("retired", fvb, "")
    assert fvb.alias_list == ["FVB", "FVB-NJ", "white"]
    assert Strain.vocabulary.get("white").name == "FVB/NJ"
    assert Strain.vocabulary.get("FVB-NJ").name == "FVB/NJ"
    assert accepted({"name": "FVB-NJ"}) == {**FVB, "name": "FVB-NJ"}


def test_a_term_merges_into_another_of_its_registry_only(stock, fvb, registry_manager):
    elsewhere = Term.objects.get(vocabulary="species", key="Mus musculus")
    for into in (fvb, elsewhere):
        with pytest.raises(FormError, match="Choose another term"):
            term_merge(term=fvb, into=into, reason="x", by=registry_manager)
    with pytest.raises(NotAllowed, match="cannot be merged"):
        term_merge(term=elsewhere, into=fvb, reason="x", by=registry_manager)


def test_a_retired_term_is_not_offered_and_comes_back(fvb, registry_manager):
    term_retire(term=fvb, reason="no more of them", by=registry_manager)
    assert "FVB/NJ" not in [entry.label for entry in Strain.vocabulary.entries()]
    assert accepted(FVB) == FVB
    with pytest.raises(FormError, match="retired term"):
        term_add(vocabulary="strains", data=FVB, by=registry_manager)
    term_restore(term=fvb, reason="found some", by=registry_manager)
    assert "FVB/NJ" in [entry.label for entry in Strain.vocabulary.entries()]


def test_a_packaged_term_can_be_retired_and_keeps_its_place_in_the_standard(stock, registry_manager):
    term = Term.objects.get(vocabulary="strains", key="Unknown")
    term_retire(term=term, reason="we always know", by=registry_manager)
    assert [entry.label for entry in Strain.vocabulary.entries()] == ["C57BL/6J", "BALB/c"]
    assert accepted({"name": "Unknown"})["species"] == "Mus musculus"
    stock_load()
    term.refresh_from_db()
    assert (term.status, term.stock) == ("retired", True)


def test_loading_twice_changes_nothing(stock, django_assert_max_num_queries):
    assert stock.added == sum(len(declared.vocabulary.stock) for declared in declarations().values()) > 9504
    number = RegistryVersion.objects.get().number
    with django_assert_max_num_queries(200):
        assert not stock_load().anything
    assert RegistryVersion.objects.get().number == number


def test_loading_repairs_packaged_rows_and_leaves_local_ones(stock, fvb):
    Term.objects.filter(vocabulary="strains", key="BALB/c").update(data={}, search="")
    done = stock_load()
    assert (done.added, done.changed, done.removed) == (0, 1, 0)
    assert Term.objects.get(vocabulary="strains", key="BALB/c").data["registry_identifier"] == "MGI:2159737"
    fvb.refresh_from_db()
    assert fvb.status == "local"


def test_a_word_that_the_standard_dropped_stays_valid(stock):
    Term.objects.create(
        vocabulary="strains", key="Old", name="Old", data={**FVB, "name": "Old"}, stock=True, status="stock"
    )
    assert stock_load().removed == 1
    assert accepted({"name": "Old"}) is not None
    assert Term.objects.get(key="Old").status == "retired"


def test_the_version_is_read_once_and_the_terms_only_when_it_changed(fvb, django_assert_num_queries):
    overlay.forget()
    with django_assert_num_queries(2):
        first = overlay.refresh()
    with django_assert_num_queries(1):
        assert overlay.refresh() is first


def test_a_word_added_to_a_list_of_the_standard_is_valid_and_in_the_forms(registry_manager):
    term = term_add(vocabulary="probe-model", data={"name": "Neuropixels 3.0"}, by=registry_manager)
    offered = {field.name: field.shape for field in describe(EphysProbe).fields}["probe_model"].values
    assert offered[-1] == "Neuropixels 3.0"
    assert EphysProbe.model_validate({"name": "P", "probe_model": "Neuropixels 3.0"}).probe_model == "Neuropixels 3.0"
    term_retire(term=term, reason="not sold", by=registry_manager)
    assert "Neuropixels 3.0" not in {f.name: f.shape for f in describe(EphysProbe).fields}["probe_model"].values
    assert EphysProbe.model_validate({"name": "P", "probe_model": "Neuropixels 3.0"}).probe_model == "Neuropixels 3.0"


@pytest.mark.parametrize("name", ["size-unit", "modalities", "origin", "data-regex"])
def test_closed_registries_refuse_every_change(stock, registry_manager, name):
    term = Term.objects.of(name).first()
    for change in (
        lambda: term_add(vocabulary=name, data={"name": "mine", "abbreviation": "mine"}, by=registry_manager),
        lambda: term_edit(term=term, aliases=["mine"], reason="mine", by=registry_manager),
        lambda: term_retire(term=term, reason="mine", by=registry_manager),
    ):
        with pytest.raises(NotAllowed, match="The standard fixes these words"):
            change()


def test_each_change_of_a_term_is_a_row_of_its_history(fvb, registry_manager):
    term_edit(
        term=fvb, data={**FVB, "registry_identifier": "MGI:1"}, aliases=["FVB"], reason="typo", by=registry_manager
    )
    term_retire(term=fvb, reason="gone", by=registry_manager)
    rows = list(TermChange.objects.filter(term=fvb).order_by("number"))
    assert [(row.number, row.action, row.why, row.by) for row in rows] == [
        (1, "add", "ordered", registry_manager),
        (2, "edit", "typo", registry_manager),
        (3, "retire", "gone", registry_manager),
    ]
    differences = [row.differences for row in told(declaration("strains"), rows)]
    assert differences[1] == (Difference("Registry identifier", "MGI:2163709", "MGI:1"),)
    assert differences[2] == (Difference("State", "Local", "Retired"),)
    with pytest.raises(TypeError):
        rows[0].save()


def test_rows_that_hold_a_term_follow_its_new_name(fvb, registry_manager):
    species = term_add(vocabulary="species", data=ZEBRAFISH, by=registry_manager)
    line = term_add(vocabulary="strains", data={**FVB, "name": "AB", "species": "Danio rerio"}, by=registry_manager)
    assert [use.holder_id for use in species.uses.all()] == [str(line.pk)]
    with pytest.raises(TermInUse, match="1 term of another registry"):
        term_delete(term=species, reason="tidy", by=registry_manager)
    new = term_rename(term=species, name="Danio rerio (ours)", reason="ours", by=registry_manager)
    line.refresh_from_db()
    assert line.data["species"] == "Danio rerio (ours)"
    assert [use.holder_id for use in new.uses.all()] == [str(line.pk)]
    assert line.changes.first().action == "follow"


def test_a_deleted_term_leaves_its_history(fvb, registry_manager):
    term_delete(term=fvb, reason="never came", by=registry_manager)
    assert not Term.objects.filter(key="FVB/NJ").exists()
    last = TermChange.objects.filter(vocabulary="strains", key="FVB/NJ").first()
    assert (last.action, last.why, last.term) == ("delete", "never came", None)
    assert accepted({"name": "FVB/NJ"}) is None
