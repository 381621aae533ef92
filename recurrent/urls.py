"""Every address of the service. Who may open which is decided in ``programme.access``."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app_code
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as document_urls
from wagtail.images import urls as image_urls

from cms.views import EditorAccountView
from programme.access.locking import unlock

handler400 = "recurrent.views.bad_request"
handler403 = "recurrent.views.not_allowed"
handler404 = "recurrent.views.not_found"
handler500 = "recurrent.views.server_error"

# Signing up, e-mail addresses and other sites' sign-in are not offered: accounts are given.
signing_in = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("unlock/", unlock, name="unlock"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", second_factor.index, name="mfa_index"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", app_code.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", app_code.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

urlpatterns = [
    path("accounts/", include(signing_in)),
    path("design/", include("recurrent.design.urls")),
    path("", include("programme.urls")),
    # One way in: editors sign in like everybody else.
    path(
        "cms/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="cms_sign_in",
    ),
    # An editor's name, e-mail and password are not changed here.
    path(
        "cms/account/",
        require_admin_access(EditorAccountView.as_view()),
        name="wagtailadmin_account",
    ),
    path("cms/", include(wagtail_admin_urls)),
    path("documents/", include(document_urls)),
    path("images/", include(image_urls)),
    path("resources/", include("cms.urls")),
    # Last: whatever is left is looked for among the published pages.
    path("", include(wagtail_urls)),
]
