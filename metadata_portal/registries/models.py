"""Terms as rows, the number of their version, and templates of devices."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from metadata_portal.registries.querysets import DeviceModelQuerySet, TermQuerySet
from schema_core.registries import Vocabulary, vocabulary


class Term(models.Model):
    """One term of a vocabulary: packaged ones to search and to give aliases, local ones to use."""

    class Status(models.TextChoices):
        """Where a term comes from, and whether it is offered."""

        STOCK = "stock", "Standard"
        LOCAL = "local", "Local"
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
    def declared(self) -> Vocabulary[Any]:
        """The vocabulary this is a term of."""
        return vocabulary(self.vocabulary)

    @property
    def title(self) -> str:
        """Title of the vocabulary."""
        return self.declared.title

    @property
    def also_called(self) -> str:
        """The names beside the first one, and the aliases, on one line."""
        fields = (self.data.get(field) for field in self.declared.names if isinstance(self.data, dict))
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


class OrganizationRow(Term):
    """Organizations, for the admin."""

    class Meta:
        """One table for all vocabularies."""

        proxy = True
        verbose_name = "organization"


class SpeciesRow(Term):
    """Species, for the admin."""

    class Meta:
        """One table for all vocabularies."""

        proxy = True
        verbose_name = verbose_name_plural = "species"


class StrainRow(Term):
    """Strains, for the admin."""

    class Meta:
        """One table for all vocabularies."""

        proxy = True
        verbose_name = "strain"


class RegistryVersion(models.Model):
    """Counts changes of the registries; one row. The digest is of the terms that the packaged tables lack."""

    number = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.number)


class DeviceModel(models.Model):
    """A model of an implantable device; choosing it fills the form with what all of its kind share."""

    class Kind(models.TextChoices):
        """Classes of the standard, by the `object_type` they carry."""

        EPHYS_PROBE = "Ephys probe", "Ephys probe"
        FIBER_PROBE = "Fiber probe", "Fiber probe"
        CATHETER = "Catheter", "Catheter"
        MYOMATRIX_ARRAY = "Myomatrix array", "Myomatrix array"

    class Status(models.TextChoices):
        """Whether it is offered."""

        LOCAL = "local", "In use"
        RETIRED = "retired", "Retired"

    kind = models.CharField(max_length=40, choices=Kind.choices)
    name = models.CharField(max_length=200, help_text="What people call it: Neuropixels 1.0, long fiber.")
    manufacturer = models.CharField(max_length=300, blank=True)
    model = models.CharField(max_length=200, blank=True)
    part_number = models.CharField(max_length=200, blank=True)
    defaults = models.JSONField(default=dict, blank=True, help_text="Fields that every device of this model shares.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.LOCAL)
    reason = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DeviceModelQuerySet.as_manager()

    class Meta:
        """Device models are listed by kind and name."""

        ordering = ("kind", "name")
        constraints = (models.UniqueConstraint(Lower("name"), name="device_model_name_unique"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the device model."""
        return reverse("registries:device-edit", args=[self.pk])

    @property
    def is_retired(self) -> bool:
        """Whether it is no longer offered."""
        return self.status == self.Status.RETIRED
