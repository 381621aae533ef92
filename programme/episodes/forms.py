"""What was typed about open work, its stage and its pauses; saving is the job of ``actions``."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import QueryDict

from programme.core.dates import today
from programme.core.forms import KeyField, VersionField
from programme.episodes.models import Episode, Pause
from programme.episodes.reads import OpenEpisode
from recurrent.design import fields, forms


class OfWorkForm(forms.Form):
    """Something new about an open episode; which one is asked only where there are two."""

    key = KeyField()
    episode = fields.ChoiceField(label="Which work is this about?", called="the work")

    def __init__(self, *args: Any, work: Sequence[Episode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = {str(one.pk): one for one in work}
        if len(work) == 1:
            del self.fields["episode"]
        else:
            choices = [(key, one.programme.name) for key, one in self.work.items()]
            self.fields["episode"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Episode:
        """The work that was meant."""
        return self.work[self.cleaned_data.get("episode") or next(iter(self.work))]


class ChangeStageForm(forms.Form):
    """The next stage of one open episode; it asks which only when there is more than one."""

    episode = fields.ChoiceField(label="Which work is this about?", called="the work")
    stage = fields.ChoiceField(label="Stage", called="the stage")
    entered_on = fields.DateField(
        label="Since when?", called="the day the stage began", initial=today, latest=today
    )

    def __init__(self, *args: Any, open_episodes: Sequence[OpenEpisode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_episodes = {str(one.episode.pk): one for one in open_episodes}
        for key, one in self.open_episodes.items():
            self.fields[f"seen_{key}"] = fields.TextField(
                initial=one.mark, required=False, widget=fields.HiddenInput
            )
        if len(open_episodes) == 1:
            del self.fields["episode"]
            self._ask("stage", open_episodes[0])
            return
        del self.fields["stage"]
        choice: Any = self.fields["episode"]
        choice.choices = [(key, one.words) for key, one in self.open_episodes.items()]
        choice.widget.set_look(
            None, {key: [f"stage_{key}"] for key in self.open_episodes}, False, ()
        )
        for key, one in self.open_episodes.items():
            self._ask(f"stage_{key}", one)

    def _ask(self, name: str, one: OpenEpisode) -> None:
        self.fields[name] = fields.ChoiceField(
            label="Stage",
            called="the stage",
            choices=one.stages,
            initial=one.present.stage if one.present else None,
        )
        self.order_fields(["episode", name, "entered_on"])

    @property
    def chosen(self) -> OpenEpisode:
        """The work chosen, or the only one."""
        return self.open_episodes[self._key]

    @property
    def _key(self) -> str:
        return self.cleaned_data.get("episode") or next(iter(self.open_episodes))

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.change_stage`` takes but who is saving."""
        typed = self.cleaned_data
        return {
            "episode": self.chosen.episode,
            "stage": typed.get(f"stage_{self._key}") or typed["stage"],
            "entered_on": typed["entered_on"],
            "seen": typed[f"seen_{self._key}"],
        }

    def have_now_seen(self, open_episodes: Sequence[OpenEpisode]) -> None:
        """The page goes back with the stages as they stand: the next send may change those."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.open_episodes = {str(one.episode.pk): one for one in open_episodes}
        for key, one in self.open_episodes.items():
            self.data[f"seen_{key}"] = one.mark


def _usual_review() -> date:
    return today() + timedelta(days=settings.DAYS_TO_PAUSE_REVIEW)


def _tomorrow() -> date:
    return today() + timedelta(days=1)


class BeginPauseForm(forms.Form):
    """Why the work is paused, since when, and by when it is looked at again."""

    key = KeyField()
    reason = fields.LongTextField(label="Why is the work paused?", called="why", rows=3)
    from_date = fields.DateField(
        label="Since when?", called="the first day of the pause", initial=today, latest=today
    )
    review_on = fields.DateField(
        label="When will you look at it again?",
        called="the day of the review",
        help_text="You and your senior are told when that day comes",
        initial=_usual_review,
        earliest=_tomorrow,
    )


class ReviewPauseForm(forms.Form):
    """Whether a pause goes on, until when, or when it ended."""

    version = VersionField()
    answer = fields.ChoiceField(
        label="What was decided?",
        called="what was decided",
        choices=[("go_on", "The pause goes on"), ("end", "The pause ends")],
        reveals={"go_on": ["reason", "review_on"], "end": ["to_date"]},
    )
    reason = fields.LongTextField(label="Why does it go on?", called="why it goes on", rows=3)
    review_on = fields.DateField(
        label="When will you look at it again?",
        called="the day of the next review",
        initial=_usual_review,
        earliest=_tomorrow,
    )
    to_date = fields.DateField(
        label="What was its last day?", called="the last day", initial=today, latest=today
    )

    def __init__(self, *args: Any, pause: Pause, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"version": pause.version, "reason": pause.reason}

    @property
    def goes_on(self) -> bool:
        """Whether the pause lasts."""
        return bool(self.cleaned_data["answer"] == "go_on")

    def for_action(self) -> dict[str, Any]:
        """What the chosen action takes beside the pause and who is saving."""
        names = ("review_on", "reason") if self.goes_on else ("to_date",)
        typed = self.cleaned_data
        return {"seen_version": typed["version"], **{name: typed[name] for name in names}}
