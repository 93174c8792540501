"""The forms of the portal's pages, as Django's admin calls them: with the row as `instance`."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from metadata_portal.accounts.models import User
from metadata_portal.errors import PortalError
from metadata_portal.registries import services
from metadata_portal.registries.declaring import Declaration
from metadata_portal.registries.forms import TermForm
from metadata_portal.registries.models import Term


class Written(forms.Form):
    """Writes through the service while it is cleaned, so that a refusal stands beside its field."""

    by: ClassVar[User]
    instance: Any

    def clean(self) -> dict[str, Any]:
        """Write the row."""
        super().clean()
        if not self.errors:
            try:
                self.instance = self.write()
            except PortalError as error:
                control = self.control_of(getattr(error, "field", ""))
                raise ValidationError({control: error.message} if control else error.message) from error
        return self.cleaned_data

    def write(self) -> Any:
        """Call the service."""
        raise NotImplementedError

    def control_of(self, field: str) -> str | None:
        """The control that a refusal is about."""
        return field if field in self.fields else None

    def save(self, commit: bool = True) -> Any:
        """The row that was written."""
        del commit
        return self.instance

    def save_m2m(self) -> None:
        """There is nothing else to write."""


class TermRowForm(Written, TermForm):
    """A term in the admin."""

    registry: ClassVar[Declaration]

    def __init__(self, *args: Any, instance: Term | None = None, **kwargs: Any) -> None:
        term = instance if instance is not None and instance.pk else None
        super().__init__(*args, declared=self.registry, term=term, **kwargs)
        self.instance = instance or Term(vocabulary=self.registry.name)

    def write(self) -> Term:
        """Add or change the term."""
        given: dict[str, Any] = {"aliases": self.alias_lines(), "reason": self.cleaned_data["reason"], "by": self.by}
        if self.term is None:
            return services.term_add(vocabulary=self.registry.name, data=self.data_fields(), **given)
        return services.term_edit(term=self.term, data=None if self.term.stock else self.data_fields(), **given)
