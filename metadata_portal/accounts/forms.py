"""Forms of the administrators' pages."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from metadata_portal.accounts import roles
from metadata_portal.accounts.models import Project, User


class RoleField(forms.MultipleChoiceField):
    """Check boxes for the four roles, each with what it allows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[(name, _told(name)) for name in roles.ROLES],
            widget=forms.CheckboxSelectMultiple,
            **options,
        )


def _told(role: str) -> SafeString:
    return format_html('<strong>{}</strong> <span class="muted">{}</span>', role.capitalize(), roles.MEANING[role])


class PersonForm(forms.Form):
    """A person's name, roles and projects."""

    name = forms.CharField(max_length=150, help_text="As it should appear beside their work.")
    roles = RoleField(help_text="A person may have several roles.")
    projects = forms.ModelMultipleChoiceField(
        Project.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Members of a project see and continue each other's records.",
    )


class NewPersonForm(PersonForm):
    """A person who has no account yet."""

    username = forms.CharField(
        label="Sign-in name",
        max_length=150,
        validators=[User.username_validator],
        help_text="Letters, digits and @ . + - _ only. It stays the same for ever.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("username", "name", "roles", "projects")


class EditPersonForm(PersonForm):
    """A person who has an account."""

    is_active = forms.BooleanField(
        label="May sign in",
        required=False,
        help_text="Without this the person is signed out at once; what they did stays.",
    )


class ProjectForm(forms.Form):
    """A project's name and members."""

    name = forms.CharField(max_length=120, help_text="As people call it, for example a grant or a group.")
    members = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True), required=False, widget=forms.CheckboxSelectMultiple
    )
