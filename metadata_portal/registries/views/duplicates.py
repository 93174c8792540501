"""Terms that may be the same: listed with the reason, and two of them side by side."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from metadata_portal.accounts.permissions import can_curate_registries, role_required
from metadata_portal.foundation.pagination import page_of
from metadata_portal.registries import overlay, users
from metadata_portal.registries.alike import doubles
from metadata_portal.registries.declaring import Declaration, declarations
from metadata_portal.registries.forms import MergeForm
from metadata_portal.registries.models import Term
from metadata_portal.registries.pages import declared_or_404, person, term_or_404
from metadata_portal.registries.telling import fields_shown
from schema_core.registries.entries import Entry


class KeepForm(MergeForm):
    """A merge into the term that stands beside it."""

    into = forms.CharField(widget=forms.HiddenInput)


@require_GET
def duplicate_list(request: HttpRequest, vocabulary: str = "") -> HttpResponse:
    """Groups of terms that may be the same, of one registry or of all."""
    asked = [declared_or_404(vocabulary)] if vocabulary else list(declarations().values())
    overlay.read_ahead(declared.name for declared in asked if declared.is_lab)
    found = [
        (declared, why, entries) for declared in asked if not declared.closed for why, entries in doubles(declared)
    ]
    page = page_of(request, found)
    rows = _rows(page)
    groups = [
        {
            "declared": declared,
            "why": why,
            "terms": [rows[declared.name, entry.key] for entry in entries if (declared.name, entry.key) in rows],
        }
        for declared, why, entries in page
    ]
    for group in groups:
        group["pair"] = _pair(group["terms"])
    context = {"page": page, "groups": groups, "declared": asked[0] if vocabulary else None}
    return render(request, "registries/duplicate_list.html", context)


@role_required(can_curate_registries)
@require_GET
def term_compare(request: HttpRequest, vocabulary: str, pk: int, other: int) -> HttpResponse:
    """Two terms side by side: what each says, who uses it, and which one stays."""
    term, into = term_or_404(vocabulary, pk), term_or_404(vocabulary, other)
    declared = term.declared
    if term.pk == into.pk or declared.closed:
        raise Http404
    left, right = dict(_lines(declared, term)), dict(_lines(declared, into))
    context = {
        "declared": declared,
        "term": term,
        "into": into,
        "lines": [
            (title, left.get(title, ""), right.get(title, ""), left.get(title, "") != right.get(title, ""))
            for title in dict.fromkeys((*left, *right))
        ],
        "uses": (users.users_of(term, person(request)), users.users_of(into, person(request))),
        "can_merge": not term.stock and not term.is_retired and not into.is_retired,
        "can_swap": not into.stock and not into.is_retired and not term.is_retired,
        "merge": KeepForm(initial={"into": into.key}),
    }
    return render(request, "registries/term_compare.html", context)


def _rows(groups: Iterable[tuple[Declaration, str, list[Entry]]]) -> dict[tuple[str, str], Term]:
    """The rows of the terms of a page, read at once."""
    keys: dict[str, set[str]] = {}
    for declared, _, entries in groups:
        keys.setdefault(declared.name, set()).update(entry.key for entry in entries)
    wanted = set().union(*keys.values()) if keys else set()
    rows = Term.objects.filter(vocabulary__in=keys, key__in=wanted).defer("search")
    return {(row.vocabulary, row.key): row for row in rows}


def _pair(terms: list[Term]) -> tuple[Term, Term] | None:
    """Which term would go and which stay: the standard's stays, else the older one."""
    if len(terms) < 2:  # noqa: PLR2004 - a pair
        return None
    keep, *others = sorted(terms, key=lambda term: (not term.stock, term.pk))
    return next(((term, keep) for term in others if not term.stock), None)


def _lines(declared: Declaration, term: Term) -> list[tuple[str, Any]]:
    return [
        *fields_shown(declared, term.data),
        ("Other names", ", ".join(term.alias_list)),
        ("State", term.get_status_display()),
        ("Source", term.source),
        ("Added", f"{term.created_at:%Y-%m-%d}"),
    ]
