"""A form field that takes a record by its key: typed, with suggestions, however many records there are."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from metadata_portal.entries.models import Record
    from metadata_portal.entries.querysets import RecordQuerySet

# Enough to choose from without typing; more is found by typing the key.
SUGGESTED = 50


class KeyInput(forms.TextInput):
    """A text input with the keys it would take as suggestions."""

    keys: list[str]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.keys = []

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Draw the input and its list."""
        list_id = f"keys-{name}"
        drawn = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((key,) for key in self.keys))
        return format_html('{}<datalist id="{}">{}</datalist>', drawn, list_id, options)


class RecordKeyField(forms.CharField):
    """A record of the ones offered, by key or id."""

    widget = KeyInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=200, **options)
        self._offered: RecordQuerySet | None = None

    def offer(self, records: RecordQuerySet) -> None:
        """Take these records, and suggest the newest of them."""
        self._offered = records
        self.widget.keys = list(records.order_by("-created_at").values_list("key", flat=True)[:SUGGESTED])

    def prepare_value(self, value: Any) -> Any:
        """Show the key of a record."""
        return getattr(value, "key", value)

    def clean(self, value: Any) -> Record | None:
        """Return the record, or say which keys fit."""
        text = str(super().clean(value)).strip()
        if not text or self._offered is None:
            return None
        found: list[Record] = list(self._offered.select_related("project").filter(**_wanted(text))[:2])
        if not found:
            raise forms.ValidationError(f"There is no such record that you can use: {text}")
        if len(found) > 1:
            projects = " and ".join(str(record.project) for record in found)
            raise forms.ValidationError(f"{text} is a record of {projects}: open the one you mean and start there")
        return found[0]


def _wanted(text: str) -> dict[str, Any]:
    try:
        return {"pk": uuid.UUID(text)}
    except ValueError:
        return {"key": text}
