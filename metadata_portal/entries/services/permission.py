"""Who may write a record; the same question for every service."""

from typing import TYPE_CHECKING

from metadata_portal.accounts.permissions import can_enter_records, is_administrator
from metadata_portal.errors import NotAllowed, NotFound

if TYPE_CHECKING:
    from metadata_portal.accounts.models import Project, User
    from metadata_portal.entries.models import Draft


def require_entry(by: "User", project: "Project") -> None:
    """Raise unless this person enters records in this project; a foreign project does not exist for them."""
    if not is_administrator(by) and not by.projects.filter(pk=project.pk).exists():
        raise NotFound("There is no such project among yours.")
    if not can_enter_records(by):
        raise NotAllowed("Entering records needs the role surgeon: ask an administrator for it.")


def require_own(draft: "Draft", by: "User") -> None:
    """Raise unless the draft is this person's."""
    if draft.editor_id != by.pk:
        raise NotFound("There is no such draft of yours.")
    require_entry(by, draft.record.project)
