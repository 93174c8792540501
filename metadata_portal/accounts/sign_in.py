"""allauth's forms without the labels repeated inside the boxes."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django.core.exceptions import ValidationError

from metadata_portal.accounts.carrying import Carried


class _Plain:
    """Fields show their label above, and nothing inside."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PlainLoginForm(_Plain, LoginForm):  # type: ignore[misc] # allauth has no types
    """Name and password; with what somebody had typed, theirs only."""

    def __init__(self, *args: Any, carried: Carried | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carried = carried
        self.fields["login"].label = "Sign-in name"
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}

    def clean(self) -> Any:
        """Keep what somebody typed from whoever signs in next on the same computer."""
        cleaned = super().clean()
        user = getattr(self, "user", None)
        if self.carried is not None and user is not None and not self.carried.belongs_to(user):
            raise ValidationError(
                "What was typed on this page is somebody else's and kept for them: sign in as the person who typed it."
            )
        return cleaned


class PlainChangePasswordForm(_Plain, ChangePasswordForm):  # type: ignore[misc] # allauth has no types
    """The old password, and the new one twice."""
