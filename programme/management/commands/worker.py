"""The worker of the service: daily jobs are planned, then whatever is in the queue is done."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from programme.documents.jobs import sweep_documents
from programme.drafts.jobs import sweep_drafts
from programme.jobs.work import begin, tidy
from programme.reminders.jobs import send_digests

# Importing them is what makes them known to ``begin``.
DAILY = (sweep_documents, sweep_drafts, tidy, send_digests)


class Command(db_worker.Command):
    """``db_worker`` with our daily jobs."""

    def handle(self, **options: Any) -> None:
        """Begins, then works until it is told to stop."""
        begin()
        super().handle(**options)

    def work_quietly(self) -> None:
        """The same in a thread of another program, which takes the signals."""
        begin()
        db_worker.Worker(
            queue_names=["default"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=True,
            max_tasks=None,
            worker_id="beside-the-pages",
            excluded_queue_names=[],
        ).run()
