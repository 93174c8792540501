"""The control for one field of a registry's row, by its type; what no plain control shows has a page of its own."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from django import forms
from django.urls import reverse
from pydantic.fields import FieldInfo

from metadata_portal.registries.declaring import Declaration, declaration
from schema_core.registries.registries import Registry

LONGEST = 300
LONG_TEXT = 3000
FEW = 60
_LISTS = (list, tuple, set, frozenset)

Builder = Callable[..., forms.Field]
_BUILDERS: dict[type, Builder] = {}


class Lines(forms.CharField):
    """Short texts, one a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONG_TEXT, widget=forms.Textarea({"rows": 3}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The texts that are not empty."""
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """The texts as they are typed."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def validate(self, value: Any) -> None:
        """An empty list is what the model judges."""
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")


class TermInput(forms.TextInput):
    """A text with the terms of a registry offered while somebody types, in the datalist `<registry>-terms`."""

    def __init__(self, registry: str) -> None:
        url = reverse("registries:term-options", args=[registry])
        super().__init__({"autocomplete": "off", "list": f"{registry}-terms", "data-terms": url})
        self.registry = registry


def builds(*types: type) -> Callable[[Builder], Builder]:
    """Register the builder of the control for a plain type."""

    def keep(builder: Builder) -> Builder:
        for plain in types:
            if plain in _BUILDERS:
                raise ValueError(f"two builders for {plain}")
            _BUILDERS[plain] = builder
        return builder

    return keep


def row_fields(declared: Declaration) -> dict[str, forms.Field]:
    """The controls for a row, in the order of its model."""
    found = ((name, row_field(declared, name)) for name in declared.fields if name not in declared.kept)
    return {name: field for name, field in found if field is not None}


def row_field(declared: Declaration, name: str) -> forms.Field | None:
    """The control for one field; None where its values are no plain ones."""
    info: FieldInfo = declared.fields[name]
    common: dict[str, Any] = {
        "label": info.title or name.replace("_", " ").capitalize(),
        "help_text": info.description or "",
        "required": info.is_required() or name == declared.vocabulary.key,
    }
    if not info.is_required():
        common["initial"] = plain(info.get_default(call_default_factory=True))
    kind, is_list = _plain_type(info.annotation)
    if (registry := declared.terms_of.get(name)) is not None:
        return _terms(registry, is_list, **common)
    if name == "registry":
        return forms.ChoiceField(choices=[("", "None"), *_options(Registry)], **common)
    options = _options(kind)
    if options and is_list:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
    if options:
        return forms.ChoiceField(choices=[("", "Choose"), *options], **common)
    if is_list:
        return Lines(**common) if kind is str else None
    builder = _BUILDERS.get(kind)
    return None if builder is None else builder(info=info, **common)


@builds(str)
def text_field(*, info: FieldInfo, **common: Any) -> forms.Field:
    """A line, or a few where the model allows more than a line holds."""
    most = next((mark.max_length for mark in info.metadata if getattr(mark, "max_length", None)), LONGEST)
    widget = forms.Textarea({"rows": 3}) if most > LONGEST else forms.TextInput()
    return forms.CharField(max_length=most, widget=widget, **common)


@builds(int)
def whole_number(*, info: FieldInfo, **common: Any) -> forms.Field:
    """A whole number; the model knows its limits."""
    del info
    widget = forms.TextInput({"inputmode": "numeric"})
    return forms.IntegerField(min_value=-(2**31), max_value=2**31, widget=widget, **common)


@builds(float, Decimal)
def number(*, info: FieldInfo, **common: Any) -> forms.Field:
    """A number with a point; kept as it was typed."""
    del info
    widget = forms.TextInput({"inputmode": "decimal"})
    return forms.DecimalField(max_digits=30, decimal_places=12, widget=widget, **common)


@builds(bool)
def yes_or_no(*, info: FieldInfo, **common: Any) -> forms.Field:
    """Yes, no, or not said where the model allows that."""
    options = [("true", "Yes"), ("false", "No")]
    if NoneType in get_args(info.annotation) or info.is_required():
        options.insert(0, ("", "Not said"))
    common["initial"] = str(common["initial"]).lower() if common.get("initial") is not None else ""
    return forms.TypedChoiceField(choices=options, coerce=lambda text: text == "true", empty_value=None, **common)


@builds(date)
def day(*, info: FieldInfo, **common: Any) -> forms.Field:
    """A day, written as 2026-03-14."""
    del info
    widget = forms.DateInput({"inputmode": "numeric", "placeholder": "YYYY-MM-DD"}, format="%Y-%m-%d")
    errors = {"invalid": "Write the day as 2026-03-14: year, month, day."}
    return forms.DateField(input_formats=["%Y-%m-%d"], widget=widget, error_messages=errors, **common)


def plain(value: Any) -> Any:
    """A value of a model as a control shows it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def shown(value: Any) -> str:
    """A value of a row as pages say it; empty for what nobody said."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')}: {shown(item)}" for key, item in value.items() if shown(item))
    return str(value)


def _terms(registry: str, is_list: bool, **common: Any) -> forms.Field:
    """A list to choose from where it is short, else a text with offers."""
    if is_list:
        other = declaration(registry)
        common["help_text"] = f"{common['help_text']} One a line, each of the {other.title.lower()}.".strip()
        return Lines(**common)
    entries = declaration(registry).vocabulary.entries()
    if len(entries) > FEW:
        return forms.CharField(max_length=LONGEST, widget=TermInput(registry), **common)
    return KnownTerm(choices=[("", "Choose"), *((entry.key, _with_names(entry.names)) for entry in entries)], **common)


class KnownTerm(forms.ChoiceField):
    """A choice that also takes a term that is no longer offered: a row may hold it, and the service judges."""

    def valid_value(self, value: str) -> bool:
        """Leave it to the service, which says what is missing."""
        del value
        return True

    def prepare_value(self, value: Any) -> Any:
        """Offer what is held, too."""
        choices: Any = self.choices
        if value and value not in {key for key, _ in choices}:
            self.choices = [*choices, (value, f"{value} (not offered)")]
        return value


def _with_names(names: tuple[str, ...]) -> str:
    first, *rest = names
    return f"{first} ({rest[0]})" if rest else first


def _options(kind: Any) -> list[tuple[str, str]]:
    """The few words that a field takes."""
    if get_origin(kind) is Literal:
        return [(str(word), str(word)) for word in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [(str(member.value), str(member.value)) for member in kind]
    return []


def _plain_type(annotation: Any) -> tuple[Any, bool]:
    """The type inside Optional, Annotated and a list, and whether there was a list."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain_type(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        parts: Iterable[Any] = [part for part in get_args(annotation) if part is not NoneType]
        first, *rest = parts
        return (object, False) if rest else _plain_type(first)
    if origin in _LISTS:
        return _plain_type(get_args(annotation)[0])[0], True
    return annotation, False
