"""Which open episodes a stage can be changed in, and the stages of their pathways."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from programme.access.holdings import written_in
from programme.access.models import User
from programme.access.parts import Part
from programme.core.dates import days_from, today
from programme.episodes.models import Episode, Pause, Stage
from programme.pathways.models import StageDefinition, TimescaleRule
from programme.people.models import Parent
from recurrent.design.words import day_and_year


@dataclass(frozen=True)
class OpenEpisode:
    """An open episode with its present stage and every stage of its pathway, as code and label."""

    episode: Episode
    stages: tuple[tuple[str, str], ...]
    present: Stage | None

    @property
    def mark(self) -> str:
        """What a page carries to say which stage it showed; blank for none yet."""
        return self.present.mark if self.present else ""

    @property
    def words(self) -> str:
        """``Pause: Engagement since 4 March 2026``."""
        if self.present is None:
            return f"{self.episode.programme}: no stage yet"
        label = dict(self.stages).get(self.present.stage, self.present.stage)
        return f"{self.episode.programme}: {label} since {day_and_year(self.present.entered_on)}"


def open_episodes(parent: Parent) -> list[OpenEpisode]:
    """The open episodes whose stage the acting user may change (four queries)."""
    own = written_in(parent.pk)[Part.CORE]
    rows = Episode.objects.filter(parent=parent, closed_on=None, programme__in=own)
    episodes = list(rows.select_related("programme").order_by("opened_on", "stored_at"))
    spells = Stage.objects.filter(episode__in=episodes, left_on=None)
    present = {spell.episode_id: spell for spell in spells.order_by("entered_on", "stored_at")}
    stages = _stages()
    return [
        OpenEpisode(one, stages.get(one.programme.pathway_id, ()), present.get(one.pk))
        for one in episodes
    ]


def open_work(parent: Parent, programmes: Iterable[UUID]) -> list[Episode]:
    """The parent's open episodes in these programmes, the oldest first (one query)."""
    rows = Episode.objects.filter(parent=parent, closed_on=None, programme__in=programmes)
    return list(rows.select_related("programme", "referral").order_by("opened_on", "stored_at"))


def changed_by(stage: Stage | None) -> str:
    """The name of whoever stored this stage."""
    line = stage.history.first() if stage else None
    user = User.objects.filter(pk=line.history_user_id).first() if line else None
    return user.name if user else "somebody else"


@dataclass(frozen=True)
class PauseLine:
    """A pause that lasts, and how near its review is."""

    pause: Pause
    when: str
    is_late: bool

    @property
    def words(self) -> str:
        """``Paused since 4 March 2026, review by 1 April 2026 (in 3 days)``."""
        since, by = day_and_year(self.pause.from_date), day_and_year(self.pause.review_by)
        return f"Paused since {since}, review by {by} ({self.when})"


def lasting(pauses: Iterable[Pause]) -> dict[UUID, PauseLine]:
    """Of these pauses, those that last today, by episode."""
    return {
        one.episode_id: PauseLine(one, days_from(one.review_by, today()), one.review_by < today())
        for one in pauses
        if one.lasts_on(today())
    }


def may_change(episode: Episode) -> bool:
    """Whether the acting user works in this episode's programme with the parent."""
    return episode.programme_id in written_in(episode.parent_id)[Part.CORE]


def stopped_by_a_pause() -> list[str]:
    """The steps that a pause puts off, by the rules as they stand; all others stay due."""
    rules = TimescaleRule.objects.filter(stopped_by_pause=True)
    return list(dict.fromkeys(rules.order_by("code").values_list("step", flat=True)))


def _stages() -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in StageDefinition.objects.order_by("pathway", "position"):
        found[row.pathway_id] = (*found.get(row.pathway_id, ()), (row.code, row.label))
    return found
