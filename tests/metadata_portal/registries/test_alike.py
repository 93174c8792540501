"""Look-alikes and duplicates: the second of two that cannot be told apart is refused, near ones are suggested."""

import pytest

from metadata_portal.errors import FormError
from metadata_portal.registries import alike
from metadata_portal.registries.declaring import declaration
from metadata_portal.registries.models import Term
from metadata_portal.registries.naming import mixed_script
from metadata_portal.registries.services import term_add, term_edit, term_merge, term_retire
from schema_core.registries import LocalTerm, Snapshot, overlay

pytestmark = pytest.mark.django_db

ROR = "Research Organization Registry (ROR)"
ADDED = {
    "organizations": {"name": "Acme Optics"},
    "strains": {"name": "FVB/NJ", "species": "Mus musculus"},
    "species": {
        "name": "Peromyscus leucopus",
        "common_name": "Deer mouse",
        "registry": "National Center for Biotechnology Information (NCBI)",
        "registry_identifier": "10041",
    },
    "harp-types": {"name": "Lickometer", "whoami": 9000},
}
LOOKALIKES = {
    "organizations": ["\u0410cme Optics", "Acm\u0435 Optics", "ACME  OPTICS", "\uff21cme Optics", "Acme Opt\u0456cs"],
    "strains": ["F\u0412V/NJ".replace("\u0412V", "V\u0412"), "FVB\u2044NJ", "fvb/nj", "\uff26VB/NJ", "FVB/N\u0408"],
    "species": ["Perom\u0443scus leucopus", "Peromyscus 1eucopus", "PEROMYSCUS LEUCOPUS", "Peromyscus leuc\u043epus"],
    "harp-types": ["Lick\u043emeter", "L\u0456ckometer", "Lick0meter", "LICKOMETER", "Lickome\uff54er"],
}


def add(registry, by, /, **changed):
    return term_add(vocabulary=registry, data={**ADDED[registry], **changed}, by=by)


@pytest.mark.parametrize("registry", ADDED)
def test_a_name_that_nobody_can_tell_from_another_is_refused(registry, registry_manager):
    first = add(registry, registry_manager)
    for name in LOOKALIKES[registry]:
        with pytest.raises(FormError) as refusal:
            add(registry, registry_manager, name=name)
        assert refusal.value.field == "name"
        assert first.name in refusal.value.message
        assert mixed_script(name) in refusal.value.message
    assert Term.objects.filter(stock=False).count() == 1


def test_an_alias_may_look_like_no_other_term(registry_manager):
    term = add("organizations", registry_manager)
    with pytest.raises(FormError, match="looks like Thorlabs") as refusal:
        term_edit(term=term, aliases=["Th\u043erlabs"], reason="", by=registry_manager)
    assert refusal.value.field == "aliases"


@pytest.mark.parametrize("name", ["Acme\u202e Optics", "Acme\u200bOptics", "Acme\u200fOptics", "Ac\u00adme"])
def test_what_nobody_sees_is_refused_in_names_and_aliases(name, registry_manager):
    with pytest.raises(FormError, match=r"cannot be seen: U\+"):
        add("organizations", registry_manager, name=name)
    with pytest.raises(FormError, match=r"cannot be seen: U\+") as refusal:
        term_add(vocabulary="organizations", data=ADDED["organizations"], aliases=[name], by=registry_manager)
    assert refusal.value.field == "aliases"


def test_names_are_kept_composed_and_identifiers_as_their_authority_writes_them(registry_manager):
    term = add(
        "organizations",
        registry_manager,
        name=" Institut  fu\u0308r Optik ",
        registry=ROR,
        registry_identifier="https://ror.org/03CPE7C52",
    )
    assert (term.name, term.identifier) == ("Institut f\u00fcr Optik", "03cpe7c52")


@pytest.mark.parametrize(
    ("registry", "identifier", "field"),
    [(ROR, "03cpe7c53", "registry_identifier"), (None, "03cpe7c52", "registry"), (ROR, "Acme", "registry_identifier")],
)
def test_an_identifier_that_its_authority_did_not_give_out_is_refused_at_its_field(
    registry, identifier, field, registry_manager
):
    with pytest.raises(FormError) as refusal:
        add("organizations", registry_manager, registry=registry, registry_identifier=identifier)
    assert refusal.value.field == field


def test_terms_that_may_be_the_same_are_suggested_with_the_reason(registry_manager):
    declared = declaration("organizations")

    def told(**data):
        entry = declared.vocabulary.entry({"abbreviation": None, "registry": None, "registry_identifier": None, **data})
        return [(found.entry.label, found.why) for found in alike.suggestions(declared, entry)]

    assert told(name="Max Planck", registry=ROR, registry_identifier="03cpe7c52") == [
        ("Allen Institute", "has the identifier 03cpe7c52, too")
    ]
    assert told(name="The Allen-Institute, Inc.") == [
        ("Allen Institute", "says nearly the same as “The Allen-Institute, Inc.”")
    ]
    assert told(name="Max Planck") == []
    term_add(vocabulary="organizations", data={"name": "Acme Optics"}, aliases=["Acme Photonics"], by=registry_manager)
    assert told(name="Photonics, Acme") == [("Acme Optics", "says nearly the same as “Photonics, Acme”")]


def test_doubles_are_listed_until_they_are_merged_and_packaged_pairs_never(registry_manager):
    declared = declaration("organizations")
    assert alike.doubles(declared) == []
    one = add("organizations", registry_manager)
    other = add("organizations", registry_manager, name="Optics Acme GmbH")
    third = add("organizations", registry_manager, name="Edmund", registry=ROR, registry_identifier="03cpe7c52")
    found = [(why, sorted(entry.label for entry in entries)) for why, entries in alike.doubles(declared)]
    assert found == [
        ("nearly the same name", ["Acme Optics", "Optics Acme GmbH"]),
        ("the same identifier", ["Allen Institute", "Edmund"]),
    ]
    term_merge(term=other, into=one, reason="twice", by=registry_manager)
    term_retire(term=third, reason="wrong", by=registry_manager)
    assert alike.doubles(declared) == []


def test_ten_thousand_terms_are_compared_by_keys_and_not_by_pairs(monkeypatch):
    asked = []
    monkeypatch.setattr(alike, "gist", lambda text: asked.append(text) or text.casefold())
    empty = {"abbreviation": None, "registry": None, "registry_identifier": None}
    rows = tuple(LocalTerm({"name": f"Maker {number}", **empty}) for number in range(10_000))
    declared = declaration("organizations")
    with overlay(lambda: Snapshot(1, {"organizations": rows})):
        assert alike.doubles(declared) == []
        assert (
            alike.suggestions(declared, declared.vocabulary.entry({"name": "MAKER 77", **empty}))[0].entry.label
            == "Maker 77"
        )
    assert len(asked) < 11_000
