"""What the editor's form of a page asks for besides the panels."""

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.admin.forms import WagtailAdminPageForm

EDITORS = "Content editors"


class CheckedPageForm(WagtailAdminPageForm):
    """Offers editors as owners: a page whose owner left asks for another on its next edit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editors = get_user_model().objects.filter(is_active=True, groups__name=EDITORS)
        self.fields["looked_after_by"].queryset = editors.order_by("name")
