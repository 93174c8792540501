"""Small things templates need: query strings, active navigation, counts in words."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """Return the page's query string with some parameters changed; None takes one away."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value is not None:
            params[name] = str(value)
    return f"?{params.urlencode()}"


@register.simple_tag(takes_context=True)
def current(context: Context, *prefixes: str) -> SafeString | str:
    """Mark a navigation link as the current one when the page lies below any of the addresses."""
    path = context["request"].path
    here = any(path == prefix if prefix == "/" else path.startswith(prefix) for prefix in prefixes)
    return format_html('aria-current="{}"', "page") if here else ""


@register.filter
def counted(number: int, words: str) -> str:
    """Return a number with its word: ``3|counted:"problem,problems"``."""
    one, many = words.split(",")
    return f"{number} {one if number == 1 else many}"
