"""A new release of the standard: what it brings, what it says otherwise than the lab, and taking it over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from metadata_portal.accounts.permissions import can_curate_registries, role_required
from metadata_portal.registries.alike import Suggestion, suggestions
from metadata_portal.registries.loading import Plan, stock_load, stock_plan
from metadata_portal.registries.models import Term
from metadata_portal.registries.pages import person
from metadata_portal.registries.telling import told

SHOWN = 50


@role_required(can_curate_registries)
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest) -> HttpResponseBase:
    """Show what the packaged tables would change here; take it over."""
    if request.POST.get("take") == "all":
        done = stock_load(settle=True, by=person(request))
        messages.success(request, f"{done.added} added, {done.changed} changed, {done.removed} dropped.")
        return redirect("registries:release")
    return render(request, "registries/release.html", {"plans": [_shown(plan) for plan in stock_plan()]})


def _met(plan: Plan) -> list[tuple[Term, list[Suggestion]]]:
    """New terms of the standard that the lab may have by another name."""
    declared = plan.declared
    if all(entry.stock for entry in declared.vocabulary.index().by_key.values()):
        return []
    found = [(fresh, suggestions(declared, declared.vocabulary.entry(fresh.data))) for fresh in plan.new]
    local = [(fresh, [one for one in listed if not one.entry.stock]) for fresh, listed in found]
    return [(fresh, listed) for fresh, listed in local if listed][:SHOWN]


def _shown(plan: Plan) -> dict[str, object]:
    """A plan for the page: what moves with its differences, and new terms that the lab may have by another name."""
    declared = plan.declared
    kinds = (
        ("The lab's, said otherwise by the standard", plan.held),
        ("The lab's, the standard's from now on", plan.adopted),
        ("Changed in the standard", plan.changed),
    )
    moved = [
        (label, len(rows), told(declared, rows[:SHOWN]))  # type: ignore[arg-type] # before and after are there
        for label, rows in kinds
        if rows
    ]
    return {
        "declared": declared,
        "moved": moved,
        "new": plan.new[:SHOWN],
        "new_count": len(plan.new),
        "gone": plan.gone[:SHOWN],
        "gone_count": len(plan.gone),
        "met": _met(plan),
    }
