"""What people are writing of a registry's row, until they keep it."""

import json
from typing import Any

from django.conf import settings
from django.db import models


class Sheet(models.Model):
    """One person's unkept text of one thing: a device model's fields, a coordinate system, a chain of transforms."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sheets")
    key = models.CharField(max_length=300)
    document = models.TextField()
    item_ids = models.JSONField(default=dict)
    base = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One for each person and thing."""

        constraints = (models.UniqueConstraint(fields=("person", "key"), name="one_sheet_per_person_and_key"),)

    def __str__(self) -> str:
        return f"{self.key} by {self.person}"

    @property
    def data(self) -> dict[str, Any]:
        """The document as values."""
        data: dict[str, Any] = json.loads(self.document)
        return data
