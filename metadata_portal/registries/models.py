"""Terms as rows, what was done to them and who uses them, and the number of their version."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.urls import reverse

from metadata_portal.registries.bulk.models import Batch, BatchRow
from metadata_portal.registries.declaring import Declaration, declaration
from metadata_portal.registries.querysets import TermQuerySet, TermUseQuerySet

__all__ = ["Batch", "BatchRow", "RegistryVersion", "Term", "TermChange", "TermUse"]


class Term(models.Model):
    """One term of a registry: packaged ones to search and to give aliases, local ones to use."""

    class Status(models.TextChoices):
        """Where a term comes from, and whether it is offered."""

        STOCK = "stock", "Standard"
        LOCAL = "local", "Local"
        PROPOSED = "proposed", "Proposed"
        RETIRED = "retired", "Retired"

    vocabulary = models.CharField(max_length=80)
    key = models.CharField(max_length=300)
    name = models.CharField(max_length=300)
    data = models.JSONField(help_text="The fields as they stand in a document.")
    aliases = models.TextField(blank=True, help_text="Other names people type, one a line.")
    identifier = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=120)
    stock = models.BooleanField(default=False, editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.LOCAL)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    reason = models.TextField(blank=True, help_text="Why it was added or last changed.")
    search = models.TextField(editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        """Terms are listed by name."""

        ordering = ("name", "key")
        constraints = (models.UniqueConstraint(fields=["vocabulary", "key"], name="term_key_unique"),)
        indexes = (
            models.Index(fields=["vocabulary", "name"], name="term_by_name"),
            models.Index(fields=["vocabulary", "status"], name="term_by_status"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the term's page."""
        return reverse("registries:term-detail", args=[self.vocabulary, self.pk])

    @property
    def declared(self) -> Declaration:
        """The registry this is a term of."""
        return declaration(self.vocabulary)

    @property
    def title(self) -> str:
        """Title of the registry."""
        return self.declared.title

    @property
    def also_called(self) -> str:
        """The names beside the first one, and the aliases, on one line."""
        fields = (self.data.get(field) for field in self.declared.vocabulary.names if isinstance(self.data, dict))
        names = [str(value) for value in fields if value not in {None, self.name}]
        return " · ".join((*names, *self.alias_list))

    @property
    def alias_list(self) -> list[str]:
        """The other names."""
        return [line for line in self.aliases.splitlines() if line]

    @property
    def is_retired(self) -> bool:
        """Whether it is no longer offered."""
        return self.status == self.Status.RETIRED


class TermChange(models.Model):
    """One thing that was done to a term: who, when, why, and how it was before and after. Never changed."""

    term = models.ForeignKey(Term, null=True, on_delete=models.SET_NULL, related_name="changes")
    vocabulary = models.CharField(max_length=80)
    key = models.CharField(max_length=300)
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.TextField(blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.UUIDField(null=True, db_index=True)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["vocabulary", "-at"], name="change_by_registry"),)

    def __str__(self) -> str:
        return f"{self.action} {self.key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new one; refuse to change one."""
        if not self._state.adding:
            raise TypeError("What was done to a term is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        del args, kwargs
        raise TypeError("What was done to a term is never deleted.")


class TermUse(models.Model):
    """Somebody holds a term: a draft, a revision, or another term. A term in use cannot be deleted."""

    class Holder(models.TextChoices):
        """What can hold a term."""

        DRAFT = "draft", "Draft"
        REVISION = "revision", "Revision"
        TERM = "term", "Term"

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="uses")
    holder = models.CharField(max_length=10, choices=Holder.choices)
    holder_id = models.CharField(max_length=40)

    objects = TermUseQuerySet.as_manager()

    class Meta:
        """A holder is listed once for a term."""

        constraints = (models.UniqueConstraint(fields=("holder", "holder_id", "term"), name="one_use_per_holder"),)

    def __str__(self) -> str:
        return f"{self.holder} {self.holder_id} uses {self.term_id}"


class RegistryVersion(models.Model):
    """Counts changes of the registries; one row. The digest is of the terms that the packaged tables lack.

    `lab` counts those of registries that the standard does not know: no verdict depends on them.
    """

    number = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    lab = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
