"""What happens to kept files each night."""

from datetime import time

from programme.documents import actions, keeping
from programme.jobs.work import job

A_DAY = 24 * 60 * 60


@job("Take away files that belong to no document", daily_at=time(2, 30))
def sweep_documents() -> None:
    """As the command of the same name, which also says what went and what is missing."""
    actions.end_removed_documents()
    for name in actions.files_without_rows(list(keeping.names(older_than_seconds=A_DAY))):
        keeping.remove(name)
