"""What may name an asset: it is a folder in a zip, a part of an address and of a location."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from django.core.exceptions import ValidationError

MAX_LENGTH = 200
# Addresses of pages that stand beside those of the assets.
_RESERVED = frozenset({"new"})
_FORBIDDEN = re.compile(r'[\\/<>:"|?*]')


def validate_asset_name(name: str) -> None:
    """Refuse what no file system would take as the name of a folder, or would show as something else."""
    if not name.strip() or name != name.strip():
        raise ValidationError("An asset's name is not blank and has no blank at either end")
    if name.startswith(".") or name.endswith("."):
        raise ValidationError("An asset's name neither starts nor ends with a dot")
    if name in _RESERVED:
        raise ValidationError(f"{name!r} is the address of a page; choose another name for the asset")
    hidden = [character for character in name if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}]
    if hidden:
        raise ValidationError(f"An asset's name has no invisible characters; found U+{ord(hidden[0]):04X}")
    if found := _FORBIDDEN.search(name):
        raise ValidationError(f"An asset's name is the name of a folder: {found.group()} cannot be part of it")


def content_disposition(filename: str) -> str:
    """Return the header that saves a download under a name, in the form old and new browsers understand."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
