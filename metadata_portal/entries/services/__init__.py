"""Everything that writes records, drafts and revisions."""

from metadata_portal.entries.services.drafts import (
    Saved,
    draft_discard,
    draft_open,
    draft_problems,
    draft_rebase,
    draft_save,
)
from metadata_portal.entries.services.records import import_key, record_create, record_import, record_rename
from metadata_portal.entries.services.restoring import draft_restore, revision_restore
from metadata_portal.entries.services.submitting import Prepared, record_submit, revision_withdraw, submission_prepare

__all__ = (
    "Prepared",
    "Saved",
    "draft_discard",
    "draft_open",
    "draft_problems",
    "draft_rebase",
    "draft_restore",
    "draft_save",
    "import_key",
    "record_create",
    "record_import",
    "record_rename",
    "record_submit",
    "revision_restore",
    "revision_withdraw",
    "submission_prepare",
)
