"""Icons of templates: as their package draws them, each drawn once."""

from __future__ import annotations

import lucide as package
from django.template import Context, Template
from lucide.templatetags.lucide import lucide


def test_an_icon_is_drawn_as_its_package_draws_it_and_only_once(monkeypatch):
    expected = lucide("syringe", size=19, **{"class": "told-arrow"})
    drawn = []
    draw = package._render_icon
    monkeypatch.setattr(package, "_render_icon", lambda *words, **more: drawn.append(words) or draw(*words, **more))
    template = Template('{% load lucide %}{% lucide name size=19 class="told-arrow" %}')
    assert [template.render(Context({"name": "syringe"})) for _ in range(3)] == [expected] * 3
    assert len(drawn) <= 1
