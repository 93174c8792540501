"""allauth's forms without the labels repeated inside the boxes."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm


class _Plain:
    """Fields show their label above, and nothing inside."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PlainLoginForm(_Plain, LoginForm):  # type: ignore[misc] # allauth has no types
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Sign-in name"
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class PlainChangePasswordForm(_Plain, ChangePasswordForm):  # type: ignore[misc] # allauth has no types
    """The old password, and the new one twice."""
