"""Everything that writes records, drafts and revisions."""

from metadata_portal.entries.services.device_renaming import Renamed, device_rename
from metadata_portal.entries.services.drafts import (
    Saved,
    draft_confirm,
    draft_discard,
    draft_open,
    draft_problems,
    draft_rebase,
    draft_save,
)
from metadata_portal.entries.services.records import import_key, record_create, record_import, record_rename
from metadata_portal.entries.services.restoring import draft_restore, revision_restore
from metadata_portal.entries.services.submitting import Prepared, record_submit, revision_withdraw, submission_prepare
from metadata_portal.entries.services.templates import (
    record_begin,
    template_create,
    template_edit,
    template_refill,
    template_retire,
)

__all__ = (
    "Prepared",
    "Renamed",
    "Saved",
    "device_rename",
    "draft_confirm",
    "draft_discard",
    "draft_open",
    "draft_problems",
    "draft_rebase",
    "draft_restore",
    "draft_save",
    "import_key",
    "record_begin",
    "record_create",
    "record_import",
    "record_rename",
    "record_submit",
    "revision_restore",
    "revision_withdraw",
    "submission_prepare",
    "template_create",
    "template_edit",
    "template_refill",
    "template_retire",
)
