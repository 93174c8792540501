"""Copies for installations that lack a lab's words: what is replaced, what is told, and when there is none."""

import json

import pytest
from pydantic import Field

from schema_core import bundle, registries
from schema_core.components.surgery_procedures import GenericSurgeryProcedure
from schema_core.extension import registered
from schema_core.stock_copy import LOSSES_NAME, _replace_term, copy_files, stock_copy

NAME = "123456_2022-02-21_16-30-01"
FRAME = bundle.frame_text(NAME, f"s3://bucket/{NAME}")
STRAIN = {"name": "FVB/NJ", "species": "Mus musculus", "registry": None, "registry_identifier": None}
LAB = {"name": "Acme Optics", "abbreviation": None, "registry": None, "registry_identifier": None}
RAT = {
    "name": "Rattus rattus",
    "common_name": "Black rat",
    "registry": "National Center for Biotechnology Information (NCBI)",
    "registry_identifier": "NCBI:txid10117",
}
SITE = registries.Snapshot(
    "lab",
    {
        "strains": (registries.LocalTerm(STRAIN, status="proposed"),),
        "organizations": (registries.LocalTerm(LAB),),
        "species": (registries.LocalTerm(RAT),),
    },
)


@pytest.fixture(autouse=True)
def site():
    with registries.overlay(lambda: SITE):
        yield


@pytest.fixture
def documents(peer, peer_examples):
    """The peer's own examples of one asset, as the peer writes them, to put the lab's words into."""
    wanted = ("subject", "data_description", "procedures")
    return {kind: json.loads(peer.judge(kind, peer_examples[kind][1]).json) for kind in wanted}


def packed(documents):
    return [bundle.CoreFile(kind, json.dumps(found).encode()) for kind, found in documents.items()]


def copied(documents, **given):
    files = packed(documents)
    report = json.loads(bundle.seal(FRAME, files, registry_version="lab").report)
    assert report["stock_valid"] is False
    return stock_copy(FRAME, files, terms=report["local_terms"], classes=report["local_classes"], **given)


def test_terms_become_the_standards_other_word_and_their_names_go_into_notes(documents, peer):
    documents["subject"]["subject_details"]["strain"] = STRAIN
    documents["data_description"]["institution"] = LAB
    copy = copied(documents)
    assert copy.possible
    assert {(one.path, one.name, one.by, one.kept_at) for one in copy.replaced} == {
        ("subject.subject_details.strain", "FVB/NJ", "Unknown", "subject.notes"),
        ("data_description.institution", "Acme Optics", "Other", ""),
    }
    files = copy_files(FRAME, copy)
    assert json.loads(files["subject.json"])["notes"].endswith("Strain: FVB/NJ (stock copy: Unknown)")
    for kind in ("subject", "data_description", "procedures"):
        assert peer.judge(kind, files[f"{kind}.json"].decode()).valid, kind
    assert peer.judge("metadata", files["metadata.json"].decode()).valid
    told = json.loads(files[LOSSES_NAME])
    assert len(told["replaced"]) == 2
    assert {entry["path"]: entry["sha256"] for entry in told["files"]}["subject.json"] == bundle.sha256(
        files["subject.json"]
    )


def test_a_term_that_is_the_same_as_one_of_the_standard_becomes_that_one(documents):
    documents["data_description"]["institution"] = LAB
    copy = copied(documents, same={("organizations", "Acme Optics"): "Thorlabs"})
    assert [(one.by, one.kept_at) for one in copy.replaced] == [("Thorlabs", "")]
    assert json.loads(copy.files[1].text)["institution"]["registry_identifier"] == "04gsnvb07"


def test_a_species_has_no_other_word_so_there_is_no_copy_and_it_says_why(documents):
    documents["subject"]["subject_details"]["species"] = RAT
    documents["subject"]["subject_details"]["strain"] = STRAIN
    files = packed(documents)
    terms = bundle.local_json(bundle.local_names(files))
    assert {term["name"]: term["status"] for term in terms} == {"Rattus rattus": "local", "FVB/NJ": "proposed"}
    copy = stock_copy(FRAME, files, terms=terms)
    assert (copy.possible, copy.files) == (False, ())
    [obstacle] = copy.obstacles
    assert (obstacle.path, obstacle.name) == ("subject.subject_details.species", "Rattus rattus")
    assert "no word for another one among its species" in obstacle.why


class Ablation(GenericSurgeryProcedure):
    """Removal of tissue by heat."""

    temperature: float = Field(description="Temperature of the tip, degrees Celsius")


def test_a_class_of_the_lab_becomes_the_standards_nearest_without_its_own_fields(documents, peer):
    surgery = next(one for one in documents["procedures"]["subject_procedures"] if one["object_type"] == "Surgery")
    made = {
        "object_type": "Ablation",
        "protocol_id": None,
        "description": "Left side",
        "notes": "2 s",
        "temperature": 70,
    }
    surgery["procedures"].append(made)
    with registered(Ablation):
        copy = copied(documents)
    assert copy.possible, copy.obstacles
    assert [(one.what, one.name, one.by) for one in copy.replaced] == [
        ("Class", "Ablation", "Generic surgery procedure")
    ]
    text = next(one.text for one in copy.files if one.kind == "procedures").decode()
    assert "2 s\\nProcedures: temperature = 70 (stock copy: no such field)" in text
    assert peer.judge("procedures", text).valid


@pytest.mark.parametrize(("words", "by"), [("probe-model", "Custom"), ("detector-type", "Other")])
def test_a_word_of_the_lab_becomes_the_lists_own_other_word(words, by):
    documents = {"instrument": {"model": "Ours", "notes": None}}
    told = _replace_term(documents, {"path": "instrument.model", "vocabulary": words, "name": "Ours"}, None)
    assert (told.by, told.kept_at) == (by, "instrument.notes")
    assert documents["instrument"] == {"model": by, "notes": f"Model: Ours (stock copy: {by})"}


def test_a_list_without_an_other_word_says_so():
    documents = {"processing": {"process_type": "Ours"}}
    told = _replace_term(
        documents, {"path": "processing.process_type", "vocabulary": "ferrule-material", "name": "Ours"}, None
    )
    assert "no word for another one" in told.why
    assert documents["processing"]["process_type"] == "Ours"
