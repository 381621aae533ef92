"""What the gallery shows: one form with every kind of field, and a sample of every component."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from recurrent.design import fields, forms
from recurrent.design.components import (
    Cell,
    Link,
    NavigationItem,
    SummaryRow,
    TimelineEntry,
)

LONG_NAME = "Gwenhwyfar Aoife Wilhelmina Featherstonehaugh-Cholmondeley"
KINDS = [("home", "Home visit"), ("phone", "Phone"), ("text", "Text"), ("out", "Out and about")]
OUTCOMES = [("met", "Met"), ("missed", "Missed"), ("cancelled", "Cancelled")]
HELPED = [
    ("housing", "Housing"),
    ("money", "Money"),
    ("health", "Health"),
    ("none", "None of these"),
]
AREAS = [("", "Choose one"), ("north", "North"), ("south", "South"), ("valley", "Dyffryn Tŷ Ŵyn")]


class SampleForm(forms.Form):
    """Every kind of field once, as pages use them."""

    happened = fields.WhenField(label="When", initial="now")
    kind = fields.ChoiceField(label="How", called="how you met", choices=KINDS, inline=True)
    outcome = fields.ChoiceField(
        label="What happened",
        called="what happened",
        choices=OUTCOMES,
        hints={"missed": "You went, and nobody was there", "cancelled": "You knew before you went"},
        reveals={"missed": ["missed_reason"], "cancelled": ["cancelled_by"]},
    )
    missed_reason = fields.TextField(label="Whose reason was it?", called="whose reason it was")
    cancelled_by = fields.TextField(label="Who cancelled?", called="who cancelled")
    helped = fields.CheckboxesField(
        label="What did it help with?",
        called="what it helped with",
        choices=HELPED,
        hints={"money": "Benefits, debt or the personal budget"},
        exclusive=["none"],
        help_text="Choose all that apply",
    )
    is_interpreted = fields.YesNoField(
        label="Was there an interpreter?", called="yes or no for the interpreter"
    )
    note = fields.LongTextField(
        label="Note", max_length=200, help_text="What she would want to be remembered"
    )
    due_date = fields.DateField(
        label="Due date",
        called="the due date",
        earliest=timezone.localdate,
        help_text="For example, 27 3 2027",
    )
    clinic_time = fields.TimeField(label="Clinic time", called="the clinic time")
    weeks = fields.WholeNumberField(
        label="Weeks", suffix="weeks", min_value=4, max_value=44, width=2
    )
    cost = fields.WholeNumberField(label="Cost", prefix="£", required=False)
    area = fields.SelectField(label="Area", called="the area", choices=AREAS)
    phone = fields.PhoneField(label="Telephone number", required=False, width=20)
    email = fields.EmailField(label="Email address")
    password = fields.PasswordField(label="Password")
    letter = fields.FileField(label="Letter", called="the letter", accept=".pdf")
    agrees = fields.ConfirmField(
        label="She has agreed that this is kept",
        called="the box when she has agreed",
        reveals={"on": ["wording"]},
    )
    wording = fields.TextField(label="In which words did you ask?", called="the words you used")


# Each field wrong in its own way, so that the gallery shows each kind of message.
WRONG = {
    "happened": "other",
    "happened_day": "31",
    "happened_month": "February",
    "happened_year": "2026",
    "happened_at": "half past two",
    "outcome": "missed",
    "note": "A note that is longer than it may be. " * 6,
    "due_date_day": "27",
    "due_date_year": "2031",
    "clinic_time": "25:70",
    "weeks": "fourteen",
    "cost": "4.50",
    "email": "someone at example",
    "agrees": "on",
}


def samples() -> dict[str, Any]:
    """What the gallery's template draws."""
    today = timezone.localdate()
    wrong = {f"error-{name}": typed for name, typed in WRONG.items()}
    return {
        "form": SampleForm(prefix="error", data=wrong),
        "fresh": SampleForm(prefix="fresh"),
        "navigation": _navigation(),
        "sections": _sections(),
        "facts": _facts(today),
        "head": [
            "Worker",
            Cell("Parents", number=True),
            Cell("Oldest gap", number=True),
            "Next",
            "Area",
        ],
        "rows": _rows(today),
        "entries": _entries(today),
        "pages": Paginator(list(range(200)), 20).page(4),
        "crumbs": [Link("Home", "#home"), Link("Workers", "#workers"), Link("One worker", "")],
        "days": [today + timedelta(days=n) for n in (-400, -12, -1, 0, 1, 3)],
        "colours": ["", "grey", "green", "blue", "purple", "red", "orange", "yellow"],
    }


def _navigation() -> list[NavigationItem]:
    labels = ["Home", "My parents", "Referrals", "Figures", "Resources"]
    return [NavigationItem(label, "#main-content", label == "My parents") for label in labels]


def _sections() -> list[NavigationItem]:
    return [NavigationItem(f"Section {n}", f"#section-{n}", n == 2) for n in range(1, 5)]


def _facts(today: date) -> list[SummaryRow]:
    change = Link("Change", "#facts")
    return [
        SummaryRow("Known as", LONG_NAME, [change]),
        SummaryRow("Reference", "4F7K-22"),
        SummaryRow("Midwife", None, [change, Link("Remove", "#facts")]),
        SummaryRow("Stage", f"Support, since {today:%d %B}\nThen review"),
    ]


def _rows(today: date) -> list[list[Any]]:
    return [
        [
            Cell(LONG_NAME, url="#rows"),
            Cell(9, number=True),
            Cell("31 days", number=True),
            today,
            "N",
        ],
        [Cell("Ŵyn Tŷ", url="#rows"), Cell(11, number=True), Cell("4 days", number=True), "–", "S"],
    ]


def _entries(today: date) -> list[TimelineEntry]:
    moment = timezone.make_aware(datetime(today.year, today.month, today.day, 9, 30))
    return [
        TimelineEntry(
            "Home visit",
            moment,
            by=LONG_NAME,
            text="Met. Talked about the move.",
            more="Line one.\n\nLine two.",
        ),
        TimelineEntry("Due date changed", today - timedelta(days=3), by="Ŵyn Tŷ", significant=True),
        TimelineEntry("Phone, no answer", today - timedelta(days=400), url="#entry"),
    ]
