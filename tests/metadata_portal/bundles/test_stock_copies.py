"""A bundle with terms of the lab: what its page says, the copy for others, the rows to propose."""

import io
import json
import zipfile

import pytest

from metadata_portal.accounts import roles
from metadata_portal.bundles import services
from metadata_portal.entries.services import record_import
from metadata_portal.registries import loading
from metadata_portal.registries.declaring import declaration
from metadata_portal.registries.models import Term
from metadata_portal.registries.services import term_add, term_merge

pytestmark = pytest.mark.django_db

STRAIN = {"name": "FVB/NJ", "species": "Mus musculus", "registry": None, "registry_identifier": None}
LAB = {"name": "Acme Optics", "abbreviation": None, "registry": None, "registry_identifier": None}
SPECIES = {
    "name": "Peromyscus leucopus",
    "common_name": "Deer mouse",
    "registry": "National Center for Biotechnology Information (NCBI)",
    "registry_identifier": "NCBI:txid10041",
}


@pytest.fixture
def lab(registry_manager):
    """Terms of the lab."""
    terms = {"strains": STRAIN, "organizations": LAB, "species": SPECIES}
    return {name: term_add(vocabulary=name, data=data, by=registry_manager) for name, data in terms.items()}


@pytest.fixture
def assembled(lab, asset, documents, project, surgeon):
    """``assembled(subject={…})`` makes a bundle whose records hold the lab's terms."""

    def make(*, details=None, institution=None):
        documents["subject"]["subject_details"] |= details or {}
        documents["data_description"] |= {"institution": institution} if institution else {}
        for kind in ("subject", "data_description"):
            record_import(document=documents[kind], kind=kind, project=project, by=surgeon, reason="the lab's words")
        return services.bundle_assemble(asset=asset, by=surgeon)

    return make


def opened(response):
    assert response.headers["cache-control"] == "private, no-cache"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_a_bundle_offers_a_copy_that_stock_accepts_and_lists_each_replacement(assembled, client_for, peer):
    bundle = assembled(details={"strain": STRAIN}, institution=LAB)
    client = client_for(roles.DATA_USER)
    page = client.get(f"/bundles/{bundle.pk}/").text
    for text in (
        "subject.subject_details.strain",
        "FVB/NJ",
        "Unknown",
        "subject.notes",
        "Acme Optics",
        "stock-copy.zip",
    ):
        assert text in page
    files = opened(client.get(f"/bundles/{bundle.pk}/stock-copy.zip"))
    assert peer.judge("metadata", files["metadata.json"].decode()).valid
    assert {one["by"] for one in json.loads(files["stock_copy.json"])["replaced"]} == {"Unknown", "Other"}
    assert services.bundle_files(bundle)["subject.json"] != files["subject.json"]


def test_where_the_standard_has_no_other_word_the_page_says_why_there_is_no_copy(
    assembled, client_for, registry_manager
):
    strain = {**STRAIN, "name": "LL stock", "species": SPECIES["name"]}
    term_add(vocabulary="strains", data=strain, by=registry_manager)
    bundle = assembled(details={"species": SPECIES, "strain": strain})
    client = client_for(roles.DATA_USER)
    page = client.get(f"/bundles/{bundle.pk}/").text
    assert "There is no copy" in page
    assert "no word for another one among its species" in page
    assert "stock-copy.zip" not in page
    assert client.get(f"/bundles/{bundle.pk}/stock-copy.zip").status_code == 404


def test_a_term_that_was_merged_into_one_of_the_standard_becomes_that_one(assembled, lab, registry_manager):
    bundle = assembled(institution=LAB)
    Term.objects.bulk_create(loading._plan(declaration("organizations"), {}).new[-20:])
    kept = Term.objects.filter(vocabulary="organizations", stock=True).first()
    term_merge(term=lab["organizations"], into=kept, reason="the same", by=registry_manager)
    [one] = services.bundle_stock_copy(bundle).replaced
    assert (one.by, one.kept_at) == (kept.name, "")


def test_the_rows_to_propose_are_one_click_away(assembled, client_for):
    bundle = assembled(details={"strain": STRAIN}, institution=LAB)
    client = client_for(roles.DATA_USER)
    assert "to-propose.zip" in client.get(f"/bundles/{bundle.pk}/").text
    files = opened(client.get(f"/bundles/{bundle.pk}/to-propose.zip"))
    assert {name: content.decode().splitlines()[1] for name, content in files.items()} == {
        "strains_to_propose_in_species.csv": "Mus musculus,NCBI,NCBI:txid10090,FVB/NJ,,,House mouse",
        "organizations_to_propose_in_organizations.csv": "Acme Optics,,,",
    }


def test_a_bundle_that_stock_accepts_offers_neither(asset, surgeon, client_for):
    bundle = services.bundle_assemble(asset=asset, by=surgeon)
    client = client_for(surgeon)
    assert "Copy for others" not in client.get(f"/bundles/{bundle.pk}/").text
    assert client.get(f"/bundles/{bundle.pk}/to-propose.zip").status_code == 404
