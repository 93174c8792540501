"""``manage.py quickstart``: from an empty database to a portal that somebody can sign in to."""

import os
import secrets
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import transaction

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import Project, User
from metadata_portal.accounts.services import password_set, project_create, user_create

USERNAME = "admin"
PROJECT = "First project"
SHORTEST_GOOD = 12


class Command(BaseCommand):
    """Migrate, load registries, make the first project and administrator. A second run changes nothing."""

    help = "Set up the portal: database, registries, first project, first administrator."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is not done yet."""
        del args
        call_command("migrate", interactive=False, verbosity=0)
        if "load_registries" in get_commands():
            call_command("load_registries", verbosity=options["verbosity"])
        password = self._make_first_people()
        if password:
            self._show(password)
        self.stdout.write("The portal is ready.")

    @transaction.atomic
    def _make_first_people(self) -> str:
        """Return the first administrator's new password, or nothing when there is somebody already."""
        project = Project.objects.order_by("pk").first() or project_create(name=PROJECT, by=None)
        if User.objects.exists():
            return ""
        preset = os.environ.get("PORTAL_ADMIN_PASSWORD", "")
        if preset and len(preset) < SHORTEST_GOOD:
            self.stderr.write(f"PORTAL_ADMIN_PASSWORD is short: change it to {SHORTEST_GOOD} characters or more.")
        password = preset or secrets.token_urlsafe(12)
        admin = user_create(
            username=USERNAME, name="Administrator", role_names=[roles.ADMINISTRATOR], projects=[project], by=None
        )
        password_set(user=admin, password=password, by=None)
        return "" if preset else password

    def _show(self, password: str) -> None:
        line = "-" * 60
        self.stdout.write(line)
        self.stdout.write(f"Sign in as {USERNAME} with the password {password}")
        self.stdout.write("It is shown this once only. Change it after signing in.")
        self.stdout.write(line)
