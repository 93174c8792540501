"""Sign-in, and the administrators' pages about people and projects."""

from allauth.account import views as sign_in
from django.urls import include, path

from metadata_portal.accounts import views

accounts = (
    [
        path("people/", views.people, name="people"),
    ],
    "accounts",
)

# of allauth's pages only those that need no mail and no sign-up, under the names that allauth looks for
urlpatterns = [
    path("accounts/login/", sign_in.login, name="account_login"),
    path("accounts/logout/", sign_in.logout, name="account_logout"),
    path("accounts/inactive/", sign_in.account_inactive, name="account_inactive"),
    path("accounts/password/", sign_in.password_change, name="account_change_password"),
    path("", include(accounts)),
]
