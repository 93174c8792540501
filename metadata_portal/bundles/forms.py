"""Forms for assets: what they are called, where they lie, which records describe them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms

from metadata_portal.accounts.models import Project
from metadata_portal.bundles.keys import RecordKeyField
from metadata_portal.bundles.models import Asset
from metadata_portal.bundles.services import location_of, made_before
from metadata_portal.entries.models import Kind, Record, Revision

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User
    from metadata_portal.entries.querysets import RecordQuerySet

MAX_IDENTIFIERS = 50


class IdentifiersField(forms.CharField):
    """Names on other platforms, one a line: `Platform: identifier`."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        """Return the identifiers by platform, None when there are none."""
        found: dict[str, list[str]] = {}
        for line in str(value or "").splitlines():
            if not line.strip():
                continue
            platform, colon, identifier = line.partition(":")
            if not colon or not platform.strip() or not identifier.strip():
                raise forms.ValidationError(f"{line.strip()!r} is not of the form “Platform: identifier”")
            found.setdefault(platform.strip(), []).append(identifier.strip())
        if sum(map(len, found.values())) > MAX_IDENTIFIERS:
            raise forms.ValidationError(f"At most {MAX_IDENTIFIERS} identifiers can be given")
        return found or None

    def prepare_value(self, value: Any) -> Any:
        """Write the identifiers as lines."""
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{platform}: {name}" for platform, names in value.items() for name in names)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what the lines mean, not how they are written."""
        return bool((initial or None) != self.to_python(data))


class DescriptionForm(forms.Form):
    """A new asset, named by a submitted data description."""

    record = RecordKeyField(label="Data description", help_text="Begin to type its name, or take a suggestion.")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described = Record.objects.visible_to(user).filter(kind=Kind.DATA_DESCRIPTION)
        self._submitted = described.filter(revisions__in=Revision.objects.current())
        _key_field(self, "record").offer(self._submitted)

    def without_asset(self) -> RecordQuerySet:
        """Return those that describe no asset yet, newest first."""
        return self._submitted.filter(asset_records=None).order_by("-created_at", "key")


class AssetForm(forms.Form):
    """A new asset, by hand."""

    op = forms.UUIDField(initial=uuid4, required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        max_length=200,
        validators=Asset._meta.get_field("name").validators,  # noqa: SLF001 (Django's own public name)
        help_text="As the folder of the data is called, for example 123456_2022-02-21_16-30-01.",
    )
    project = forms.ModelChoiceField(Project.objects.none(), empty_label=None)
    location = forms.CharField(
        max_length=1000, required=False, help_text="Left empty, it follows from the name by the lab's rule."
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["project"].queryset = Project.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["location"].widget.attrs["placeholder"] = location_of("{name}")

    def clean_name(self) -> str:
        """Refuse a name that is taken, unless this very form took it."""
        name: str = self.cleaned_data["name"]
        op = self.cleaned_data.get("op")
        if op and made_before(op, name, self.user):
            return name
        if Asset.objects.filter(name=name).exists():
            raise forms.ValidationError(f"There is an asset named {name} already")
        return name


class AssetEditForm(forms.Form):
    """Where the data are, what other platforms call them, and the records that describe them."""

    name = forms.CharField(
        max_length=200,
        validators=Asset._meta.get_field("name").validators,  # noqa: SLF001 (Django's own public name)
        help_text="Can be changed until the first bundle is made.",
    )
    location = forms.CharField(
        max_length=1000, required=False, help_text="Left empty, it follows from the name by the lab's rule."
    )
    other_identifiers = IdentifiersField(
        required=False,
        help_text="One a line, as “Code Ocean: 2e6a…” or “DANDI: 000026”: the platform, a colon, the name there.",
    )

    def __init__(self, data: Any = None, *, asset: Asset, user: User) -> None:
        initial = {"name": asset.name, "location": asset.location, "other_identifiers": asset.other_identifiers}
        initial |= dict(asset.asset_records.values_list("kind", "record__key"))
        super().__init__(data, initial=initial)
        self.asset = asset
        # A disabled field keeps its value whatever is posted.
        self.fields["name"].disabled = asset.bundles.exists()
        records = Record.objects.visible_to(user).filter(project=asset.project)
        for kind in Kind:
            self.fields[kind.value] = RecordKeyField(label=kind.label, required=False)
            _key_field(self, kind.value).offer(records.filter(kind=kind))

    def clean_name(self) -> str:
        """Refuse a name that is taken."""
        name: str = self.cleaned_data["name"]
        if Asset.objects.filter(name=name).exclude(pk=self.asset.pk).exists():
            raise forms.ValidationError(f"There is an asset named {name} already")
        return name

    def description(self) -> dict[str, Any]:
        """Return what was chosen, as the service takes it."""
        records = {kind.value: self.cleaned_data[kind] for kind in Kind}
        rest = {name: value for name, value in self.cleaned_data.items() if name not in records}
        return {**rest, "records": records}


def _key_field(form: forms.Form, name: str) -> RecordKeyField:
    field = form.fields[name]
    if not isinstance(field, RecordKeyField):
        raise TypeError(f"{name} is no field for the key of a record")
    return field
