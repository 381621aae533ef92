"""What happens to drafts each night."""

from datetime import time

from programme.drafts import actions
from programme.jobs.work import job


@job("End drafts that nobody went on with for 30 days", daily_at=time(2, 45))
def sweep_drafts() -> None:
    """As the command of the same name, which also says how many."""
    actions.end_old_drafts()
