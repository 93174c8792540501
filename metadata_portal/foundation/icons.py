"""The ``lucide`` tag as its package has it, with each icon drawn once: a page repeats some thirty of them."""

from functools import lru_cache

from django import template
from lucide.templatetags.lucide import lucide

KEPT = 512

register = template.Library()
register.simple_tag(lru_cache(maxsize=KEPT)(lucide), name="lucide")
