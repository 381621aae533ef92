"""What was typed about groups, checked; saving is the job of ``actions``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from programme.contacts.forms.places import shows_something
from programme.contacts.reads import in_a_sentence
from programme.core.forms import KeyField, VersionField
from programme.groups import reads
from programme.groups.actions import Mark
from programme.groups.models import Answer, Every, Group, GroupKind, GroupSession
from programme.groups.reads import Person, RegisterLine
from programme.pathways.models import Programme
from programme.people.models import Parent
from recurrent.design import fields, forms
from recurrent.design.bound import DesignBoundField, designed

LONGEST_RUN = 52
MOST_PEOPLE = 500
AS_SENTENCES = {"spellcheck": "true", "autocapitalize": "sentences"}


class GroupForm(forms.Form):
    """A new group or drop-in."""

    key = KeyField()
    name = fields.TextField(label="What is it called?", called="its name", max_length=100)
    kind = fields.ChoiceField(label="What is it?", called="what it is", choices=GroupKind.choices)
    programme = fields.ChoiceField(label="Which programme?", called="the programme")

    def __init__(self, *args: Any, programmes: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(one.pk): one for one in programmes}
        field: Any = self.fields["programme"]
        field.choices = [(key, one.name) for key, one in self.programmes.items()]
        if len(self.programmes) == 1:
            del self.fields["programme"]

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.begin_group`` takes but who is saving."""
        typed = self.cleaned_data
        chosen = typed.get("programme") or next(iter(self.programmes))
        return {**typed, "programme": self.programmes[chosen]}


class RenameForm(forms.Form):
    """Another name of a group, with the version that was on the page."""

    version = VersionField()
    name = fields.TextField(label="What is it called?", called="its name", max_length=100)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        shown = {"version": group.version, "name": group.name}
        super().__init__(*args, **{**kwargs, "initial": shown})


class SessionsForm(forms.Form):
    """One date, or several, as often as is said."""

    first_on = fields.DateField(label="First day", called="the first day")
    at = fields.TimeField(label="When does it begin?", called="when it begins")
    every = fields.ChoiceField(
        label="How often?", called="how often", choices=Every.choices, initial=Every.WEEK
    )
    times = fields.WholeNumberField(
        label="How many dates?",
        called="how many dates",
        help_text="1 for a single day, however often",
        initial=1,
        min_value=1,
        max_value=LONGEST_RUN,
    )


class PeopleForm(forms.Form):
    """Who may come, of those whom the reader may choose."""

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.parent.pk): one.parent for one in people}
        self.fields["people"] = fields.CheckboxesField(
            label="Who may come?",
            required=False,
            choices=[(str(one.parent.pk), one.name) for one in people],
            hints={str(one.parent.pk): f"Record {one.parent.reference}" for one in people},
        )

    def for_action(self) -> dict[str, list[Parent]]:
        """Who was ticked, and who was not any more."""
        ticked = set(self.cleaned_data["people"])
        before = set(self.initial["people"])
        return {
            "chosen": [self.known[key] for key in self.known if key in ticked],
            "left": [self.known[key] for key in self.known if key in before - ticked],
        }


@dataclass(frozen=True)
class Row:
    """What is asked about one person: the answer, a recorded need, a note; and what was seen."""

    answer: DesignBoundField
    version: DesignBoundField
    need: DesignBoundField | None = None
    note: DesignBoundField | None = None

    @property
    def is_touched(self) -> bool:
        """Whether it must not stay folded."""
        bound = (self.answer, self.need, self.note)
        return any(one and (one.errors or shows_something(one)) for one in bound)


class RegisterForm(forms.Form):
    """The register of one date: one tap a person, and what was counted."""

    version = VersionField()
    head_count = fields.WholeNumberField(
        label="How many came in all?",
        called="how many came",
        help_text="As counted in the room, with those who are not in this list",
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
    )
    first_names = fields.TextField(
        label="First names of others who came",
        help_text="Only what they said at the door. This is no record of them",
        required=False,
        max_length=500,
        autocomplete="off",
    )
    numbers = fields.TextField(
        label="Record numbers of others who came and are known here",
        help_text="Such as 4F7K2C. Each gets a contact on their own record",
        required=False,
        max_length=200,
        autocomplete="off",
    )
    reason = fields.TextField(
        label="If you change a mark: why?",
        called="why you are changing it",
        required=False,
        max_length=500,
    )

    def __init__(
        self, *args: Any, session: GroupSession, lines: Sequence[RegisterLine], **kwargs: Any
    ) -> None:
        shown = {name: getattr(session, name) for name in ("version", "head_count", "first_names")}
        super().__init__(*args, **{**kwargs, "initial": shown})
        if not session.group.is_drop_in:
            del self.fields["first_names"], self.fields["numbers"]
        self.group = session.group
        self.came_besides: list[Parent] = []
        self.lines = [line for line in lines if line.may_mark]
        if not any(line.attendance for line in self.lines):
            del self.fields["reason"]
        for line in self.lines:
            self._add(line)

    def _add(self, line: RegisterLine) -> None:
        key, name, before = line.person.parent.pk.hex, line.person.name, line.attendance
        self.fields[f"answer_{key}"] = fields.ChoiceField(
            label=name,
            help_text=f"Record {line.person.parent.reference}",
            choices=Answer.choices,
            initial=before.answer if before else None,
            required=False,
            inline=True,
        )
        seen = VersionField(required=False, initial=before.version if before else 0)
        self.fields[f"version_{key}"] = seen
        if before is None or before.answer != Answer.CAME:
            if line.person.need:
                need = f"{name}: {in_a_sentence(line.person.need)}"
                self.fields[f"need_{key}"] = fields.YesNoField(label=need, required=False)
            self.fields[f"note_{key}"] = fields.LongTextField(
                label=f"Private note about {name}",
                help_text="Kept only on this record, if the person came",
                required=False,
                rows=2,
                attrs=AS_SENTENCES,
            )

    def clean(self) -> dict[str, Any]:
        """A note is kept with a contact: of somebody who did not come there is none."""
        for line in self.lines:
            key = line.person.parent.pk.hex
            self._say_if_marked_meanwhile(line, key)
            noted = self.cleaned_data.get(f"note_{key}")
            if noted and self.cleaned_data.get(f"answer_{key}") != Answer.CAME:
                self.add_error(f"note_{key}", "Mark that the person came, or take the note out")
        return self.cleaned_data

    def clean_numbers(self) -> str:
        """Each number leads to a record that the reader may mark, and is not in the list."""
        typed = str(self.cleaned_data["numbers"])
        asked = {one.upper() for one in re.split(r"[\s,;]+", typed) if one}
        found = reads.known_by_reference(self.group, asked) if asked else {}
        listed = {line.person.parent.pk for line in self.lines}
        for number in sorted(asked):
            if number not in found:
                raise ValidationError(f"There is no record {number} that you may mark here")
            if found[number].pk in listed:
                raise ValidationError(f"Record {number} is in the list: mark it there")
        self.came_besides = [found[number] for number in sorted(asked)]
        return typed

    def _say_if_marked_meanwhile(self, line: RegisterLine, key: str) -> None:
        """Somebody else marked it since: said beside the tap, which counts when sent again."""
        there, tapped = line.attendance, self.cleaned_data.get(f"answer_{key}")
        seen = self.cleaned_data.get(f"version_{key}") or 0
        if there is None or not tapped or tapped == there.answer or seen == there.version:
            return
        assert isinstance(self.data, QueryDict)
        typed = self.data.copy()
        typed[f"version_{key}"] = str(there.version)
        self.data = typed
        marked = f"Somebody else marked meanwhile: {there.get_answer_display()}."
        self.add_error(f"answer_{key}", f"{marked} Save again to keep yours")

    def people(self) -> list[Row]:
        """Those who are expected, or marked already."""
        return [self._row(line) for line in self.lines if line.is_expected]

    def besides(self) -> list[Row]:
        """Those the reader works with who may have come to a drop-in too."""
        return [self._row(line) for line in self.lines if not line.is_expected]

    @property
    def besides_is_open(self) -> bool:
        """Whether one of these was marked and came back."""
        return any(row.is_touched for row in self.besides())

    def _row(self, line: RegisterLine) -> Row:
        key = line.person.parent.pk.hex
        need, note = (
            designed(self[name]) if name in self.fields else None
            for name in (f"need_{key}", f"note_{key}")
        )
        return Row(designed(self[f"answer_{key}"]), designed(self[f"version_{key}"]), need, note)

    def counted(self) -> list[DesignBoundField]:
        """What is asked of the whole date."""
        names = ("head_count", "numbers", "first_names", "reason")
        return [designed(self[name]) for name in names if name in self.fields]

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.save_register`` takes but the session and who is saving."""
        typed = self.cleaned_data
        marks = []
        for line in self.lines:
            key = line.person.parent.pk.hex
            if answer := typed[f"answer_{key}"]:
                note, seen = typed.get(f"note_{key}", ""), typed[f"version_{key}"] or 0
                need = typed.get(f"need_{key}") if answer == Answer.CAME else None
                marks.append(Mark(line.person.parent, answer, note, seen, need))
        marks += [Mark(parent, Answer.CAME) for parent in self.came_besides]
        return {
            "marks": marks,
            "head_count": typed["head_count"],
            "first_names": typed.get("first_names", ""),
            "seen_version": typed["version"],
            "reason": typed.get("reason", ""),
        }
