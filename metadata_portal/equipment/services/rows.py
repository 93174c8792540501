"""Keeping what a sheet says in its row of a registry."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from metadata_portal.registries.services import term_edit

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User
    from metadata_portal.registries.models import Term


def row_keep(*, term: "Term", changes: Mapping[str, Any], reason: str, by: "User") -> "Term":
    """The row with other values of some of its fields; history and checks are those of any edit."""
    return term_edit(term=term, data={**term.data, **changes}, aliases=term.alias_list, reason=reason, by=by)
