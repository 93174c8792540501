"""What the forms of a record learn from other records."""

from __future__ import annotations

import json

import pytest

from metadata_portal.entries.offered import names_for
from metadata_portal.entries.services import record_import
from metadata_portal.schemaforms import presets
from schema_core.components.coordinates import CoordinateSystem
from schema_core.introspect import describe
from tests.metadata_portal.entries.documents import procedures, surgery
from tests.metadata_portal.entries.pages import url
from tests.metadata_portal.entries.test_sides import SITE, injection

pytestmark = [pytest.mark.django_db, pytest.mark.peer]


def test_the_species_of_the_animal_is_that_of_its_subject_record(peer_examples, project, surgeon, client, make_draft):
    site = injection() | {"coordinate_system_name": "BREGMA_ARI"}
    frame = presets.fragment(describe(CoordinateSystem), "BREGMA_ARI")
    draft = make_draft(procedures(surgery(procedures=[site], global_coordinate_system=frame)))
    assert names_for(draft.record, draft.data, surgeon)["species"]() == []
    animal = json.loads(peer_examples["subject"][1]) | {"subject_id": draft.record.key}
    record_import(document=animal, kind="subject", project=project, by=surgeon)
    assert names_for(draft.record, draft.data, surgeon)["species"]() == ["Mus musculus"]
    assert 'class="pic"' in client.get(url("record-edit", draft.record), {"at": SITE}).content.decode()
