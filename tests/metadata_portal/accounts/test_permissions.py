"""What each role may do."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from metadata_portal.accounts import permissions, roles

MAY = {
    permissions.can_enter_records: {roles.SURGEON, roles.ADMINISTRATOR},
    permissions.can_assemble: {roles.SURGEON, roles.ADMINISTRATOR},
    permissions.can_curate_registries: {roles.REGISTRY_MANAGER, roles.ADMINISTRATOR},
    permissions.can_manage_people: {roles.ADMINISTRATOR},
    permissions.is_administrator: {roles.ADMINISTRATOR},
    permissions.can_read_records: set(roles.ROLES),
}


@pytest.mark.parametrize("predicate", MAY, ids=lambda predicate: predicate.__name__)
@pytest.mark.parametrize("role", roles.ROLES)
def test_each_role_may_do_what_the_table_says(make_user, predicate, role):
    assert predicate(make_user(role)) is (role in MAY[predicate])


@pytest.mark.parametrize("predicate", MAY, ids=lambda predicate: predicate.__name__)
def test_nobody_else_may_do_anything(make_user, predicate):
    inactive = make_user(roles.ADMINISTRATOR)
    inactive.is_active = False
    assert predicate(AnonymousUser()) is False
    assert predicate(inactive) is False


def test_the_roles_are_there_after_migrating(db):
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (roles.SURGEON, (False, False)),
        (roles.DATA_USER, (False, False)),
        (roles.REGISTRY_MANAGER, (True, False)),
        (roles.ADMINISTRATOR, (True, True)),
    ],
)
def test_the_admin_asks_the_roles(make_user, role, expected):
    user = make_user(role)
    assert (user.has_perm("registries.change_term"), user.has_perm("accounts.view_auditevent")) == expected
