"""Assets and bundles: what is pinned, what is refused, and that the bytes stay."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.exceptions import ValidationError

from metadata_portal.accounts.models import AuditEvent
from metadata_portal.bundles import services
from metadata_portal.bundles.errors import BundleIsFinal, NotAssemblable, WrongRecord
from metadata_portal.bundles.models import Asset, Bundle
from metadata_portal.bundles.pinning import STOCK, registry_version
from metadata_portal.entries.services import record_import, revision_withdraw
from metadata_portal.errors import NotAllowed, NotFound
from metadata_portal.registries.services import term_add
from metadata_portal.site_admin.demo import documents, session
from metadata_portal.site_admin.demo.parts import FVB_NJ
from schema_core.bundle import sha256
from schema_core.core.metadata import CORE_FILES

ASSET = "123456_2022-02-21_16-30-01"


def test_an_asset_from_a_description_takes_its_name_and_the_records_of_its_subject(asset, records, settings):
    assert asset.name == ASSET
    assert asset.location == settings.PORTAL_ASSET_LOCATION.replace("{name}", ASSET)
    assert {link.kind: link.record for link in asset.asset_records.all()} == records


def test_the_same_description_gives_the_same_asset(asset, records, surgeon):
    assert services.asset_from_description(record=records["data_description"], by=surgeon) == asset
    assert Asset.objects.count() == 1


def test_one_record_serves_many_assets(asset, records, project, surgeon):
    other = services.asset_create(name="other", project=project, by=surgeon, records=[records["subject"]])
    assert set(records["subject"].assets.all()) == {asset, other}


def test_a_record_of_another_project_describes_no_asset_here(asset, documents, other_surgeon, surgeon):
    project = other_surgeon.projects.get()
    record, _ = record_import(document=documents["subject"], kind="subject", project=project, by=other_surgeon)
    with pytest.raises(WrongRecord):
        services.asset_record_set(asset=asset, record=record, by=surgeon)


@pytest.mark.parametrize(
    "name", ["", " ", " a", "a ", "..", ".a", "a.", "a/b", "a\\b", "new", "a\x00", "a\u202eb", "a:b", "x" * 201]
)
def test_a_name_that_is_no_folder_is_refused(name, project, surgeon):
    with pytest.raises(ValidationError):
        services.asset_create(name=name, project=project, by=surgeon)
    assert not Asset.objects.exists()


def test_services_refuse_who_may_not(asset, project, data_user, other_surgeon):
    for person, refusal in ((data_user, NotAllowed), (other_surgeon, NotFound)):
        with pytest.raises(refusal):
            services.bundle_assemble(asset=asset, by=person)
        with pytest.raises(refusal):
            services.asset_create(name="mine", project=project, by=person)
        with pytest.raises(refusal):
            services.asset_record_remove(asset=asset, kind="subject", by=person)
    assert not Bundle.objects.exists()


def test_the_bundle_joins_stored_bytes_and_the_peer_accepts_them(asset, records, surgeon, peer):
    bundle = services.bundle_assemble(asset=asset, by=surgeon)
    files = services.bundle_files(bundle)
    for kind, record in records.items():
        stored = record.current_revision().document.encode()
        assert files[f"{kind}.json"] == stored
        assert stored in files["metadata.json"]
        verdict = peer.judge(kind, stored)
        assert verdict.valid, verdict.errors
        assert verdict.json.encode() == stored
    verdict = peer.judge("metadata", files["metadata.json"])
    assert verdict.valid, verdict.errors
    assert verdict.json.encode() == files["metadata.json"]


def test_assembling_again_gives_the_same_bundle_and_bytes(asset, surgeon, administrator):
    first = services.bundle_assemble(asset=asset, by=surgeon)
    before = services.bundle_zip(first)
    again = services.bundle_assemble(asset=asset, by=administrator)
    assert again == first
    assert services.bundle_zip(Bundle.objects.get(pk=first.pk)) == before
    assert sha256(before) == first.zip_sha256
    assert len(before) == first.zip_size
    assert Bundle.objects.count() == 1


def test_the_zip_of_given_records_is_the_same_in_every_database(asset, surgeon):
    bundle = services.bundle_assemble(asset=asset, by=surgeon)
    # No identifier, time or person of this database is in it.
    content = services.bundle_zip(bundle)
    assert str(bundle.pk).encode() not in content
    assert surgeon.username.encode() not in content
    for pin in bundle.pins.all():
        assert str(pin.revision.record_id).encode() not in content


def test_a_correction_makes_a_new_bundle_and_leaves_the_old_one(asset, documents, project, surgeon):
    first = services.bundle_assemble(asset=asset, by=surgeon)
    before = services.bundle_zip(first)
    documents["subject"]["notes"] = "Corrected"
    record_import(document=documents["subject"], kind="subject", project=project, by=surgeon, reason="Typo")
    second = services.bundle_assemble(asset=asset, by=surgeon)
    assert (first.number, second.number) == (1, 2)
    assert services.bundle_zip(first) == before
    assert json.loads(services.bundle_metadata(second))["subject"]["notes"] == "Corrected"


def test_another_location_makes_a_new_bundle(asset, surgeon):
    first = services.bundle_assemble(asset=asset, by=surgeon)
    identifiers = {"Code Ocean": ["b", "a"]}
    services.asset_describe(asset=asset, location="s3://moved", other_identifiers=identifiers, records={}, by=surgeon)
    second = services.bundle_assemble(asset=Asset.objects.get(), by=surgeon)
    assert second.number == 2
    document = json.loads(services.bundle_metadata(second))
    assert (document["location"], document["other_identifiers"]) == ("s3://moved", identifiers)
    assert json.loads(services.bundle_metadata(first))["location"] != "s3://moved"


def test_what_is_withdrawn_is_pinned_no_more(asset, records, surgeon):
    first = services.bundle_assemble(asset=asset, by=surgeon)
    revision_withdraw(record=records["procedures"], reason="Wrong animal", by=surgeon)
    second = services.bundle_assemble(asset=asset, by=surgeon)
    assert set(second.revisions.values_list("record__kind", flat=True)) == {"subject", "data_description"}
    assert json.loads(services.bundle_metadata(second))["procedures"] is None
    assert json.loads(services.bundle_metadata(first))["procedures"] is not None


def test_without_a_subject_assembling_is_refused_with_the_problems(asset, surgeon):
    services.asset_record_remove(asset=asset, kind="subject", by=surgeon)
    with pytest.raises(NotAssemblable) as caught:
        services.bundle_assemble(asset=asset, by=surgeon)
    assert [problem.path for problem in caught.value.problems if problem.severity != "warning"] == ["subject"]
    assert not Bundle.objects.exists()


def test_an_unknown_platform_is_refused_at_its_path(asset, surgeon):
    services.asset_describe(asset=asset, location="", other_identifiers={"Shelf": ["7"]}, records={}, by=surgeon)
    with pytest.raises(NotAssemblable) as caught:
        services.bundle_assemble(asset=Asset.objects.get(), by=surgeon)
    paths = [problem.path for problem in caught.value.problems if problem.severity != "warning"]
    assert paths == ["other_identifiers.Shelf"]


def test_a_bundle_says_which_terms_stock_lacks(asset, documents, project, surgeon, registry_manager, peer):
    before = registry_version()
    assert before == STOCK
    term_add(vocabulary="strains", data=FVB_NJ, by=registry_manager)
    documents["subject"]["subject_details"]["strain"] = FVB_NJ
    record_import(document=documents["subject"], kind="subject", project=project, by=surgeon, reason="Strain")
    bundle = services.bundle_assemble(asset=asset, by=surgeon)
    assert not bundle.stock_valid
    files = services.bundle_files(bundle)
    for name in ("manifest.json", "report.json"):
        told = json.loads(files[name])
        assert told["stock_valid"] is False
        assert told["local_terms"] == [
            {"path": "subject.subject_details.strain", "vocabulary": "strains", "name": "FVB/NJ", "status": "local"}
        ]
        assert told["registry_version"] == bundle.registry_version != before
    assert not peer.judge("subject", files["subject.json"]).valid


def test_the_zip_unpacks_to_the_folder_of_the_asset(asset, surgeon):
    bundle = services.bundle_assemble(asset=asset, by=surgeon)
    for name in ("metadata.json", "metadata.nd.json"):
        names = zipfile.ZipFile(io.BytesIO(services.bundle_zip(bundle, name))).namelist()
        assert names == [
            f"{ASSET}/{file}"
            for file in (
                name,
                "subject.json",
                "data_description.json",
                "procedures.json",
                "manifest.json",
                "report.json",
                "report.txt",
            )
        ]


def test_a_bundle_is_never_changed_or_deleted(asset, surgeon):
    bundle = services.bundle_assemble(asset=asset, by=surgeon)
    bundle.report_text = "all is well"
    rows = Bundle.objects.filter(pk=bundle.pk)
    for attempt in (
        bundle.save,
        bundle.delete,
        rows.delete,
        lambda: rows.update(report_text="all is well"),
        lambda: Bundle.objects.bulk_update([bundle], ["report_text"]),
    ):
        with pytest.raises(BundleIsFinal):
            attempt()
    assert "Verdict: valid" in Bundle.objects.get().report_text


def test_making_and_assembling_are_audited_once(asset, surgeon):
    services.bundle_assemble(asset=asset, by=surgeon)
    services.bundle_assemble(asset=asset, by=surgeon)
    actions = list(AuditEvent.objects.filter(by=surgeon, action__startswith="bundle").values_list("action", flat=True))
    assert actions == ["bundle.assemble"]
    assert AuditEvent.objects.filter(action="asset.create", object_id=str(asset.pk)).count() == 1


def test_an_asset_is_made_with_all_that_its_description_leads_to(project, surgeon):
    for kind, key, document in [*((kind, "", document) for kind, document in documents.SUBMITTED), *documents.SESSION]:
        record, _ = record_import(document=document, kind=kind, project=project, by=surgeon, key=key)
        if kind == "data_description" and record.key == documents.RECORDED:
            described = record
    asset = services.asset_from_description(record=described, by=surgeon)
    assert set(asset.records.values_list("kind", flat=True)) == set(CORE_FILES) - {"model"}


def test_a_bundle_holds_the_instrument_as_it_was_when_the_data_were_acquired(project, surgeon):
    acquisition = next(document for kind, _, document in documents.SESSION if kind == "acquisition")
    records = [record_import(document=acquisition, kind="acquisition", project=project, by=surgeon)[0]]
    for day in ("2025-06-02", "2026-01-15", "2024-03-01"):
        rig = {**session.instrument(), "modification_date": day, "calibrations": []}
        record, _ = record_import(document=rig, kind="instrument", project=project, by=surgeon)
    asset = services.asset_create(name="x", project=project, by=surgeon, records=[*records, record])
    numbers = {revision.record.kind: revision.number for revision in services.current_revisions(asset)}
    assert numbers == {"acquisition": 1, "instrument": 1}
