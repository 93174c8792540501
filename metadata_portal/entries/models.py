"""A record, its immutable revisions, and the drafts people write."""

import json
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.db import models
from django.urls import reverse

from metadata_portal.entries.errors import RevisionIsFinal
from metadata_portal.entries.kinds import KINDS
from metadata_portal.entries.querysets import DraftQuerySet, RecordQuerySet, RevisionQuerySet, TemplateQuerySet

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User


class Kind(models.TextChoices):
    """The core files that records are kept of."""

    SUBJECT = "subject", "Subject"
    PROCEDURES = "procedures", "Procedures"
    DATA_DESCRIPTION = "data_description", "Data description"
    INSTRUMENT = "instrument", "Instrument"
    ACQUISITION = "acquisition", "Acquisition"
    PROCESSING = "processing", "Processing"
    QUALITY_CONTROL = "quality_control", "Quality control"
    MODEL = "model", "Model"


class Record(models.Model):
    """One core file of one thing, over time; what it says is in its revisions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40, choices=Kind)
    key = models.CharField(max_length=200)
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="records")
    subject_id = models.CharField(max_length=200, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = RecordQuerySet.as_manager()

    class Meta:
        """One record a key, in each project."""

        ordering = ("-created_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("project", "kind", "key"), name="one_record_per_project_kind_key"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"

    def get_absolute_url(self) -> str:
        """Where the record is read."""
        return reverse("entries:record-detail", args=[self.pk])

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return KINDS[self.kind].icon

    def last_revision(self) -> "Revision | None":
        """The newest revision, withdrawn or not."""
        return self.revisions.select_related("withdrawal", "author").order_by("-number").first()

    def current_revision(self) -> "Revision | None":
        """The newest revision, None when it was withdrawn or none was submitted."""
        last = self.last_revision()
        return None if last is None or last.is_withdrawn else last


class Revision(models.Model):
    """What one person submitted, byte for byte; never changed, never deleted."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    item_ids = models.JSONField(default=dict)
    sources = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150)
    reason = models.TextField(blank=True)
    schema_version = models.CharField(max_length=20)
    problems = models.JSONField(default=list)
    warning_count = models.PositiveIntegerField(default=0)
    stock_valid = models.BooleanField(default=True)
    local_terms = models.JSONField(default=list)
    op = models.UUIDField(null=True, blank=True, editable=False)
    op_body = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        """Numbered from 1 in each record; a submit operation makes one revision."""

        ordering = ("record", "number")
        constraints = (
            models.UniqueConstraint(fields=("record", "number"), name="one_revision_per_number"),
            models.UniqueConstraint(fields=("record", "op"), name="one_revision_per_submit"),
        )

    def __str__(self) -> str:
        return f"{self.record} revision {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only a new revision is written."""
        if not self._state.adding:
            raise RevisionIsFinal
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refused: a revision is withdrawn or corrected, never deleted."""
        raise RevisionIsFinal

    @property
    def data(self) -> dict[str, Any]:
        """The document as values."""
        data: dict[str, Any] = json.loads(self.document)
        return data

    @property
    def is_withdrawn(self) -> bool:
        """Whether somebody took it back."""
        return hasattr(self, "withdrawal")

    @property
    def withdrawn_at(self) -> datetime | None:
        """When it was taken back."""
        return self.withdrawal.at if self.is_withdrawn else None

    @property
    def withdrawn_by(self) -> "User | None":
        """Who took it back."""
        return self.withdrawal.by if self.is_withdrawn else None

    @property
    def withdrawn_reason(self) -> str:
        """Why it was taken back."""
        return self.withdrawal.reason if self.is_withdrawn else ""


class Withdrawal(models.Model):
    """The taking back of a revision: a row of its own, since the revision stays as it is."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.revision} withdrawn"


class Draft(models.Model):
    """What one editor is writing; always kept, however wrong or incomplete."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="drafts")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    document = models.TextField(default="{}")
    item_ids = models.JSONField(default=dict)
    sources = models.JSONField(default=dict)
    base = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    problems = models.JSONField(default=list)
    problems_under = models.CharField(max_length=100, blank=True)
    blocking_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        """One draft per record and editor."""

        ordering = ("-updated_at",)
        constraints = (models.UniqueConstraint(fields=("record", "editor"), name="one_draft_per_editor"),)

    def __str__(self) -> str:
        return f"draft of {self.record} by {self.editor}"

    @property
    def data(self) -> dict[str, Any]:
        """The document as values."""
        data: dict[str, Any] = json.loads(self.document)
        return data


class Template(models.Model):
    """The structure of a record or of a node, kept under a name to begin others from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="templates")
    name = models.CharField(max_length=100)
    about = models.TextField(blank=True)
    kind = models.CharField(max_length=40, choices=Kind)
    node_type = models.CharField(max_length=200, blank=True, db_index=True)
    title = models.CharField(max_length=200)
    document = models.TextField()
    made_from = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        """A name is given once in a project."""

        ordering = ("kind", "name")
        constraints = (models.UniqueConstraint(fields=("project", "name"), name="one_template_per_project_name"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where the template is read."""
        return reverse("entries:template-detail", args=[self.pk])

    @property
    def data(self) -> Any:
        """The structure as values."""
        return json.loads(self.document)

    @property
    def is_record(self) -> bool:
        """Whether it begins a whole record."""
        return not self.node_type

    @property
    def icon(self) -> str:
        """The icon of its kind of record."""
        return KINDS[self.kind].icon


class DraftOperation(models.Model):
    """One save that was answered: asked again, it gets the same answer."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="operations")
    op = models.UUIDField()
    body = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """An operation id is used once in a draft."""

        constraints = (models.UniqueConstraint(fields=("draft", "op"), name="one_answer_per_operation"),)

    def __str__(self) -> str:
        return f"{self.op} on {self.draft}"
