"""What each role may do, as predicates; views are guarded with them and querysets built on them."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from metadata_portal.accounts import roles

if TYPE_CHECKING:
    from metadata_portal.accounts.models import User


View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Predicate = Callable[["User | AnonymousUser"], bool]


def has_role(user: "User | AnonymousUser", *names: str) -> bool:
    """Return whether the person is active and has one of the roles; an administrator has them all."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return False
    return user.is_superuser or roles.ADMINISTRATOR in user.role_names or not user.role_names.isdisjoint(names)


def is_administrator(user: "User | AnonymousUser") -> bool:
    """May do everything, in every project."""
    return has_role(user)


def can_manage_people(user: "User | AnonymousUser") -> bool:
    """May create people, give roles and change projects."""
    return has_role(user)


def can_curate_registries(user: "User | AnonymousUser") -> bool:
    """May change the vocabularies and device models."""
    return has_role(user, roles.REGISTRY_MANAGER)


def can_propose_terms(user: "User | AnonymousUser") -> bool:
    """May propose a term that a registry lacks; it counts at once, marked, until a registry manager has looked."""
    return has_role(user, roles.SURGEON, roles.REGISTRY_MANAGER)


def can_enter_records(user: "User | AnonymousUser") -> bool:
    """May create, edit, submit and withdraw records in their own projects."""
    return has_role(user, roles.SURGEON)


def can_assemble(user: "User | AnonymousUser") -> bool:
    """May make assets and assemble bundles from the records of their own projects."""
    return has_role(user, roles.SURGEON)


def can_read_records(user: "User | AnonymousUser") -> bool:
    """May read submitted records and download bundles of their own projects."""
    return has_role(user, *roles.ROLES)


def role_required(predicate: Predicate) -> Callable[[View], View]:
    """Guard a view: 403 for people whom the predicate refuses."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not predicate(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast("View", guarded)

    return decorate
