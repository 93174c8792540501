"""Many at once: one asset for one click, one bundle for the same pins."""

from __future__ import annotations

from uuid import uuid4

import pytest

from metadata_portal.bundles import services
from metadata_portal.bundles.models import Asset, Bundle
from tests.metadata_portal.entries.test_parallel import (
    at_once,
    have_roles,  # noqa: F401 (fixtures work where they are named)
    leave_the_roles,  # noqa: F401
    needs_a_database_file,  # noqa: F401
)

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


def test_one_click_on_make_the_asset_makes_one(project, surgeon):
    op = uuid4()
    made = at_once(MANY, lambda _: services.asset_create(name="clicked", project=project, by=surgeon, op=op).pk)
    assert made == [op] * MANY
    assert Asset.objects.count() == 1


def test_one_description_makes_one_asset(records, surgeon):
    record = records["data_description"]
    made = at_once(MANY, lambda _: services.asset_from_description(record=record, by=surgeon).pk)
    assert made == [Asset.objects.get().pk] * MANY
    assert Asset.objects.get().asset_records.count() == 3


def test_assembling_at_once_makes_one_bundle(asset, surgeon):
    made = at_once(MANY, lambda _: services.bundle_assemble(asset=asset, by=surgeon).pk)
    assert made == [Bundle.objects.get().pk] * MANY
    assert Bundle.objects.get().number == 1
