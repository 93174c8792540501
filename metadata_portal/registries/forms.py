"""Forms for terms, generated from the model of their vocabulary; the model is the judge."""

from typing import Any

from django import forms

from metadata_portal.registries.models import Term
from metadata_portal.registries.screens import screen_of
from schema_core.registries import Vocabulary, vocabulary
from schema_core.registries.registries import Registry

LONGEST = 300


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

    def __init__(self, *args: Any, declared: Vocabulary[Any], term: Term | None = None, **kwargs: Any) -> None:
        if term is not None:
            kwargs["initial"] = {**term.data, "aliases": term.aliases}
        super().__init__(*args, **kwargs)
        self.declared, self.term = declared, term
        own = {name: term_field(declared, name) for name in declared.model.model_fields}
        if term is not None:
            for name in own if term.stock else (declared.key,):
                own[name].disabled = True
        else:
            self.fields["reason"].required = False
        self.fields = {**own, **self.fields}

    def data_fields(self) -> dict[str, Any]:
        """The term's fields as they stand in a document: what is empty is null."""
        return {name: self._value(name) for name in self.declared.model.model_fields}

    def alias_lines(self) -> list[str]:
        """The other names."""
        lines: list[str] = self.cleaned_data["aliases"].splitlines()
        return lines

    def _value(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if isinstance(self.fields[name].widget, forms.NumberInput):
            return value
        return value.strip() or None if isinstance(value, str) else value


def term_field(declared: Vocabulary[Any], name: str) -> forms.Field:
    """The control for one field of the vocabulary's model."""
    info = declared.model.model_fields[name]
    common: dict[str, Any] = {
        "label": info.title,
        "help_text": info.description or "",
        "required": info.is_required() or name == declared.key,
    }
    source = screen_of(declared.name).terms_of.get(name)
    if source is not None:
        offered = [(entry.key, _with_names(entry.names)) for entry in vocabulary(source).entries()]
        return forms.ChoiceField(choices=[("", "Choose"), *offered], **common)
    if name == "registry":
        return forms.ChoiceField(
            choices=[("", "None"), *((member.value, member.value) for member in Registry)], **common
        )
    if info.annotation is int:
        return forms.IntegerField(
            min_value=0, max_value=2**31, widget=forms.TextInput({"inputmode": "numeric"}), **common
        )
    return forms.CharField(max_length=LONGEST, **common)


def _with_names(names: tuple[str, ...]) -> str:
    first, *rest = names
    return f"{first} ({rest[0]})" if rest else first


class RenameForm(forms.Form):
    """A new name for a local term."""

    name = forms.CharField(label="New name", max_length=LONGEST)
    reason = forms.CharField(label="Reason", max_length=500)


class MergeForm(forms.Form):
    """The term that takes the place of a duplicate."""

    into = forms.CharField(
        label="Term to keep", max_length=LONGEST, help_text="Its name, abbreviation, identifier or another name."
    )
    reason = forms.CharField(label="Reason", max_length=500)


class ReasonForm(forms.Form):
    """Why a term is retired or offered again."""

    reason = forms.CharField(label="Reason", max_length=500)
