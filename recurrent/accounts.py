"""allauth's forms for signing in, in our look and with kind words."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as app_code
from django.forms import BaseForm

from recurrent.design.fields import PasswordField
from recurrent.design.forms import DesignForm


def ask(form: BaseForm, name: str, label: str, words: str, hint: str = "", fill: str = "") -> None:
    """Word one field anew: label, what is said when it is empty, hint, what a browser fills in."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = words
    if fill:
        field.widget.attrs["autocomplete"] = fill


class LoginForm(DesignForm, account.LoginForm):
    """Email address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self, "login", "Email address", "Enter your email address", fill="username")
        ask(self, "password", "Password", "Enter your password")


class ReauthenticateForm(DesignForm, account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self, "password", "Password", "Enter your password")


class ChangePasswordForm(DesignForm, account.ChangePasswordForm):
    """The password now, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "At least 12 characters. Three words you can remember are good."
        ask(self, "oldpassword", "Password now", "Enter the password you have now")
        ask(self, "password1", "New password", "Enter a new password", hint)
        ask(self, "password2", "New password again", "Enter the new password again")


class Code(DesignForm):
    """A code of six digits, or a recovery code where one will do."""

    hint = "6 digits from the app on your phone"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self, "code", "Code", "Enter the code", self.hint)


class AuthenticateForm(Code, second_factor.AuthenticateForm):
    """The second factor on signing in."""

    hint = "6 digits from the app on your phone, or one of your recovery codes"


class ReauthenticateCodeForm(Code, second_factor.ReauthenticateForm):
    """The second factor once more."""

    hint = AuthenticateForm.hint


class ActivateForm(Code, app_code.ActivateTOTPForm):
    """The first code of a new app."""


class UnlockForm(Code, second_factor.ReauthenticateForm):
    """The password again, and the second factor where it is asked for."""

    hint = AuthenticateForm.hint
    password = PasswordField(label="Password", error_messages={"required": "Enter your password"})
    field_order = ("password", "code")

    def __init__(self, *args: Any, asks_password: bool, asks_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, is_asked in (("password", asks_password), ("code", asks_code)):
            if not is_asked:
                del self.fields[name]

    def clean_password(self) -> str:
        """Checked as on signing in, with its limit on wrong tries."""
        password = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return str(password)

    def clean_code(self) -> str:
        """A code is good for one use: not spent where the password is wrong."""
        if "password" in self.errors:
            return ""
        return str(super().clean_code())
