"""The way to propose a term, beside a control whose text is no term, or that offers a few and takes no others."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from metadata_portal.schemaforms.controls import SMALL, Control, Select, Terms, TermText
from metadata_portal.schemaforms.documents import get
from metadata_portal.schemaforms.markup import html
from schema_core.introspect import Choice, Term
from schema_core.registries import Vocabulary, vocabulary

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
            name = _source(entry)
            words = vocabulary(name) if name else None
            if words is None or words.closed:
                continue
            address = section.address(entry)
            text = _unknown(words, get(node.editor.document, address))
            if text or _is_select(entry, words):
                yield address, _link(node, name, address, text)


def _source(entry: Control) -> str:
    """Name the vocabulary that a control takes its words from, and no others."""
    if isinstance(entry, Select) and isinstance(entry.shape, Choice):
        return entry.shape.vocabulary
    if isinstance(entry, TermText) and entry.choice is None and entry.term is not None and not entry.term.open:
        return entry.term.vocabulary
    if isinstance(entry, Terms) and isinstance(entry.item, Term) and not entry.item.open:
        return entry.item.vocabulary
    return ""


def _is_select(entry: Control, words: Vocabulary[Any]) -> bool:
    return isinstance(entry, Select) or (isinstance(entry, TermText) and len(words.stock) <= SMALL)


def _unknown(words: Vocabulary[Any], value: Any) -> str:
    """Give the text that is no term; of several the first, empty where all are terms."""
    for item in value if isinstance(value, list) else [value]:
        key = item.get(words.key) if isinstance(item, dict) else item
        if isinstance(key, str) and key and words.find(key) is None:
            return key
    return ""


def _link(node: "Node", name: str, address: str, text: str) -> SafeString:
    back = node.editor.context.link(address)
    url = node.editor.context.propose_url.format(name)
    said = f"Propose “{text}”" if text else "Not in the list?"
    query = {"name": text, "back": back} if text else {"back": back}
    return html(_LINK, f"{url}?{urlencode(query)}", text, said)
