"""People, the projects that share records, and the trail of what was done."""

import uuid
from itertools import chain, count
from typing import Any, NoReturn

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify

from metadata_portal.accounts.querysets import ProjectQuerySet


class User(AbstractUser):
    """A person who signs in. Never deleted: what they did keeps their name."""

    first_name = None  # type: ignore[assignment] # one name as people write it
    last_name = None  # type: ignore[assignment]
    name = models.CharField("name", max_length=150, blank=True, help_text="As it should appear beside their work.")

    # counts the set-password links handed out: a new one ends those before it
    password_links = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()  # type: ignore[misc] # the base says ClassVar

    class Meta(AbstractUser.Meta):
        """Names are compared without regard to case."""

        ordering = ("username",)
        constraints = (
            models.UniqueConstraint(Lower("username"), name="user_name_unique", violation_error_message="Taken."),
        )

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Return the person's name, or the name they sign in with."""
        return self.name or self.username

    def get_short_name(self) -> str:
        """Return the same: people have one name here."""
        return self.get_full_name()

    @cached_property
    def role_names(self) -> frozenset[str]:
        """Return the person's roles, read once for each request."""
        return frozenset(self.groups.values_list("name", flat=True))


class Project(models.Model):
    """A group of people who see and continue each other's records."""

    name = models.CharField(max_length=120, unique=True, help_text="As people call it.")
    slug = models.SlugField(max_length=140, unique=True, editable=False)
    members = models.ManyToManyField(User, related_name="projects", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        """Projects are listed by name."""

        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new project the address word made from its name; it never changes after that."""
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the project's page."""
        return reverse("accounts:project-edit", args=[self.slug])

    def _free_slug(self) -> str:
        word = slugify(self.name) or uuid.uuid4().hex[:8]
        # the address /projects/new/ makes a project
        taken = {"new", *Project.objects.filter(slug__startswith=word).values_list("slug", flat=True)}
        return next(slug for slug in chain([word], (f"{word}-{number}" for number in count(2))) if slug not in taken)


class AuditEvent(models.Model):
    """One thing that somebody did. Written inside the same transaction, never changed or deleted."""

    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="audit_events")
    action = models.CharField(max_length=80, db_index=True)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["object_type", "object_id"], name="audit_object"),)

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new event; refuse to change one."""
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        del args, kwargs
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError("An audit event is never changed or deleted.")


class Notice(models.Model):
    """One line that a person is told on their dashboard, until they have read it."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    text = models.TextField()
    address = models.CharField(max_length=500, blank=True, help_text="Where to look.")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.text[:80]
