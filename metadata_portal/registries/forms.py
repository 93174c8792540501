"""Forms for terms, generated from the model of their registry; the model is the judge."""

from typing import Any

from django import forms

from metadata_portal.errors import FormError
from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.models import Term
from metadata_portal.registries.row_fields import LONGEST, TermInput, row_fields

FOLLOW = "Open drafts of the records that hold it"


class TermForm(forms.Form):
    """Fields of a term, its other names, and why it is added or changed."""

    aliases = forms.CharField(
        label="Other names",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Abbreviations and spellings that people type, one a line.",
    )
    reason = forms.CharField(label="Reason", max_length=500, help_text="Why, for the history of this term.")

    def __init__(self, *args: Any, declared: Declaration, term: Term | None = None, **kwargs: Any) -> None:
        if term is not None:
            kwargs["initial"] = {**_typed(term.data), "aliases": term.aliases}
        super().__init__(*args, **kwargs)
        self.declared, self.term = declared, term
        own = row_fields(declared)
        if term is not None:
            for name in own if term.stock else (declared.vocabulary.key,):
                own[name].disabled = True
        else:
            self.fields["reason"].required = False
        self.own = tuple(own)
        self.fields = {**own, **self.fields}

    def data_fields(self) -> dict[str, Any]:
        """The row's fields as they stand in a document: what is empty is null, what the form does not show stays."""
        kept = dict(self.term.data) if self.term is not None else {}
        given = {name: self._value(name) for name in self.own}
        for name, value in given.items():
            info = self.declared.fields[name]
            # an empty control says nothing of a field that has a default of its own
            if value is None and not info.is_required() and info.get_default(call_default_factory=True) is not None:
                kept.pop(name, None)
            else:
                kept[name] = value
        return kept

    def alias_lines(self) -> list[str]:
        """The other names."""
        lines: list[str] = self.cleaned_data["aliases"].splitlines()
        return lines

    def refuse(self, error: FormError) -> None:
        """Put a refusal beside the control that it is about."""
        self.add_error(error.field if error.field in self.fields else None, error.message)

    @property
    def offers(self) -> list[str]:
        """Registries whose terms are offered while somebody types."""
        widgets = (field.widget for field in self.fields.values())
        return sorted({widget.registry for widget in widgets if isinstance(widget, TermInput)})

    def _value(self, name: str) -> Any:
        value = self.cleaned_data[name]
        return value.strip() or None if isinstance(value, str) else value


def _typed(data: dict[str, Any]) -> dict[str, Any]:
    """Values of a row as their controls take them."""
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in data.items()}


class RenameForm(forms.Form):
    """A new name for a local term."""

    name = forms.CharField(label="New name", max_length=LONGEST)
    reason = forms.CharField(label="Reason", max_length=500)
    follow = forms.BooleanField(label=FOLLOW, required=False, initial=True)


class MergeForm(forms.Form):
    """The term that takes the place of a duplicate."""

    into = forms.CharField(
        label="Term to keep", max_length=LONGEST, help_text="Its name, abbreviation, identifier or another name."
    )
    reason = forms.CharField(label="Reason", max_length=500)
    follow = forms.BooleanField(label=FOLLOW, required=False, initial=True)


class ReasonForm(forms.Form):
    """Why a term is retired or offered again."""

    reason = forms.CharField(label="Reason", max_length=500)


class DeleteForm(ReasonForm):
    """Why a term is deleted."""
