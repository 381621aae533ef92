"""Parents, their children, how to reach a parent safely, and who may not see her."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from programme.access.parts import Part
from programme.access.records import CaseRecord, PortableRecord
from programme.access.told import Both, NotHeld
from programme.access.walls import Either, OfParent, of_child
from programme.core.choices import (
    Born,
    CareExperienced,
    ChildSex,
    ParentRole,
    ProtectionCategory,
    ProtectionKind,
    RelationToChild,
    Sex,
    YesNoNotRecorded,
)
from programme.core.encryption import EncryptedTextField
from programme.people.derived import DerivedField
from programme.people.names import digits_of, keys_of

# No letter or figure that is read for another over the phone.
REFERENCE_SIGNS = "234679ACDEFGHJKMNPQRTUVWXY"


def new_reference() -> str:
    """A short reference that says nothing about the person: ``4F7K2``."""
    return "".join(secrets.choice(REFERENCE_SIGNS) for _ in range(6))


class Parent(PortableRecord):
    """The person a programme works with, by reference only; who she is stands in ``Identity``."""

    # Protection officers know a record by its reference, restricted ones too, and by nothing else.
    wall = Either(
        Part.REFERENCE,
        walls=(
            OfParent(Part.REFERENCE, column="id"),
            OfParent(Part.PROTECTION, Part.REFERENCE, column="id"),
        ),
    )

    reference = models.CharField(max_length=8, default=new_reference, unique=True, editable=False)
    parent_role = models.CharField(max_length=10, choices=ParentRole.choices)

    def __str__(self) -> str:
        return self.reference


class Identity(CaseRecord):
    """Who a parent is: the core part of her record."""

    wall = OfParent(Part.CORE)

    parent = models.OneToOneField(Parent, models.PROTECT, related_name="identity")
    given_names = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200)
    known_as = models.CharField(max_length=200, blank=True)
    other_names = models.TextField(blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=12, choices=Sex.choices, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    first_language = models.CharField(max_length=100, blank=True)
    interpreter_needed = models.BooleanField(null=True, blank=True)
    care_experienced = models.CharField(max_length=10, choices=CareExperienced.choices, blank=True)
    disability = models.CharField(max_length=12, choices=YesNoNotRecorded.choices, blank=True)
    deprivation_quintile = models.PositiveSmallIntegerField(null=True, blank=True)
    area = models.CharField(max_length=200, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    local_reference = models.CharField(max_length=100, blank=True)
    moved_out_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    search_keys = DerivedField(keys_of, ("given_names", "family_name", "known_as", "other_names"))

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_identity_died_after_born",
                condition=Q(died_on=None)
                | Q(date_of_birth=None)
                | Q(died_on__gte=F("date_of_birth")),
                violation_error_message="The date of death is before the date of birth.",
            ),
            models.CheckConstraint(
                name="programme_identity_quintile_1_to_5",
                condition=Q(deprivation_quintile=None) | Q(deprivation_quintile__range=(1, 5)),
            ),
        ]

    @property
    def name(self) -> str:
        """The name she goes by."""
        return f"{self.known_as or self.given_names} {self.family_name}".strip()


class Home(CaseRecord):
    """Where a parent lives: the safe address, a part of its own, scrambled in the database."""

    wall = OfParent(Part.SAFE_ADDRESS)

    parent = models.OneToOneField(Parent, models.PROTECT, related_name="home")
    # As it stands on an envelope, without the postcode.
    address = EncryptedTextField(blank=True, default="")
    postcode = EncryptedTextField(blank=True, default="")
    no_fixed_address = models.BooleanField(null=True, blank=True)
    # Why it was last changed; people write addresses into reasons.
    why_changed = EncryptedTextField(blank=True, default="")

    @property
    def as_written(self) -> str:
        """The address line by line, the postcode last."""
        return "\n".join(filter(None, [*self.address.splitlines(), self.postcode]))


class SafeContact(CaseRecord):
    """How to reach a parent safely; a changed rule ends and another takes its place."""

    wall = OfParent(Part.CORE)
    # What a rule says, in the order in which it is asked.
    PARTS: ClassVar[tuple[str, ...]] = (
        "number",
        "times",
        "who_may_answer",
        "may_leave_message",
        "may_text",
        "agreed_phrase",
        "words_to_avoid",
        "known_risk",
        "do_not_meet_at",
    )

    parent = models.ForeignKey(Parent, models.PROTECT, related_name="safe_contacts")
    number = models.CharField(max_length=50, blank=True)
    times = models.TextField(blank=True)
    may_leave_message = models.BooleanField(null=True, blank=True)
    may_text = models.BooleanField(null=True, blank=True)
    who_may_answer = models.TextField(blank=True)
    words_to_avoid = models.TextField(blank=True)
    agreed_phrase = models.TextField(blank=True)
    do_not_meet_at = models.TextField(blank=True)
    known_risk = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    digits = DerivedField(digits_of, ("number",))


class Protection(CaseRecord):
    """A record restricted to named people, or denied to someone."""

    wall = OfParent(Part.PROTECTION)

    parent = models.ForeignKey(Parent, models.PROTECT, related_name="protections")
    kind = models.CharField(max_length=10, choices=ProtectionKind.choices)
    worker = models.ForeignKey(
        "programme.Worker", models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        "programme.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Denied: who may not. Restricted: who may.",
    )
    category = models.CharField(max_length=20, choices=ProtectionCategory.choices, blank=True)
    from_date = models.DateField()
    review_on = models.DateField(null=True, blank=True)


class FamilyMember(CaseRecord):
    """Somebody around a parent who has no record here: a name, and no more than the work needs."""

    wall = OfParent(Part.CORE)

    parent = models.ForeignKey(Parent, models.PROTECT, related_name="family_members")
    name = models.CharField(max_length=200)
    parent_role = models.CharField(max_length=10, choices=ParentRole.choices)

    def __str__(self) -> str:
        return self.name


class Partnership(CaseRecord):
    """A spell of a parent as one of a couple, as this parent's record tells it.

    The other one may have a record too: what is told there is a row of its own (decision 13).
    """

    wall = OfParent(Part.CORE)

    parent = models.ForeignKey(Parent, models.PROTECT, related_name="partnerships")
    other_parent = models.ForeignKey(
        Parent, models.PROTECT, null=True, blank=True, related_name="+"
    )
    other_member = models.ForeignKey(
        FamilyMember, models.PROTECT, null=True, blank=True, related_name="spells"
    )
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="programme_partnership_of_two",
                condition=Q(other_parent=None) | ~Q(parent=F("other_parent")),
            ),
            models.CheckConstraint(
                name="programme_partnership_with_one",
                condition=Q(other_parent=None, other_member__isnull=False)
                | Q(other_parent__isnull=False, other_member=None),
                violation_error_message="Choose who the other one is.",
            ),
            models.CheckConstraint(
                name="programme_partnership_ends_after_start",
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
            ),
        ]


class Child(PortableRecord):
    """A child of the parents: the least that the work needs."""

    wall = of_child(Part.CORE, column="id")

    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=12, choices=ChildSex.choices, blank=True)
    disability = models.CharField(max_length=12, choices=YesNoNotRecorded.choices, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    pregnancy = models.ForeignKey(
        "programme.Pregnancy", models.PROTECT, null=True, blank=True, related_name="children"
    )
    born = models.CharField(max_length=10, choices=Born.choices, blank=True)
    died_on = models.DateField(null=True, blank=True)
    search_keys = DerivedField(keys_of, ("given_names", "family_name"))

    class Meta(PortableRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PortableRecord.Meta.constraints,
            models.CheckConstraint(
                name="programme_child_died_after_born",
                condition=Q(died_on=None)
                | Q(date_of_birth=None)
                | Q(died_on__gte=F("date_of_birth")),
                violation_error_message="The date of death is before the date of birth.",
            ),
        ]


class ParentChild(CaseRecord):
    """Who is a parent of whom; without a baby this parent is not told of (``told.sql``)."""

    wall = NotHeld(Part.CORE, wall=OfParent(Part.CORE))

    parent = models.ForeignKey(Parent, models.PROTECT, related_name="child_links")
    child = models.ForeignKey(Child, models.PROTECT, related_name="parent_links")
    relation = models.CharField(max_length=10, choices=RelationToChild.choices)

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["parent", "child", "relation"], name="programme_parentchild_once"
            )
        ]


class SamePerson(CaseRecord):
    """A child of one record who is a parent with a record of her own; for who sees both."""

    wall = Both(Part.CORE, walls=(of_child(Part.CORE), OfParent(Part.CORE)))

    child = models.ForeignKey(Child, models.PROTECT, related_name="became")
    parent = models.ForeignKey(Parent, models.PROTECT, related_name="once_a_child")

    class Meta(CaseRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["child", "parent"], name="programme_sameperson_once")
        ]
