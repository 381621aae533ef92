"""What a parent answered, each questionnaire by itself, and where it may be added to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from programme.access.holdings import written_in
from programme.access.parts import Part
from programme.core.models import CodeValue
from programme.episodes.models import Episode
from programme.episodes.reads import open_work
from programme.measures.instruments import Change, Instrument, instruments
from programme.measures.models import Measure
from programme.people.models import Parent

CODES = "instruments"


@dataclass(frozen=True)
class Line:
    """One completed questionnaire: its answer in words, and how it compares with the first."""

    measure: Measure
    answer: str
    said: tuple[str, ...]
    may_change: bool

    @property
    def may_correct(self) -> bool:
        """Whether a page of ours asked for it: others are put right where they came from."""
        instrument = instruments().get(self.measure.instrument)
        return self.may_change and instrument is not None and instrument.is_asked_here


@dataclass(frozen=True)
class Series:
    """Everything answered to one questionnaire in one programme, the newest first."""

    title: str
    about: str
    lines: tuple[Line, ...]


def work_to_add_to(parent: Parent) -> list[Episode]:
    """The open episodes whose outcomes and next steps the acting user writes."""
    written = written_in(parent.pk)
    return open_work(parent, written[Part.OUTCOMES] & written[Part.CORE])


def may_change(measure: Measure) -> bool:
    """Whether the acting user writes outcomes of this parent in this programme."""
    episode = measure.episode
    return episode.programme_id in written_in(episode.parent_id)[Part.OUTCOMES]


def labels() -> Mapping[str, str]:
    """What the service calls each questionnaire, by code (one query)."""
    return dict(CodeValue.objects.in_list(CODES).values_list("code", "label"))


def offered(labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """The questionnaires that can be recorded by hand, as code and label."""
    return [
        (code, labels[code])
        for code, one in instruments().items()
        if one.is_asked_here and code in labels
    ]


def label_of(instrument: Instrument) -> str:
    """What the service calls this questionnaire."""
    return labels().get(instrument.code, instrument.label)


def series_of(parent: Parent, labels: Mapping[str, str]) -> list[Series]:
    """Every questionnaire the parent answered, as far as the acting user sees outcomes."""
    rows = Measure.objects.filter(episode__parent=parent).select_related("episode__programme")
    own = written_in(parent.pk)[Part.OUTCOMES]
    found: dict[tuple[UUID, str], list[Measure]] = {}
    for row in rows.order_by("completed_on", "stored_at"):
        found.setdefault((row.episode_id, row.instrument), []).append(row)
    is_one_work = len({episode_id for episode_id, _ in found}) == 1
    return [
        Series(
            title=labels.get(code, code) + ("" if is_one_work else f", {one[0].episode.programme}"),
            about=about(instruments().get(code)),
            lines=tuple(reversed([*_lines(one, one[0].episode.programme_id in own)])),
        )
        for (_, code), one in found.items()
    ]


def about(instrument: Instrument | None) -> str:
    """``From 0 to 40; lower is better. At 11 or above many people want help.``"""
    if instrument is None or not instrument.has_total:
        return ""
    said = [f"From {instrument.low} to {instrument.high}; {_better(instrument)} is better."]
    if instrument.is_metric:
        said.append("Totals are turned into metric points, which are shown here.")
    if instrument.threshold is not None:
        place = instrument.threshold_reading.replace("at_or_", "or ")
        where = f"{_plain(instrument.threshold)} {place}"
        if instrument.threshold_reading == "below":
            where = f"below {_plain(instrument.threshold)}"
        said.append(f"With a score of {where}, many people want help.")
    if instrument.reliable_change is not None:
        said.append(f"A change of {_plain(instrument.reliable_change)} or more is beyond chance.")
    if instrument.is_to_be_confirmed:
        said.append("Some of these values are still to be confirmed.")
    return " ".join(said)


def score_of(measure: Measure) -> Decimal | None:
    """The score: what was stored, or its answers added up; None where neither makes one."""
    if measure.total is not None:
        return measure.total
    instrument = instruments().get(measure.instrument)
    return instrument.total_of(measure.items.split(";")) if instrument else None


def _lines(rows: list[Measure], may_write: bool) -> Iterator[Line]:
    """In the order of their days: each is compared with the first that has a score."""
    instrument = instruments().get(rows[0].instrument)
    first: Decimal | None = None
    for row in rows:
        score = score_of(row)
        said = _said(instrument, score, first) if instrument and score is not None else ()
        yield Line(row, _answer(row, score), tuple(said), may_write)
        first = score if first is None else first


def _answer(row: Measure, score: Decimal | None) -> str:
    if score is not None:
        return _plain(score)
    answers = [one.strip() or "not answered" for one in row.items.split(";")]
    return ", ".join(answers) if row.items else "No score recorded"


def _said(instrument: Instrument, score: Decimal, first: Decimal | None) -> Iterator[str]:
    if instrument.is_flagged(score):
        yield "in the range where many people want help"
    if first is not None:
        yield _moved(score - first, instrument.change(first, score))


def _moved(by: Decimal, change: Change) -> str:
    if not by:
        return "the same as the first"
    words = f"{_plain(change.amount)} {'lower' if by < 0 else 'higher'} than the first"
    better = "better" if change.is_better else "worse"
    if change.is_reliable is None:
        return f"{words}: {better}"
    return f"{words}: {better}, beyond chance" if change.is_reliable else f"{words}: may be chance"


def _better(instrument: Instrument) -> str:
    return "lower" if instrument.lower_is_better else "higher"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
