"""Template tags of the form engine."""

from django import template
from django.utils.safestring import SafeString

from metadata_portal.schemaforms.icons import sprite

register = template.Library()


@register.simple_tag
def sfsprite() -> SafeString:
    """Draw the icons that rows refer to."""
    return sprite()
