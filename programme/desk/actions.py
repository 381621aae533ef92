"""What somebody settles about her own pages."""

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.audit import events

events.declare(
    desk__keys_switched_off="switched the keys off",
    desk__keys_switched_on="switched the keys on",
)


@transaction.atomic
def switch_keys(*, by: User, on: bool) -> None:
    """Keeps with her account whether single keys do anything; said twice, it is stored once."""
    account = User.objects.select_for_update().get(pk=by.pk)
    if on == (account.keys_off_since is None):
        return
    account.keys_off_since = None if on else timezone.now()
    account.save(update_fields=["keys_off_since"])
    name = "desk.keys_switched_on" if on else "desk.keys_switched_off"
    events.record(name, subject=account, by=account)
