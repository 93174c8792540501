"""The form of a device model: its own columns, and the shared fields of its class."""

from typing import Any

from django import forms

from metadata_portal.registries.devices import read_defaults, shared_fields, shown
from metadata_portal.registries.models import DeviceModel
from schema_core.introspect import Choice, Field, Scalar, Term
from schema_core.registries import vocabulary


class DeviceModelForm(forms.Form):
    """What all devices of one model share."""

    name = forms.CharField(label="Name", max_length=200, help_text="What people call it: Neuropixels 1.0, long fiber.")
    manufacturer = forms.CharField(label="Manufacturer", required=False, max_length=300, help_text="An organization.")
    model = forms.CharField(label="Model", required=False, max_length=200)
    part_number = forms.CharField(label="Part number", required=False, max_length=200)
    reason = forms.CharField(label="Reason", max_length=500, help_text="Why, for the history.")

    def __init__(self, *args: Any, kind: str, device: DeviceModel | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(device) if device else {}
        super().__init__(*args, **kwargs)
        self.kind = kind
        # notes stand below what they are about
        ordered = sorted(shared_fields(kind), key=lambda field: field.name == "notes")
        shared = {f"default-{field.name}": shared_field(field) for field in ordered}
        reason = self.fields.pop("reason")
        reason.required = device is not None
        self.fields = {**self.fields, **shared, "reason": reason}
        self.fields["manufacturer"].widget.attrs |= {"list": "manufacturer-list", "autocomplete": "off"}

    def clean_manufacturer(self) -> str:
        """The organization's own name for whatever name was typed."""
        text: str = self.cleaned_data["manufacturer"].strip()
        entry = vocabulary("organizations").lookup(text) if text else None
        if text and entry is None:
            raise forms.ValidationError(f"{text} is not among the organizations: add it there first.")
        return entry.key if entry else ""

    def values(self) -> dict[str, Any]:
        """The columns of the device model."""
        texts = {name.removeprefix("default-"): text for name, text in self.cleaned_data.items() if "default-" in name}
        columns = {name: self.cleaned_data[name].strip() for name in ("name", "manufacturer", "model", "part_number")}
        return {**columns, "defaults": read_defaults(self.kind, texts)}

    def refuse(self, field: str, message: str) -> None:
        """Put a refusal beside the control it is about."""
        control = next((name for name in (field, f"default-{field}") if name in self.fields), None)
        self.add_error(control, message)


def shared_field(field: Field) -> forms.Field:
    """The control for one shared field; it never refuses, the standard's class judges."""
    common: dict[str, Any] = {"label": field.title, "help_text": field.description, "required": False}
    if isinstance(field.shape, Choice):
        options = [("", "—"), *((str(value), str(value)) for value in field.shape.values)]
        return forms.ChoiceField(choices=options, initial=field.default if field.unit_of else "", **common)
    if isinstance(field.shape, Scalar) and field.shape.type is bool:
        return forms.ChoiceField(choices=[("", "—"), ("true", "Yes"), ("false", "No")], **common)
    attrs = {} if isinstance(field.shape, Term) or field.shape == Scalar(str) else {"inputmode": "decimal"}
    return forms.CharField(max_length=500, widget=forms.TextInput(attrs), **common)


def _initial(device: DeviceModel) -> dict[str, Any]:
    columns = {name: getattr(device, name) for name in ("name", "manufacturer", "model", "part_number")}
    fields = shared_fields(device.kind)
    return {**columns, **{f"default-{field.name}": shown(device.defaults.get(field.name)) for field in fields}}
