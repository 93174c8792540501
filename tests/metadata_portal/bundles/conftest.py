"""An asset whose records are the peer's own examples."""

from __future__ import annotations

import json

import pytest

from metadata_portal.bundles.services import asset_from_description
from metadata_portal.entries.services import record_import

ASSET = "123456_2022-02-21_16-30-01"


@pytest.fixture
def documents(peer_examples) -> dict[str, dict]:
    """One example of each kind, all of one animal."""
    found = {kind: json.loads(peer_examples[kind][1]) for kind in ("subject", "data_description", "procedures")}
    found["procedures"]["subject_id"] = found["subject"]["subject_id"]
    found["procedures"]["specimen_procedures"] = []
    return found


@pytest.fixture
def records(documents, project, surgeon) -> dict:
    """The examples as submitted records."""
    return {
        kind: record_import(document=document, kind=kind, project=project, by=surgeon)[0]
        for kind, document in documents.items()
    }


@pytest.fixture
def asset(records, surgeon):
    """The asset that the data description names, with the records of its subject."""
    return asset_from_description(record=records["data_description"], by=surgeon)
