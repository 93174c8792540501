"""The small forms around a record: its key, a reason, the filters of the list."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from metadata_portal.accounts.models import Project
from metadata_portal.entries.keys import MAX_LENGTH, joined_key, split_key
from metadata_portal.entries.kinds import KINDS
from metadata_portal.entries.models import Kind

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User


class NewRecordForm(forms.Form):
    """What the record is of; a whole key is taken apart into what is asked for."""

    project = forms.ModelChoiceField(Project.objects.none(), help_text="Its members see what you submit.")

    def __init__(self, kind: str, user: "User", data: Mapping[str, Any] | None, given: Mapping[str, str]) -> None:
        super().__init__(_with_parts(kind, data), initial=_with_parts(kind, given))
        self.kind = kind
        for index, part in enumerate(KINDS[kind].key):
            widget = forms.TextInput(
                {"class": "form-control", "autofocus": not index, "autocomplete": "off", "spellcheck": "false"}
            )
            self.fields[part.name] = forms.CharField(
                label=part.label, help_text=part.help, max_length=MAX_LENGTH, widget=widget
            )
        self.order_fields([*(part.name for part in KINDS[kind].key), "project"])
        projects = Project.objects.visible_to(user)
        field = self.fields["project"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = projects
        field.widget.attrs["class"] = "form-select"
        choices = list(projects[:2])
        field.initial = choices[0] if choices else None
        self.has_projects = bool(choices)
        if len(choices) == 1:
            field.widget = forms.HiddenInput()

    @property
    def parts(self) -> list[forms.BoundField]:
        """The fields that the key is made of."""
        return [self[part.name] for part in KINDS[self.kind].key]

    def key(self) -> str:
        """The key that was asked for; raises KeyRefused."""
        return joined_key(self.kind, self.cleaned_data)


def _with_parts(kind: str, data: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What was sent, with a whole key taken apart."""
    if data is None:
        return None
    return {**split_key(kind, str(data.get("key", ""))), **{name: data[name] for name in data if data[name]}}


class ReasonForm(forms.Form):
    """Why something is corrected or taken back."""

    reason = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )


class TemplateForm(forms.Form):
    """What a template is called, and when to use it."""

    name = forms.CharField(
        label="Name", max_length=100, widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
    )
    about = forms.CharField(
        label="When to use it",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )


class RenameForm(ReasonForm):
    """The new key of a record."""

    key = forms.CharField(
        label="New identifier",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("key", "reason")


class DeviceRenameForm(ReasonForm):
    """The new name of a device."""

    name = forms.CharField(
        label="New name",
        max_length=300,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("name", "reason")


class RecordFilter(forms.Form):
    """What the list of records is narrowed to; nonsense narrows nothing."""

    q = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=[("", "Every kind"), *Kind.choices])
    state = forms.ChoiceField(
        required=False,
        choices=[("", "Any state"), ("draft", "Draft"), ("submitted", "Submitted"), ("withdrawn", "Withdrawn")],
    )
    mine = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
        self.fields["mine"].widget.attrs["class"] = "form-check-input"
        self.fields["q"].widget.attrs.update({"type": "search", "placeholder": "Subject id or name"})
