"""Every form says whose page it stands on: ``{% csrf_token %}``, which each of them holds, is drawn with the person.

The settings name this library among the built-in ones, so that no template can forget it, those of packages included.
"""

from django import template
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from metadata_portal.accounts.carrying import PERSON

register = template.Library()


@register.simple_tag(takes_context=True, name="csrf_token")
def csrf_token(context: Context) -> SafeString:
    """Draw Django's token, and the key of whoever is signed in."""
    token = SafeString(CsrfTokenNode().render(context))
    user = getattr(context.get("request"), "user", None)
    if not token or user is None or not user.is_authenticated:
        return token
    return token + format_html('<input type="hidden" name="{}" value="{}">', PERSON, user.pk)
