"""The way to propose a term, beside a control whose text is no term, or that offers a few and takes no others."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from metadata_portal.schemaforms.controls import SMALL, Control, Terms, TermText
from metadata_portal.schemaforms.documents import get
from metadata_portal.schemaforms.markup import html
from metadata_portal.schemaforms.values import term_text, vocabulary
from schema_core.introspect import Term

if TYPE_CHECKING:
    from metadata_portal.schemaforms.nodes import Node

_LINK: Final = '<p class="sf-reading"><a href="{}" data-proposes="{}">{}</a></p>'


def links(node: "Node") -> Iterator[tuple[str, SafeString]]:
    """Give the link beside each control that a term may be proposed for, by address."""
    url = node.editor.context.propose_url
    if not url or node.editor.context.read_only:
        return
    for section in node.sections:
        for entry in section.controls:
            term = _term(entry)
            if term is None or vocabulary(term).closed:
                continue
            address = section.address(entry)
            text = _unknown(term, get(node.editor.document, address))
            if text or (isinstance(entry, TermText) and len(vocabulary(term).stock) <= SMALL):
                yield address, _link(node, term, address, text)


def _term(entry: Control) -> Term | None:
    """Give the vocabulary that a control takes its terms from, and no other words."""
    if isinstance(entry, TermText) and entry.choice is None and entry.term is not None and not entry.term.open:
        return entry.term
    if isinstance(entry, Terms) and isinstance(entry.item, Term) and not entry.item.open:
        return entry.item
    return None


def _unknown(term: Term, value: Any) -> str:
    """Give the text that is no term; of several the first, empty where all are terms."""
    for item in value if isinstance(value, list) else [value]:
        key = item.get(vocabulary(term).key) if isinstance(item, dict) else item
        if isinstance(key, str) and key and vocabulary(term).find(key) is None:
            return term_text(term, item) or key
    return ""


def _link(node: "Node", term: Term, address: str, text: str) -> SafeString:
    back = node.editor.context.link(address)
    url = node.editor.context.propose_url.format(term.vocabulary)
    said = f"Propose “{text}”" if text else "Not in the list?"
    query = {"name": text, "back": back} if text else {"back": back}
    return html(_LINK, f"{url}?{urlencode(query)}", text, said)
