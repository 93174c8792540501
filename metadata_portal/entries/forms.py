"""The small forms around a record: its key, a reason, the filters of the list."""

from typing import TYPE_CHECKING, Any

from django import forms

from metadata_portal.accounts.models import Project
from metadata_portal.entries.models import Kind

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

_KEY_WORDS = {
    "subject": ("Subject id", "As the animal is registered, such as 730945."),
    "procedures": ("Subject id", "The animal the procedures were done on, such as 730945."),
    "data_description": (
        "Name of the data asset",
        "For raw data: subject id, date and time of the session, such as 730945_2026-11-20_14-05-00.",
    ),
}


class NewRecordForm(forms.Form):
    """Whose record it is."""

    key = forms.CharField(max_length=200)
    project = forms.ModelChoiceField(Project.objects.none(), help_text="Its members see what you submit.")

    def __init__(self, kind: str, user: "User", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, help_text = _KEY_WORDS[kind]
        self.fields["key"].label, self.fields["key"].help_text = label, help_text
        self.fields["key"].widget.attrs.update(
            {"class": "form-control", "autofocus": True, "autocomplete": "off", "spellcheck": "false"}
        )
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


class ReasonForm(forms.Form):
    """Why something is corrected or taken back."""

    reason = forms.CharField(
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
