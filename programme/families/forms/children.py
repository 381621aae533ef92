"""Children: who they are, where they live, how they and a parent keep in touch."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from programme.core.choices import (
    Born,
    ChildPlan,
    ChildSex,
    FamilyTimeKind,
    LivingWith,
    RelationToChild,
)
from programme.core.dates import today
from programme.core.forms import AmendingForm, KeyField, VersionField
from programme.families.actions import months_as_stored
from programme.families.models import FamilyTime
from programme.people.models import Child
from recurrent.design import fields, forms

# An expected baby is a pregnancy on the mother's record; nobody types it as a child.
RELATIONS = [one for one in RelationToChild.choices if one[0] != RelationToChild.EXPECTED]
MONTHS = [(str(number), f"{date(2000, number, 1):%B}") for number in range(1, 13)]
NOBODY = "nobody"
OF_A_CHILD = ("given_names", "family_name", "date_of_birth", "sex", "born", "died_on")


def offer(form: forms.Form, name: str, choices: Mapping[UUID, str]) -> None:
    """Gives a field its choices; where there are none, nothing is asked."""
    choice: Any = form.fields[name]
    choice.choices = [(str(key), words) for key, words in choices.items()]
    if not choices:
        del form.fields[name]


class ChildWordsForm(forms.Form):
    """Who a child is: the least that the work needs."""

    given_names = fields.TextField(label="First name", required=False, max_length=200)
    family_name = fields.TextField(label="Family name", required=False, max_length=200)
    date_of_birth = fields.DateField(
        label="Date of birth",
        called="the date of birth",
        help_text="Of a stillborn child, the day of the birth",
        required=False,
        latest=today,
    )
    sex = fields.ChoiceField(
        label="Is the child a girl or a boy?",
        called="girl, boy or not recorded",
        choices=ChildSex.choices,
        required=False,
    )
    born = fields.ChoiceField(
        label="Was the child born alive?",
        called="how the child was born",
        choices=Born.choices,
        required=False,
    )
    died_on = fields.DateField(
        label="If the child has died: when?",
        called="the day the child died",
        required=False,
        latest=today,
    )

    pregnancy = fields.ChoiceField(
        label="Of which pregnancy?",
        called="the pregnancy",
        help_text="Twins are two children of one pregnancy",
        required=False,
    )

    def __init__(self, *args: Any, pregnancies: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "pregnancy", pregnancies)

    def put_on(self, child: Child) -> Child:
        """The child with what was typed; where no pregnancy was chosen, with the one it had."""
        for name in OF_A_CHILD:
            setattr(child, name, self.cleaned_data[name])
        if chosen := self.cleaned_data.get("pregnancy"):
            child.pregnancy_id = UUID(chosen)
        return child


class AddChildForm(ChildWordsForm):
    """A child who is on no other record."""

    key = KeyField()
    relation = fields.ChoiceField(
        label="What is this parent to the child?",
        called="what this parent is to the child",
        choices=RELATIONS,
    )
    other_member = fields.ChoiceField(
        label="Who is the other parent?",
        called="the other parent",
        help_text="Only names that are on this record and have no record of their own",
        required=False,
    )

    field_order = (*OF_A_CHILD, "relation", "pregnancy", "other_member")

    def __init__(self, *args: Any, members: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "other_member", members)


class CorrectChildForm(AmendingForm, ChildWordsForm):
    """What is held of a child, put right."""

    version = VersionField()


class LinkChildForm(forms.Form):
    """A child of another record whom the reader may see."""

    key = KeyField()
    child = fields.ChoiceField(label="Which child?", called="the child")
    relation = fields.ChoiceField(
        label="What is this parent to the child?",
        called="what this parent is to the child",
        choices=[one for one in RELATIONS if one[0] != RelationToChild.ADOPTIVE],
    )

    def __init__(self, *args: Any, children: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "child", children)


class RelationForm(AmendingForm):
    """What a parent is to a child and who the other parent is, put right."""

    key = KeyField()
    version = VersionField()
    relation = fields.ChoiceField(
        label="What is this parent to the child?",
        called="what this parent is to the child",
        choices=RELATIONS,
    )
    other_member = fields.ChoiceField(
        label="Who is the other parent?",
        called="the other parent",
        help_text="Only names that are on this record and have no record of their own",
        choices=[(NOBODY, "Nobody who is named here")],
    )

    field_order = ("relation", "other_member", "reason")

    def __init__(self, *args: Any, members: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["other_member"]
        named = [(str(key), name) for key, name in members.items()]
        choice.choices = [*named, *choice.choices]


class TakeOffForm(forms.Form):
    """Why something that came on a record by mistake is taken off it."""

    reason = fields.TextField(
        label="Why is this wrong?",
        called="why this is wrong",
        help_text="Such as “linked by mistake” or “a child of the same name”",
        max_length=100,
    )


class CircumstanceForm(forms.Form):
    """Where a child lives from a day on."""

    key = KeyField()
    living_with = fields.ChoiceField(
        label="Where does the child live?",
        called="where the child lives",
        help_text="Never an address",
        choices=LivingWith.choices,
    )
    plan = fields.SelectField(
        label="Under which plan?",
        called="the plan",
        choices=[("", "Not recorded"), *ChildPlan.choices],
        required=False,
    )
    from_date = fields.DateField(
        label="Since when?", called="the day it began", initial=today, latest=today
    )


class FamilyTimeForm(forms.Form):
    """How one parent and one child keep in touch."""

    key = KeyField()
    kind = fields.ChoiceField(
        label="How do they keep in touch?",
        called="how they keep in touch",
        choices=FamilyTimeKind.choices,
        reveals={FamilyTimeKind.LETTERBOX: ["months"]},
    )
    months = fields.CheckboxesField(
        label="In which months is a letter due?",
        help_text="The team is reminded in the two weeks before each begins",
        choices=MONTHS,
        required=False,
    )
    how_often = fields.TextField(
        label="How often?",
        help_text="For example, twice a year, or two hours every fourth Friday",
        required=False,
        max_length=200,
    )
    with_whom = fields.TextField(
        label="Who else is there, or passes it on?",
        help_text="For example, a supervisor, or the letterbox office. No address",
        required=False,
        max_length=200,
    )
    agreed_on = fields.DateField(
        label="When was this agreed?", called="the day it was agreed", initial=today, latest=today
    )

    def put_on(self, arrangement: FamilyTime) -> FamilyTime:
        """The arrangement with what was typed; months are kept of a letterbox only."""
        typed = self.cleaned_data
        for name in ("kind", "how_often", "with_whom", "agreed_on"):
            setattr(arrangement, name, typed[name])
        is_letterbox = typed["kind"] == FamilyTimeKind.LETTERBOX
        arrangement.months = months_as_stored(typed["months"]) if is_letterbox else ""
        return arrangement


class ChangeFamilyTimeForm(AmendingForm, FamilyTimeForm):
    """An arrangement put right, or ended."""

    version = VersionField()
    ended_on = fields.DateField(
        label="If it has ended: when?", called="the day it ended", required=False, latest=today
    )

    field_order = ("kind", "months", "how_often", "with_whom", "agreed_on", "ended_on", "reason")

    def put_on(self, arrangement: FamilyTime) -> FamilyTime:
        """The same with the day it ended."""
        arrangement.ended_on = self.cleaned_data["ended_on"]
        return super().put_on(arrangement)
