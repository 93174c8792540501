"""Who is said to have done what a command does, and in which project."""

from __future__ import annotations

from django.core.management.base import CommandError

from metadata_portal.accounts.models import Project, User
from metadata_portal.accounts.permissions import is_administrator


def acting_person(username: str) -> User:
    """Return the person of that name; without one, the first administrator."""
    if username:
        found = User.objects.filter(username__iexact=username, is_active=True).first()
        if found is None:
            raise CommandError(f"There is no active person named {username!r}")
        return found
    for person in User.objects.filter(is_active=True).order_by("pk"):
        if is_administrator(person):
            return person
    raise CommandError("There is no administrator yet: run `manage.py quickstart`, or name a person with --by")


def chosen_project(name: str) -> Project:
    """Return the project of that name or address word; without one, the first."""
    if not name:
        found = Project.objects.order_by("pk").first()
        if found is None:
            raise CommandError("There is no project yet: run `manage.py quickstart`")
        return found
    found = Project.objects.filter(name=name).first() or Project.objects.filter(slug=name).first()
    if found is None:
        known = ", ".join(Project.objects.order_by("name").values_list("name", flat=True)) or "none"
        raise CommandError(f"There is no project named {name!r}; there is: {known}")
    return found
