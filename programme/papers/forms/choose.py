"""Which events and sections go into a paper, and for whom it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils import timezone

from programme.chronology.reads import Mark
from programme.core.forms import KeyField
from programme.papers.models import Recipient
from programme.papers.reads.items import Item
from programme.papers.reads.lines import Line
from programme.papers.reads.summary import SECTIONS
from programme.pathways.models import Programme
from recurrent.design import fields, forms
from recurrent.design.bound import Option, designed
from recurrent.design.words import day_and_year

LONGEST = 160


@dataclass(frozen=True)
class Year:
    """The events of one year, to be chosen from."""

    words: str
    options: list[Option]


def value_of(mark: Mark) -> str:
    """An event as a form carries it."""
    return ".".join(mark)


class BeginChronologyForm(forms.Form):
    """The period, for whom, and which events: all of them, until one is taken out."""

    key = KeyField()
    for_whom = fields.ChoiceField(
        label="Who will receive it?", called="who will receive it", choices=Recipient.choices
    )
    recipient = fields.TextField(
        label="Which court, conference or person?",
        called="which court, conference or person",
        help_text="This stands on every page",
        max_length=100,
    )
    first_day = fields.DateField(
        label="From", help_text="Leave this empty to begin with the first event", required=False
    )
    last_day = fields.DateField(
        label="Up to", called="the last day", initial=timezone.localdate, latest=timezone.localdate
    )
    events = fields.CheckboxesField(
        label="Which events?",
        help_text="Those marked as significant, the oldest first",
    )
    names_workers = fields.ConfirmField(
        label="Say by name who recorded each event", initial=True, required=False
    )
    programme = fields.ChoiceField(label="Whose paper is it?", called="whose paper it is")

    def __init__(
        self, *args: Any, lines: Sequence[Line], programmes: Sequence[Programme], **kwargs: Any
    ) -> None:
        """``lines`` are the significant events; with one programme, nobody is asked whose it is."""
        super().__init__(*args, **kwargs)
        self.lines = {value_of(line.mark): line for line in lines}
        self.programmes = {str(one.pk): one for one in programmes}
        choices = [(value, _said(line)) for value, line in self.lines.items()]
        self.fields["events"].choices = choices  # type: ignore[attr-defined]
        self.fields["events"].initial = list(self.lines)
        if len(programmes) == 1:
            del self.fields["programme"]
        else:
            names = [(key, one.name) for key, one in self.programmes.items()]
            self.fields["programme"].choices = names  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one event lies in the period, and the period is in order."""
        typed = self.cleaned_data
        first, last = typed.get("first_day"), typed.get("last_day")
        if first and last and first > last:
            self.add_error("last_day", "The last day is before the first")
        elif last and typed.get("events") and not self.marks():
            self.add_error("events", "None of these events is in this period. Change the days")
        return typed

    def years(self) -> list[Year]:
        """The events year by year: all in one list have no end."""
        days = [line.on.year for line in self.lines.values()]
        dated = zip(days, designed(self["events"]).options, strict=True)
        years = [(year, [one for _, one in pairs]) for year, pairs in groupby(dated, itemgetter(0))]
        return [Year(f"{year}: {_count(len(options))}", options) for year, options in years]

    def marks(self) -> list[Mark]:
        """The chosen events of the period."""
        typed = self.cleaned_data
        chosen = [self.lines[value] for value in dict.fromkeys(typed["events"])]
        return [
            line.mark
            for line in chosen
            if line.on <= typed["last_day"]
            and (typed["first_day"] is None or line.on >= typed["first_day"])
        ]

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.begin_chronology`` takes but the parent and who is saving."""
        typed = self.cleaned_data
        names = ("key", "for_whom", "recipient", "first_day", "last_day", "names_workers")
        chosen = typed.get("programme") or next(iter(self.programmes))
        return {
            **{name: typed[name] for name in names},
            "marks": self.marks(),
            "programme": self.programmes[chosen],
        }


def _count(events: int) -> str:
    return "1 event" if events == 1 else f"{events} events"


def _said(line: Line) -> str:
    words = " ".join(line.what.split())
    short = words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]}…"
    return f"{day_and_year(line.on)}: {short}"


class StillThereField(fields.CheckboxesField):
    """Any of a few rows. One that is gone since the page was opened is dropped, not an error."""

    def to_python(self, value: Any) -> list[str]:
        """Only what is still offered."""
        return [one for one in super().to_python(value) if self.valid_value(one)]


class _Chosen(forms.Form):
    """A page that shows what was chosen; opened plainly, it shows what is usual."""

    chosen = fields.HiddenField(initial="yes", required=False)
    include = StillThereField(
        label="Words to look at first",
        help_text="They may name somebody else, or tell of health or a pregnancy."
        " They stay out unless you put them in",
        required=False,
        initial=(),
    )

    def offer(self, asked: Sequence[Item]) -> None:
        """Offers the words that are asked about; without any, the question is not shown."""
        if asked:
            choices = [(item.key, item.words) for item in asked]
            self.fields["include"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["include"]

    def answers(self) -> dict[str, Any] | None:
        """What was chosen, or what is usual; None where something is to be put right first."""
        if self.is_bound and not self.is_valid():
            return None
        usual = {
            name: self.get_initial_for_field(field, name) for name, field in self.fields.items()
        }
        return {"include": (), **(self.cleaned_data if self.is_bound else usual)}


class SummaryForm(_Chosen):
    """Which sections, and for whom."""

    for_whom = fields.ChoiceField(
        label="Who will receive it?",
        called="who will receive it",
        choices=Recipient.choices,
        initial=Recipient.MEETING,
        inline=True,
    )
    section = fields.CheckboxesField(
        label="What is in it?", choices=list(SECTIONS.items()), initial=list(SECTIONS)
    )
    field_order = ["for_whom", "section", "include", "chosen"]


class OwnCopyForm(_Chosen):
    """What goes home with the parent."""

    with_numbers = fields.ConfirmField(
        label="Numbers to ring, among them help with abuse at home",
        help_text="Leave them out if somebody at home may read this",
        initial=False,
        required=False,
    )
    include = StillThereField(
        label="What else may it say?",
        help_text="Next steps, and words that may name somebody else or tell of health."
        " They stay out unless you put them in",
        required=False,
        initial=(),
    )
    field_order = ["with_numbers", "include", "chosen"]
