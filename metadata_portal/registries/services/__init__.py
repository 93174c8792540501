"""What is done to terms: each in one transaction, with its history, its audit event and a new version."""

from metadata_portal.registries.services.changes import term_state
from metadata_portal.registries.services.deleting import term_delete
from metadata_portal.registries.services.renaming import term_merge, term_rename
from metadata_portal.registries.services.terms import term_add, term_edit, term_restore, term_retire
from metadata_portal.registries.services.uses import uses_write
from metadata_portal.registries.services.versions import version_bump

__all__ = [
    "term_add",
    "term_delete",
    "term_edit",
    "term_merge",
    "term_rename",
    "term_restore",
    "term_retire",
    "term_state",
    "uses_write",
    "version_bump",
]
