"""Pages and downloads of assets and bundles, and who sees them."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import AuditEvent
from metadata_portal.bundles import services
from metadata_portal.bundles.errors import NameIsFinal
from metadata_portal.bundles.models import Asset, Bundle
from metadata_portal.bundles.names import content_disposition
from metadata_portal.entries.models import Revision
from metadata_portal.entries.services import draft_open

ASSET = "123456_2022-02-21_16-30-01"


@pytest.fixture
def bundle(asset, surgeon):
    return services.bundle_assemble(asset=asset, by=surgeon)


def addresses(bundle: Bundle) -> list[str]:
    return [
        bundle.asset.get_absolute_url(),
        reverse("bundles:bundle-detail", args=[bundle.pk]),
        reverse("bundles:bundle-metadata", args=[bundle.pk]),
        reverse("bundles:bundle-zip", args=[bundle.pk]),
    ]


def test_members_of_the_project_see_assets_and_bundles(bundle, client_for):
    for role in roles.ROLES:
        client = client_for(role)
        for address in addresses(bundle):
            assert client.get(address).status_code == 200, (role, address)


def test_a_foreign_project_is_not_found(bundle, client_for, other_surgeon):
    client = client_for(other_surgeon)
    for address in addresses(bundle):
        response = client.get(address)
        assert response.status_code == 404
        assert ASSET not in response.content.decode().replace(address, "")
    assert client.post(reverse("bundles:asset-assemble", args=[ASSET])).status_code == 404
    assert ASSET not in client.get(reverse("bundles:asset-list")).content.decode()


def test_data_users_assemble_nothing(asset, client_for, data_user):
    client = client_for(data_user)
    assert client.post(reverse("bundles:asset-assemble", args=[ASSET])).status_code == 403
    assert client.get(reverse("bundles:asset-edit", args=[ASSET])).status_code == 403
    assert client.get(reverse("bundles:asset-new")).status_code == 403
    assert not Bundle.objects.exists()


def test_a_surgeon_makes_an_asset_and_assembles_it(records, client_for, surgeon):
    client = client_for(surgeon)
    response = client.post(reverse("bundles:asset-new"), {"record": records["data_description"].pk})
    assert response["Location"] == reverse("bundles:asset-detail", args=[ASSET])
    response = client.post(reverse("bundles:asset-assemble", args=[ASSET]), follow=True)
    assert response.status_code == 200
    assert "Bundle 1 is ready" in response.content.decode()
    response = client.post(reverse("bundles:asset-assemble", args=[ASSET]), follow=True)
    assert "Nothing has changed" in response.content.decode()
    assert Bundle.objects.count() == 1


def test_submitted_descriptions_without_an_asset_are_offered(records, client_for, surgeon):
    client = client_for(surgeon)
    address = reverse("bundles:asset-new")
    record = records["data_description"]
    assert list(client.get(address).context["waiting"]) == [record]
    assert f'value="{ASSET}"' in client.get(address, {"record": record.pk}).content.decode()
    assert client.post(address, {"record": record.key})["Location"] == reverse("bundles:asset-detail", args=[ASSET])
    assert list(client.get(address).context["waiting"]) == []
    assert client.post(address, {"record": "no such key"}).status_code == 422


def test_an_asset_is_made_by_hand(project, client_for, surgeon):
    client = client_for(surgeon)
    response = client.post(reverse("bundles:asset-new"), {"name": "by hand", "project": project.pk})
    assert response["Location"] == "/assets/by%20hand/"
    assert Asset.objects.get().created_by == surgeon
    response = client.post(reverse("bundles:asset-new"), {"name": "by hand", "project": project.pk})
    assert response.status_code == 422
    assert "There is an asset named by hand already" in response.content.decode()


def test_a_form_sent_twice_makes_one_asset(project, client_for, surgeon):
    client = client_for(surgeon)
    address = reverse("bundles:asset-new")
    form = client.get(address).context["by_hand"]
    sent = {"op": form["op"].value(), "name": "twice", "project": project.pk}
    first, second = client.post(address, sent), client.post(address, sent)
    assert first["Location"] == second["Location"] == "/assets/twice/"
    assert Asset.objects.count() == 1
    assert AuditEvent.objects.filter(action="asset.create").count() == 1
    assert client.post(address, sent | {"name": "other"}).status_code == 422


@pytest.mark.parametrize("name", ["../up", "new", ".", "a\\b"])
def test_a_name_that_is_no_folder_is_refused_beside_its_field(name, project, client_for, surgeon):
    response = client_for(surgeon).post(reverse("bundles:asset-new"), {"name": name, "project": project.pk})
    assert response.status_code == 422
    assert not Asset.objects.exists()


def test_the_metadata_document_is_downloaded_as_it_is_kept(bundle, client_for, data_user):
    response = client_for(data_user).get(reverse("bundles:bundle-metadata", args=[bundle.pk]))
    assert response.content == services.bundle_metadata(bundle)
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith(f'attachment; filename="{ASSET}_metadata.json"')
    assert response["ETag"] == f'"{bundle.metadata_sha256}"'
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"


def test_the_zip_is_downloaded_with_the_name_that_was_asked(bundle, client_for, data_user):
    client = client_for(data_user)
    address = reverse("bundles:bundle-zip", args=[bundle.pk])
    response = client.get(address)
    assert response["ETag"] == f'"{bundle.zip_sha256}"'
    assert response["Content-Length"] == str(bundle.zip_size)
    renamed = client.get(address, {"name": "metadata.nd.json"})
    assert zipfile.ZipFile(io.BytesIO(renamed.content)).namelist()[0] == f"{ASSET}/metadata.nd.json"
    assert client.get(address, {"name": "../../etc/passwd"}).status_code == 400


def test_a_known_download_is_not_sent_again(bundle, client_for, data_user):
    client = client_for(data_user)
    for name in ("bundles:bundle-metadata", "bundles:bundle-zip"):
        etag = client.get(reverse(name, args=[bundle.pk]))["ETag"]
        response = client.get(reverse(name, args=[bundle.pk]), headers={"If-None-Match": etag})
        assert (response.status_code, response.content) == (304, b"")


def test_the_file_name_of_a_download_cannot_break_its_header():
    assert content_disposition('a"b;\r\nSet-Cookie: x=ü') == (
        "attachment; filename=\"a_b___Set-Cookie_ x__\"; filename*=UTF-8''a%22b%3B%0D%0ASet-Cookie%3A%20x%3D%C3%BC"
    )


def test_an_asset_shows_what_is_expected(asset, client_for, data_user):
    page = client_for(data_user).get(asset.get_absolute_url()).content.decode()
    for title in ("Subject", "Data description", "Procedures", "Instrument", "Acquisition"):
        assert f"<strong>{title}</strong>" in page
    assert page.count("no record chosen") == 2
    assert "ready to assemble" in page


def test_a_refused_assembly_links_each_problem_to_its_field(asset, records, client_for, surgeon, peer):
    link = asset.asset_records.get(kind="subject")
    broken = json.loads(link.record.current_revision().document)
    broken["subject_details"]["sex"] = "Stag"
    # As if an older portal had accepted it: services and querysets refuse to change a revision.
    QuerySet(Revision).filter(record=link.record).update(document=json.dumps(broken))
    client = client_for(surgeon)
    response = client.post(reverse("bundles:asset-assemble", args=[ASSET]))
    assert response.status_code == 422
    edit = reverse("entries:record-edit", args=[link.record.pk])
    assert f"{edit}?at=subject_details.sex" in response.content.decode()
    assert f"{edit}?at=subject_details.sex" in client.get(asset.get_absolute_url()).content.decode()
    assert not Bundle.objects.exists()


def test_records_and_identifiers_of_an_asset_are_changed_on_one_page(asset, records, client_for, surgeon):
    client = client_for(surgeon)
    address = reverse("bundles:asset-edit", args=[ASSET])
    sent = {
        "name": ASSET,
        "location": "s3://elsewhere",
        "other_identifiers": "Code Ocean: 2e6a\nCode Ocean: 77",
        "subject": records["subject"].pk,
        "data_description": records["data_description"].pk,
        "procedures": "",
    }
    assert client.post(address, sent)["Location"] == asset.get_absolute_url()
    asset = Asset.objects.get()
    assert asset.location == "s3://elsewhere"
    assert asset.other_identifiers == {"Code Ocean": ["2e6a", "77"]}
    assert set(asset.asset_records.values_list("kind", flat=True)) == {"subject", "data_description"}
    response = client.post(address, sent | {"other_identifiers": "no colon"})
    assert response.status_code == 422


def test_an_asset_is_renamed_until_it_has_a_bundle(asset, project, client_for, surgeon):
    client = client_for(surgeon)
    services.asset_create(name="taken", project=project, by=surgeon)
    address = reverse("bundles:asset-edit", args=[ASSET])
    kept = {"location": asset.location, "subject": "123456", "data_description": ASSET}
    assert client.post(address, kept | {"name": "taken"}).status_code == 422
    assert client.post(address, kept | {"name": "../up"}).status_code == 422
    assert client.post(address, kept | {"name": "right"})["Location"] == "/assets/right/"
    services.bundle_assemble(asset=Asset.objects.get(name="right"), by=surgeon)
    address = reverse("bundles:asset-edit", args=["right"])
    assert client.post(address, kept | {"name": "again"})["Location"] == "/assets/right/"
    with pytest.raises(NameIsFinal):
        services.asset_describe(
            asset=Asset.objects.get(name="right"),
            name="again",
            location="",
            other_identifiers=None,
            records={},
            by=surgeon,
        )


def test_a_colleagues_draft_is_not_linked_from_an_asset(asset, records, client_for, surgeon, make_user):
    draft_open(record=records["subject"], by=surgeon)
    page = client_for(make_user(roles.SURGEON)).get(asset.get_absolute_url()).content.decode()
    assert "Open my draft" not in page
    assert "Open my draft" in client_for(surgeon).get(asset.get_absolute_url()).content.decode()


def test_the_list_of_assets_costs_the_same_however_long(asset, project, client_for, surgeon, django_assert_num_queries):
    client = client_for(surgeon)
    address = reverse("bundles:asset-list")
    client.get(address)  # what a process reads once
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(10):
        services.asset_create(name=f"asset {number}", project=project, by=surgeon)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_assets_are_found_by_name_and_by_subject(asset, project, client_for, surgeon):
    services.asset_create(name="another", project=project, by=surgeon)
    client = client_for(surgeon)

    def found(text: str) -> list[str]:
        response = client.get(reverse("bundles:asset-list"), {"q": text})
        return sorted(found.name for found in response.context["page"].object_list)

    assert found("") == [ASSET, "another"]
    assert found("2022-02-21") == [ASSET]
    assert found("123456") == [ASSET]
    assert found("anoth") == ["another"]
    assert found("nothing") == []
