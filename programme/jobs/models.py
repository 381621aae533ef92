"""What failed in the background, in no words but ours."""

from typing import ClassVar
from uuid import uuid4

from django.db import models


class Failure(models.Model):
    """One try of a job that failed. It holds no argument and no message: both may name a person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    failed_at = models.DateTimeField(auto_now_add=True)
    # The job's path in the code, and the name of the error's class.
    job = models.CharField(max_length=200)
    error = models.CharField(max_length=100)
    attempt = models.PositiveSmallIntegerField()
    is_last = models.BooleanField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-failed_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-failed_at"], name="programme_failure_newest"),
        ]
