"""A table that somebody brought: what it would do to the terms of a registry, and how far that is."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse


class BatchQuerySet(models.QuerySet["Batch"]):
    """Tables, narrowed."""

    def waiting(self) -> Self:
        """Return those that there is something to do for."""
        return self.filter(state__in=Batch.WORK)


class Batch(models.Model):
    """One table for one registry; its id is that of the changes in the history of each term."""

    class State(models.TextChoices):
        """How far it is."""

        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        UNDOING = "undoing", "Being taken back"
        UNDONE = "undone", "Taken back"
        REFUSED = "refused", "Not readable"

    WORK: ClassVar = (State.CHECKING, State.APPLYING, State.UNDOING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vocabulary = models.CharField(max_length=80)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    message = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    version = models.CharField(max_length=120, blank=True)
    claim = models.UUIDField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        """Newest first."""

        app_label = "registries"
        ordering = ("-created_at",)
        verbose_name_plural = "batches"
        indexes = (models.Index(fields=["vocabulary", "-created_at"], name="batch_by_registry"),)

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the page of the table."""
        return reverse("registries:batch-detail", args=[self.vocabulary, self.pk])

    @property
    def is_working(self) -> bool:
        """Whether there is something to do for it."""
        return self.state in self.WORK

    @property
    def can_apply(self) -> bool:
        """Whether every row can be taken, and one of them changes something."""
        return self.state == self.State.CHECKED and not self.refused and bool(self.new or self.changed)


class BatchRow(models.Model):
    """One row of a table: the term before and after, or why it cannot be taken."""

    class State(models.TextChoices):
        """What it does."""

        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        SAME = "same", "Unchanged"
        REFUSED = "refused", "Refused"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices)
    key = models.CharField(max_length=300)
    cells = models.JSONField(default=dict)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    field = models.CharField(max_length=80, blank=True)
    message = models.TextField(blank=True)

    class Meta:
        """In the order of the file."""

        app_label = "registries"
        ordering = ("number",)
        indexes = (models.Index(fields=["batch", "state", "number"], name="batch_row_by_state"),)

    def __str__(self) -> str:
        return f"row {self.number}"

    @property
    def action(self) -> str:
        """What would be done to the term, as its history would say it."""
        return str(self.state)
