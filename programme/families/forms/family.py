"""Couples, days to mind, strengths and worries."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from programme.core.choices import NoticedKind, ParentRole, WhoseWords
from programme.core.dates import today
from programme.core.forms import AmendingForm, KeyField, VersionField
from programme.episodes.models import Episode
from programme.people.models import FamilyMember, Parent, Partnership
from recurrent.design import fields, forms

NEW, BY_REFERENCE = "new", "reference"


class SpellForm(forms.Form):
    """From when to when two were a couple."""

    started_on = fields.DateField(
        label="When did they come together?",
        called="the day they came together",
        help_text="The first of the month, if that is all you know",
        required=False,
        latest=today,
    )
    ended_on = fields.DateField(
        label="If it has ended: when?", called="the day it ended", required=False, latest=today
    )


class PartnershipForm(SpellForm):
    """A spell with somebody known to this record, of another record, or new by name."""

    key = KeyField()
    who = fields.ChoiceField(
        label="Who is the other one?",
        called="who the other one is",
        reveals={NEW: ["new_name", "new_role"], BY_REFERENCE: ["reference"]},
    )
    new_name = fields.TextField(label="Name", max_length=200)
    new_role = fields.ChoiceField(
        label="Mother or father?", called="mother, father or other", choices=ParentRole.choices
    )
    reference = fields.TextField(
        label="Reference of that record", width=10, autocomplete="off", max_length=20
    )

    field_order = ("who", "new_name", "new_role", "reference", "started_on", "ended_on")

    def __init__(
        self,
        *args: Any,
        parents: Mapping[UUID, str],
        members: Mapping[UUID, FamilyMember],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parents, self.members = parents, members
        choice: Any = self.fields["who"]
        choice.choices = [
            *((str(key), name) for key, name in parents.items()),
            *((str(key), one.name) for key, one in members.items()),
            (NEW, "Somebody who has no record here"),
            (BY_REFERENCE, "Somebody with a record of their own"),
        ]

    def clean_reference(self) -> str:
        """A record the reader may see; another answers as one that never was."""
        typed = "".join(str(self.cleaned_data["reference"]).split()).upper()
        if typed and not Parent.objects.filter(reference=typed).exists():
            raise ValidationError("There is no record with this reference that you may open")
        return typed

    def put_on(self, spell: Partnership) -> Partnership:
        """The spell with what was typed; a new name is stored by the action."""
        typed = self.cleaned_data
        spell.started_on, spell.ended_on = typed["started_on"], typed["ended_on"]
        chosen = typed["who"]
        if chosen == BY_REFERENCE:
            spell.other_parent = Parent.objects.get(reference=typed["reference"])
        elif chosen != NEW:
            key = UUID(chosen)
            spell.other_member = self.members.get(key)
            spell.other_parent = None if key in self.members else Parent.objects.get(pk=key)
        return spell

    def new_member(self) -> FamilyMember | None:
        """The name that is new on this record."""
        typed = self.cleaned_data
        if typed["who"] != NEW:
            return None
        return FamilyMember(name=typed["new_name"], parent_role=typed["new_role"])


class CorrectPartnershipForm(AmendingForm, SpellForm):
    """The days of a spell put right, or its end."""

    version = VersionField()

    def put_on(self, spell: Partnership) -> Partnership:
        """The spell with what was typed."""
        spell.started_on = self.cleaned_data["started_on"]
        spell.ended_on = self.cleaned_data["ended_on"]
        return spell


class ImportantDateForm(forms.Form):
    """A day that matters to this parent."""

    key = KeyField()
    wording = fields.TextField(
        label="What is this day?",
        called="what the day is",
        help_text="For example, the day of the goodbye visit. Not a due date",
        max_length=200,
    )
    day = fields.DateField(label="When is it?", called="the day")
    every_year = fields.YesNoField(label="Every year again?", initial=True)


class NoticedForm(forms.Form):
    """A strength or a worry in plain words; each stands in a list of its own."""

    key = KeyField()
    kind = fields.ChoiceField(
        label="What is it?", called="a strength or a worry", choices=NoticedKind.choices
    )
    wording = fields.LongTextField(
        label="What do you see?",
        called="what you see",
        rows=3,
        help_text="Plain words that the parent could read: what is so, not what somebody is",
    )
    words_of = fields.ChoiceField(
        label="Whose words are these?", called="whose words these are", choices=WhoseWords.choices
    )
    noted_on = fields.DateField(
        label="When was it seen?", called="the day it was seen", initial=today, latest=today
    )
    episode = fields.ChoiceField(label="Which work is this about?", called="the work")

    field_order = ("episode", "kind", "wording", "words_of", "noted_on")

    def __init__(self, *args: Any, episodes: Sequence[Episode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.episodes = {str(one.pk): one for one in episodes}
        if len(episodes) == 1:
            del self.fields["episode"]
        else:
            choice: Any = self.fields["episode"]
            choice.choices = [(key, one.programme.name) for key, one in self.episodes.items()]

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.notice`` takes but who is saving."""
        typed = dict(self.cleaned_data)
        key = typed.pop("episode", None) or next(iter(self.episodes))
        return {**typed, "episode": self.episodes[key]}


class SamePersonForm(forms.Form):
    """The child of another record who this parent once was."""

    key = KeyField()
    child = fields.ChoiceField(
        label="Which child is the same person?", called="the child who is the same person"
    )

    def __init__(self, *args: Any, children: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["child"]
        choice.choices = [(str(key), words) for key, words in children.items()]
