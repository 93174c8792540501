"""Which entries of a draft's histories were submitted and stay as they are."""

import schema_core
from metadata_portal.entries.models import Draft
from metadata_portal.schemaforms.documents import Document
from metadata_portal.schemaforms.histories import holds_histories, kept_ids
from schema_core.introspect import describe


def kept_entries(draft: Draft) -> frozenset[str]:
    """The ids of the entries that the revision under the draft holds."""
    root = describe(schema_core.KINDS[draft.record.kind])
    if not holds_histories(root) or draft.base is None:
        return frozenset()
    return kept_ids(root, Document(draft.base.data, draft.base.item_ids))
