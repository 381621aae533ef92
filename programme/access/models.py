"""People who sign in, the roles they hold, and grants that end by themselves."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from programme.access.actors import NAMES
from programme.access.parts import Part, Role
from programme.access.records import CaseRecord
from programme.access.walls import Either, OfProgramme, ReadAsWorker, ReadOwn
from programme.audit.records import TrackedHistory


class UserManager(BaseUserManager["User"]):
    """Accounts, by e-mail address."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        """An account without any role; roles are granted by two people."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """The account of this e-mail address."""
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, or a declared system actor that nobody can sign in as."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)
    keys_off_since = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_user_nobody_is_superuser", condition=Q(is_superuser=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name colleagues see."""
        return self.name

    @property
    def is_staff(self) -> bool:
        """Django's admin is not mounted; nobody is staff in its sense."""
        return False

    @property
    def is_declared_actor(self) -> bool:
        """Whether this is one of the actors of ``actors.py``."""
        return self.pk in NAMES


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Roles held."""

    def in_force(self) -> Self:
        """Approved by a second person, begun and not ended: the one rule of ``holders.sql``."""
        return self.filter(pk__in=RawSQL("SELECT grant_id FROM access_holder", []))


class RoleGrant(models.Model):
    """A role of one person in one programme, or in the whole organisation; asked and approved."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="role_grants")
    programme = models.ForeignKey(
        "programme.Programme",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="role_grants",
        help_text="Blank: the whole organisation.",
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    history = TrackedHistory()
    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_rolegrant_not_ones_own",
                condition=Q(approved_by=None)
                | (~Q(approved_by=models.F("user")) & ~Q(approved_by=models.F("asked_by"))),
                violation_error_message="A role is approved by someone else.",
            ),
        ]


class TimedGrant(CaseRecord):
    """A sight of one parent in one programme that ends by itself; given by a custodian."""

    wall = Either(
        Part.CUSTODY,
        walls=(
            OfProgramme(Part.CUSTODY),
            ReadOwn(Part.CUSTODY, column="user_id"),
            ReadAsWorker(Part.CUSTODY),
        ),
    )

    class Kind(models.TextChoices):
        STAND_IN = "stand_in", "stands in for the worker"
        RELEASED = "released", "an earlier team's record, released"
        CLINICIAN = "clinician", "referred to the clinician"
        THERAPIST = "therapist", "referred to the therapist"
        EMERGENCY = "emergency", "opened in an emergency"

    user = models.ForeignKey(User, models.PROTECT, related_name="timed_grants")
    parent = models.ForeignKey("programme.Parent", models.PROTECT, related_name="timed_grants")
    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Whom a stand-in stands in for: it holds while that worker holds the parent's open episode.
    worker = models.ForeignKey(
        "programme.Worker", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The stand-ins that were arranged together, and end together.
    cover_id = models.UUIDField(null=True, blank=True, editable=False)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_timedgrant_stands_in_for_a_worker",
                condition=Q(kind="stand_in", worker__isnull=False)
                | (~Q(kind="stand_in") & Q(worker=None)),
            ),
            models.CheckConstraint(
                name="programme_timedgrant_ends_after_start",
                condition=Q(ends_at__gt=models.F("starts_at")),
            ),
            models.CheckConstraint(
                name="programme_timedgrant_not_to_oneself",
                condition=~Q(given_by=models.F("user")),
                violation_error_message="Someone else has to give this.",
            ),
        ]


class Visible(models.Model):
    """A row of the rule view: this user sees this part of this parent in this programme."""

    pk = models.CompositePrimaryKey("user_id", "parent_id", "programme_id", "part")
    user_id = models.UUIDField()
    parent_id = models.UUIDField()
    programme_id = models.UUIDField()
    part = models.CharField(max_length=20, choices=Part.choices)
    can_write = models.IntegerField()

    class Meta:
        managed = False
        db_table = "access_visible"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A view cannot be written."""
        raise TypeError("The rule view is read only.")


class InTheKnow(models.Model):
    """A row of ``told.sql``: this parent may be told of this pregnancy today."""

    pk = models.CompositePrimaryKey("pregnancy_id", "other_parent_id")
    pregnancy_id = models.UUIDField()
    other_parent_id = models.UUIDField()

    class Meta:
        managed = False
        db_table = "access_told"


class HeldLink(models.Model):
    """A row of ``told.sql``: this link from a parent to a child does not open the child's row."""

    pk = models.CompositePrimaryKey("link_id", "why")
    link_id = models.UUIDField()
    why = models.CharField(max_length=10)

    class Meta:
        managed = False
        db_table = "access_held_link"
