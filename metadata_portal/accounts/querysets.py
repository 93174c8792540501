"""Which people and projects somebody may see."""

from typing import TYPE_CHECKING, Self

from django.db import models

from metadata_portal.accounts import permissions

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from metadata_portal.accounts.models import Project, User  # noqa: F401 - named in the string below


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects, narrowed to a person."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Return the projects that the person is a member of; an administrator sees all."""
        if not user.is_authenticated:
            return self.none()
        if permissions.is_administrator(user):
            return self
        return self.filter(members=user)
