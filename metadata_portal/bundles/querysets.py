"""What a person may see of assets and bundles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.db.models import Count, OuterRef, Subquery

from metadata_portal.accounts.models import Project
from metadata_portal.bundles.errors import BundleIsFinal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from metadata_portal.accounts.models import User
    from metadata_portal.bundles.models import Asset, Bundle  # noqa: F401 (named in the strings below)


class AssetQuerySet(models.QuerySet["Asset"]):
    """Assets, narrowed to what a person may see."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the assets of the person's projects; an administrator's are all."""
        return self.filter(project__in=Project.objects.visible_to(user))

    def matching(self, text: str) -> Self:
        """Return the assets whose name, or the key of one of whose records, holds the text."""
        if not text:
            return self
        named = models.Q(name__icontains=text) | models.Q(asset_records__record__key__icontains=text)
        return self.filter(named).distinct()

    def for_list(self) -> Self:
        """Add number, time and stock verdict of the last bundle, and how many records describe the asset."""
        from metadata_portal.bundles.models import Bundle  # noqa: PLC0415 (models import this module)

        last = Bundle.objects.filter(asset=OuterRef("pk")).order_by("-number")
        return (
            self.select_related("project")
            .annotate(
                last_number=Subquery(last.values("number")[:1]),
                last_id=Subquery(last.values("pk")[:1]),
                last_at=Subquery(last.values("created_at")[:1]),
                last_stock_valid=Subquery(last.values("stock_valid")[:1]),
                record_count=Count("asset_records", distinct=True),
            )
            .order_by("-created_at", "name")
        )


class BundleQuerySet(models.QuerySet["Bundle"]):
    """Bundles, narrowed to what a person may see."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the bundles of the assets that the person may see."""
        return self.filter(asset__project__in=Project.objects.visible_to(user))

    def update(self, **_: Any) -> NoReturn:
        """Refused."""
        raise BundleIsFinal

    def delete(self) -> NoReturn:
        """Refused."""
        raise BundleIsFinal

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        """Refused."""
        raise BundleIsFinal
