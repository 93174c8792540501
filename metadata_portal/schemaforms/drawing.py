"""What every form of a panel needs, as plain strings: where it is, what it showed, the buttons of an item.

A page has dozens of such pieces, and a template for each would cost more.
"""

from functools import cache
from typing import TYPE_CHECKING, Final

from django.utils.safestring import SafeString

from metadata_portal.schemaforms.icons import icon
from metadata_portal.schemaforms.markup import html, join
from metadata_portal.schemaforms.reusing import draw_confirm

if TYPE_CHECKING:
    from metadata_portal.schemaforms.nodes import Node

_EMPTY: Final = SafeString("")
_MOVES: Final = (
    ("up", "arrow-up", "Move up"),
    ("down", "arrow-down", "Move down"),
    ("duplicate", "copy", "Duplicate"),
    ("remove", "trash-2", "Remove"),
)


def state(node: "Node") -> SafeString:
    """Draw the hidden inputs that say what the form showed."""
    return html(
        '<input type="hidden" name="op" value="{}"><input type="hidden" name="digest" value="{}">'
        '<input type="hidden" name="seen" value="{}">{}',
        node.op,
        node.digest,
        node.seen,
        draw_confirm(node),
    )


def hidden(node: "Node") -> SafeString:
    """Draw everything that a node's form sends along: where it is, and what it showed."""
    context = node.editor.context
    more = join('<input type="hidden" name="{}" value="{}">', context.hidden.items())
    return html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="at" value="{}">'
        '<input type="hidden" name="node" value="{}"><input type="hidden" name="page" value="{}">{}'
        '<div id="{}-state">{}</div>',
        context.csrf,
        node.path,
        node.id_path,
        node.shown_in,
        more,
        node.prefix,
        state(node),
    )


def act_form(node: "Node", inner: SafeString) -> SafeString:
    """Draw a small form that posts one action on a node."""
    context = node.editor.context
    hidden = join('<input type="hidden" name="{}" value="{}">', context.hidden.items())
    return html(
        '<form class="sf-act" method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="at" value="{}"><input type="hidden" name="node" value="{}">'
        '<input type="hidden" name="op" value="{}">{}{}</form>',
        context.save_url,
        context.csrf,
        node.path,
        node.id_path,
        node.op,
        hidden,
        inner,
    )


def item_buttons(item_id: str, what: str, form: str = "") -> SafeString:
    """Draw the small buttons of one item; outside the list's form they name it."""
    owner = html(' form="{}"', form) if form else _EMPTY
    return html(_item_buttons(), item_id, what, owner)


@cache
def _item_buttons() -> str:
    """Write the template of the four buttons once."""
    one = (
        '<button class="sf-tool sf-tool-{0}" type="submit" name="do" value="{0}:{{0}}" aria-label="{1} {{1}}"'
        ' title="{1}"{{2}}></button>'
    )
    return "".join(one.format(word, label) for word, _, label in _MOVES)


def buttons(node: "Node") -> SafeString:
    """Draw the buttons at the end of a node's form."""
    if not (node.is_item or (node.is_clearable and not node.is_list)):
        return _EMPTY
    moves = _MOVES if node.is_item else _MOVES[-1:]
    return join(
        '<button class="btn btn-sm btn-light sf-move" type="submit" name="do" value="{}" aria-label="{} {}">{}{}'
        "</button>",
        ((word, label, node.title, icon(name), label) for word, name, label in moves),
    )
