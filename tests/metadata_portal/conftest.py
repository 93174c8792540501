"""People, projects and signed-in clients for the tests of the portal."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import Project, User
from metadata_portal.accounts.services import project_create, user_create

if TYPE_CHECKING:
    from collections.abc import Callable

PASSWORD = "correct-horse-battery"
_numbers = count(1)


@pytest.fixture(autouse=True)
def own_cache_and_quick_hashes(settings):
    """Attempts counted by one test are not seen by another, and passwords cost nothing."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"test-{next(_numbers)}"}
    }
    # a process of its own would not see this test's database: tests do such work themselves
    settings.PORTAL_JOBS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def make_project(db) -> Callable[..., Project]:
    """``make_project(name="Lab 2")`` makes a project."""

    def make(name: str = "", **extra) -> Project:
        return project_create(name=name or f"Project {next(_numbers)}", by=None, **extra)

    return make


@pytest.fixture
def project(make_project) -> Project:
    """The project that the test's people belong to unless it says otherwise."""
    return make_project("Basal ganglia")


@pytest.fixture
def make_user(project) -> Callable[..., User]:
    """``make_user(roles.SURGEON, username=…, projects=[…])`` makes a person with a password, in ``project``."""

    def make(*role_names: str, username: str = "", name: str = "", projects=None) -> User:
        user = user_create(
            username=username or f"person{next(_numbers)}",
            name=name,
            role_names=role_names or [roles.SURGEON],
            projects=[project] if projects is None else projects,
            by=None,
        )
        user.set_password(PASSWORD)
        user.save()
        return user

    return make


@pytest.fixture
def client_for(make_user) -> Callable[..., Client]:
    """``client_for(roles.SURGEON)`` or ``client_for(user)``: signed in, with the person as ``client.user``."""

    def make(who: str | User = roles.SURGEON, *, enforce_csrf_checks: bool = False, **extra) -> Client:
        user = make_user(who, **extra) if isinstance(who, str) else who
        client = Client(enforce_csrf_checks=enforce_csrf_checks)
        client.force_login(user)
        client.user = user
        return client

    return make


@pytest.fixture
def surgeon(make_user) -> User:
    """A surgeon of ``project``."""
    return make_user(roles.SURGEON, name="Sam Surgeon")


@pytest.fixture
def other_surgeon(make_user, make_project) -> User:
    """A surgeon of another project."""
    return make_user(roles.SURGEON, projects=[make_project("Elsewhere")])


@pytest.fixture
def registry_manager(make_user) -> User:
    """A registry manager of ``project``."""
    return make_user(roles.REGISTRY_MANAGER)


@pytest.fixture
def data_user(make_user) -> User:
    """A data user of ``project``."""
    return make_user(roles.DATA_USER)


@pytest.fixture
def administrator(make_user) -> User:
    """An administrator."""
    return make_user(roles.ADMINISTRATOR, projects=[])
