"""The panel on a subject's page that lists its data assets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from metadata_portal.bundles.models import Asset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metadata_portal.accounts.models import User
    from metadata_portal.entries.models import Record


def assets_of(user: User, records: Sequence[Record]) -> dict[str, Any]:
    """Return the assets that any of the records describes."""
    found = Asset.objects.visible_to(user).filter(records__in=records).for_list().distinct()
    return {"assets": list(found)}
