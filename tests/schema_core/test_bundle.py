"""Bundles: stored bytes joined, judged, described, zipped; the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schema_core import bundle, registries
from schema_core.errors import InvalidDocument

ROOT = Path(__file__).resolve().parents[2]
NAME = "123456_2022-02-21_16-30-01"


@pytest.fixture
def core_files(peer, peer_examples) -> list[bundle.CoreFile]:
    """The peer's own examples of one asset, as the peer writes them."""
    wanted = ("subject", "data_description", "procedures")
    texts = {kind: peer.judge(kind, peer_examples[kind][1]).json for kind in wanted}
    return [bundle.CoreFile(kind, text.encode(), key=f"key of {kind}", revision=3) for kind, text in texts.items()]


def frame(**changes) -> str:
    return bundle.frame_text(**{"name": NAME, "location": f"s3://bucket/{NAME}", **changes})


def sealed_zip(
    sealed: bundle.Sealed, core_files: list[bundle.CoreFile], name: str = "metadata.json"
) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(bundle.zip_bytes(NAME, bundle.unpacked(sealed, core_files, name))))


def test_the_joined_document_is_what_the_peer_writes(peer, core_files):
    sealed = bundle.seal(frame(other_identifiers={"Code Ocean": ["é-1"]}), core_files, registry_version="stock")
    verdict = peer.judge("metadata", sealed.metadata)
    assert verdict.valid, verdict.errors
    assert verdict.json == sealed.metadata.decode()


def test_core_files_lie_in_the_document_byte_for_byte(core_files):
    sealed = bundle.seal(frame(), core_files, registry_version="stock")
    for core_file in core_files:
        assert f'"{core_file.kind}":'.encode() + core_file.text in sealed.metadata


def test_every_example_validates_by_its_own_class_out_of_the_zip(peer, peer_examples):
    for name, (kind, text) in peer_examples.items():
        written = peer.judge(kind, text).json.encode()
        files = [bundle.CoreFile(kind, written)]
        if kind != "subject":
            files.append(bundle.CoreFile("subject", peer.judge(*peer_examples["subject"]).json.encode()))
        sealed = bundle.seal(frame(), files, registry_version="stock")
        archive = sealed_zip(sealed, files)
        assert archive.read(f"{NAME}/{kind}.json") == written, name
        assert peer.judge(kind, archive.read(f"{NAME}/{kind}.json")).json.encode() == written, name
        assert peer.judge("metadata", archive.read(f"{NAME}/metadata.json")).valid, name


def test_a_document_needs_one_of_the_anchors(core_files):
    only = [core_file for core_file in core_files if core_file.kind == "procedures"]
    with pytest.raises(InvalidDocument) as caught:
        bundle.seal(frame(), only, registry_version="stock")
    assert [problem.path for problem in caught.value.problems if problem.severity != "warning"] == ["subject"]


def test_a_broken_core_file_is_refused_at_its_path(core_files):
    broken = [bundle.CoreFile(one.kind, one.text.replace(b'"sex":"Male"', b'"sex":"Stag"')) for one in core_files]
    with pytest.raises(InvalidDocument) as caught:
        bundle.seal(frame(), broken, registry_version="stock")
    assert "subject.subject_details.sex" in {problem.path for problem in caught.value.problems}


@pytest.mark.parametrize("text", [b'{"a":NaN}', b'{"a":Infinity}', b'{"a":1,"a":2}', b'{"a":{"b":1,"b":1}}'])
def test_json_that_reads_in_two_ways_is_refused(text):
    with pytest.raises(bundle.BrokenBundle):
        bundle.read_exact(text)


def test_text_that_would_leave_its_place_is_refused(core_files):
    escaping = [bundle.CoreFile("subject", core_files[0].text + b',"model":{}')]
    with pytest.raises((bundle.BrokenBundle, json.JSONDecodeError)):
        bundle.seal(frame(), escaping, registry_version="stock")


def test_the_manifest_names_size_hash_revision_and_versions(core_files):
    sealed = bundle.seal(frame(), core_files, registry_version="lab-7")
    archive = sealed_zip(sealed, core_files)
    manifest = json.loads(archive.read(f"{NAME}/manifest.json"))
    assert manifest["registry_version"] == "lab-7"
    assert manifest["stock_valid"] is True
    assert manifest["local_terms"] == []
    assert [entry["path"] for entry in manifest["files"]] == [
        "metadata.json",
        "subject.json",
        "data_description.json",
        "procedures.json",
        "report.json",
        "report.txt",
    ]
    for entry in manifest["files"]:
        content = archive.read(f"{NAME}/{entry['path']}")
        assert entry["size"] == len(content)
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert manifest["files"][1] | {"sha256": "", "size": 0} == {
        "path": "subject.json",
        "sha256": "",
        "size": 0,
        "kind": "subject",
        "schema_version": "2.3.3",
        "key": "key of subject",
        "revision": 3,
    }


def test_the_peers_name_of_the_metadata_document_is_an_option(core_files):
    sealed = bundle.seal(frame(), core_files, registry_version="stock")
    archive = sealed_zip(sealed, core_files, "metadata.nd.json")
    assert archive.namelist()[0] == f"{NAME}/metadata.nd.json"
    assert json.loads(archive.read(f"{NAME}/manifest.json"))["files"][0]["path"] == "metadata.nd.json"


def test_local_terms_are_named_with_their_paths(core_files):
    term = {
        "name": "FVB/NJ",
        "species": "Mus musculus",
        "registry": "Research Resource Identifiers (RRID)",
        "registry_identifier": "IMSR_JAX:001800",
    }
    document = json.loads(core_files[0].text)
    document["subject_details"]["strain"] = term
    files = [bundle.CoreFile("subject", json.dumps(document, separators=(",", ":")).encode()), *core_files[1:]]
    lab = registries.Snapshot("lab-1", {"strains": (registries.LocalTerm(term),)})
    with registries.overlay(lambda: lab):
        sealed = bundle.seal(frame(), files, registry_version="lab-1")
    assert not sealed.stock_valid
    expected = [
        {"path": "subject.subject_details.strain", "vocabulary": "strains", "name": "FVB/NJ", "status": "local"}
    ]
    assert json.loads(sealed.manifest)["local_terms"] == expected
    assert json.loads(sealed.report)["local_terms"] == expected
    assert json.loads(sealed.report)["stock_valid"] is False
    assert json.loads(sealed.report)["stock_refuses"] == ["subject.subject_details.strain"]
    assert "FVB/NJ" in sealed.report_text


def test_files_about_different_animals_are_a_warning_of_ours(core_files):
    sealed = bundle.seal(frame(name="another"), core_files, registry_version="stock")
    ours = {problem.path: problem for problem in sealed.problems if problem.code.startswith("portal-")}
    assert set(ours) == {"procedures.subject_id", "data_description.name"}
    assert {problem.severity for problem in ours.values()} == {"warning"}
    assert ours["procedures.subject_id"].also == ("subject.subject_id",)


def test_expected_files_follow_from_those_present():
    assert bundle.expected_kinds([]) == ("subject", "data_description", "procedures", "instrument", "acquisition")
    assert bundle.expected_kinds(["subject", "model"]) == (
        "subject",
        "data_description",
        "procedures",
        "instrument",
        "acquisition",
        "model",
    )
    assert bundle.expected_kinds(["processing"]) == ("data_description", "processing")


def test_the_zip_holds_nothing_of_the_day_or_the_host(core_files):
    sealed = bundle.seal(frame(), core_files, registry_version="stock")
    for entry in sealed_zip(sealed, core_files).infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.compress_type == zipfile.ZIP_STORED
        assert (entry.create_system, entry.external_attr >> 16) == (3, 0o100644)
        assert entry.extra == b""
        assert entry.comment == b""


BUILD = """
import hashlib, json, sys
from schema_core import bundle
files = [bundle.CoreFile(kind, text.encode()) for kind, text in json.load(sys.stdin).items()]
frame = bundle.frame_text("\\u00fcber_2022-02-21_16-30-01", "file:///data", {"Code Ocean": ["1"], "DANDI": ["2"]})
sealed = bundle.seal(frame, files, registry_version="stock")
print(hashlib.sha256(bundle.zip_bytes("asset", bundle.unpacked(sealed, files))).hexdigest())
"""


def test_hash_seed_zone_locale_and_order_change_nothing(core_files):
    texts = {core_file.kind: core_file.text.decode() for core_file in core_files}
    surroundings = (
        ({"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}, texts),
        ({"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8"}, dict(reversed(texts.items()))),
        ({"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"}, texts),
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", BUILD],
            input=json.dumps(given),
            env={"PATH": os.environ["PATH"], **around},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for around, given in surroundings
    }
    assert len(hashes) == 1


def test_asking_what_stock_would_say_disturbs_no_other_thread():
    term = registries.LocalTerm({"name": "FVB/NJ", "species": "Mus musculus"})
    lab = registries.Snapshot("lab-1", {"strains": (term,)})
    known = registries.vocabulary("strains")
    with registries.overlay(lambda: lab), ThreadPoolExecutor(1) as pool, registries.stock_only():
        assert known.find("FVB/NJ") is None
        assert pool.submit(known.find, "FVB/NJ").result() is not None
