"""The small forms around devices of the lab."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from metadata_portal.accounts.models import Project
from metadata_portal.entries import judging
from metadata_portal.entries.keys import MAX_LENGTH
from metadata_portal.equipment.items import Item, items_called

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User

_TEXT = {"class": "form-control", "autocomplete": "off", "spellcheck": "false"}


class BuildForm(forms.Form):
    """What the new instrument is called, and whose it is."""

    key = forms.CharField(
        label="Instrument id",
        max_length=MAX_LENGTH,
        help_text="By which acquisitions refer to it.",
        widget=forms.TextInput(_TEXT),
    )
    project = forms.ModelChoiceField(Project.objects.none(), help_text="Its members see what you submit.")

    def __init__(self, user: "User", data: Mapping[str, Any] | None, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        field = self.fields["project"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = Project.objects.visible_to(user)
        field.widget.attrs["class"] = "form-select"
        choices = list(field.queryset[:2])
        field.initial = choices[0] if choices else None
        if len(choices) == 1:
            field.widget = forms.HiddenInput()


class ReplaceForm(forms.Form):
    """What takes the place of a device, from when, and why."""

    item = forms.ChoiceField(label="New device", widget=forms.Select({"class": "form-select"}))
    day = forms.DateField(
        label="From",
        help_text="The day from which the new device stands there: YYYY-MM-DD.",
        widget=forms.TextInput({"class": "form-control", "inputmode": "numeric", "placeholder": "YYYY-MM-DD"}),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Write the day as YYYY-MM-DD."},
    )
    reason = forms.CharField(
        max_length=2000,
        help_text="Why: the submit page offers it, and the history keeps it.",
        widget=forms.TextInput(_TEXT),
    )
    tell_inventory = forms.BooleanField(
        label="Write it into the inventory: the old device out of service on the day before, the new one in service",
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    def __init__(self, fits: Sequence[Item], data: Mapping[str, Any] | None, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial={"day": judging.lab_today().isoformat(), "tell_inventory": True, **initial})
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type)
        field.choices = [("", "Choose"), *((item.key, _words(item)) for item in fits)]

    @property
    def since(self) -> dt.date:
        """The day that is asked for, today while none can be read."""
        text = self.data.get("day") if self.is_bound else self.initial.get("day")
        try:
            return dt.date.fromisoformat(str(text).strip())
        except ValueError:
            return judging.lab_today()

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        found: dict[str, Any] = {**self.cleaned_data}
        found["item"] = next(items_called([found["item"]]))
        return found


def _words(item: Item) -> str:
    data = item.data
    serial = f"no. {data['serial_number']}" if data.get("serial_number") else ""
    return ", ".join(filter(None, (item.key, data.get("device_model"), serial, data.get("location"))))
