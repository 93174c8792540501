"""Assets name the records that describe some data; bundles pin one revision of each."""

from __future__ import annotations

import json
import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.urls import reverse

from metadata_portal.accounts.models import Project
from metadata_portal.bundles.errors import BundleIsFinal
from metadata_portal.bundles.names import MAX_LENGTH, validate_asset_name
from metadata_portal.bundles.querysets import AssetQuerySet, BundleQuerySet
from metadata_portal.entries.models import Record, Revision


class Asset(models.Model):
    """One data asset: the metadata document without its core files, and the records that fill them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=MAX_LENGTH, unique=True, validators=[validate_asset_name])
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assets")
    location = models.CharField(
        max_length=1000, blank=True, help_text="Where the data are: an address of a bucket or a share"
    )
    # Text, not a JSON column: a database may reorder the keys of those.
    other_identifiers_json = models.TextField(default="null", editable=False)
    records = models.ManyToManyField(Record, through="AssetRecord", related_name="assets")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AssetQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-created_at", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the asset's page."""
        return reverse("bundles:asset-detail", args=[self.name])

    @property
    def other_identifiers(self) -> dict[str, list[str]] | None:
        """Return the names of the asset on other platforms, by platform."""
        value: dict[str, list[str]] | None = json.loads(self.other_identifiers_json)
        return value


class AssetRecord(models.Model):
    """That a record describes an asset; one record may describe many."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="asset_records")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="asset_records")
    kind = models.CharField(max_length=40)

    class Meta:
        """An asset has one record of each kind."""

        constraints = (models.UniqueConstraint(fields=["asset", "kind"], name="one_record_of_a_kind_per_asset"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.asset}"


class Bundle(models.Model):
    """A judged metadata document and all that lies beside it; never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="bundles")
    number = models.PositiveIntegerField()
    revisions = models.ManyToManyField(Revision, through="BundleRevision", related_name="bundles")
    registry_version = models.CharField(max_length=100)
    # The texts made at assembly are kept as they were: a later portal writes them differently.
    frame = models.TextField()
    manifest = models.TextField()
    report = models.TextField()
    report_text = models.TextField()
    stock_valid = models.BooleanField()
    warning_count = models.PositiveIntegerField()
    pins_sha256 = models.CharField(max_length=64)
    metadata_sha256 = models.CharField(max_length=64)
    zip_sha256 = models.CharField(max_length=64)
    zip_size = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = BundleQuerySet.as_manager()

    class Meta:
        """Numbered from 1 in each asset; the same pins are never two bundles."""

        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["asset", "number"], name="bundle_numbers_are_unique"),
            models.UniqueConstraint(fields=["asset", "pins_sha256"], name="the_same_pins_are_one_bundle"),
        )

    def __str__(self) -> str:
        return f"{self.asset} bundle {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only a new bundle is written."""
        if not self._state.adding:
            raise BundleIsFinal
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: people hold what it was."""
        raise BundleIsFinal

    @property
    def report_data(self) -> dict[str, Any]:
        """Return the validation report as data."""
        value: dict[str, Any] = json.loads(self.report)
        return value


class BundleRevision(models.Model):
    """That a bundle holds the bytes of a revision."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="pins")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="pins")
    kind = models.CharField(max_length=40)

    class Meta:
        """A bundle holds one revision of each kind."""

        constraints = (models.UniqueConstraint(fields=["bundle", "kind"], name="one_revision_of_a_kind_per_bundle"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.bundle}"
