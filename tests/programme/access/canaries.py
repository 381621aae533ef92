"""A word of its own for each part of a record, so that a page shows where it came from."""

from programme.access import actors
from programme.access.models import User
from programme.access.parts import Part
from programme.access.scope import acting_as
from programme.contacts.models import NextStep
from programme.contraception.models import ContraceptionChoice
from programme.core.dates import today
from programme.episodes.models import Episode
from programme.letters.models import Letter
from programme.measures.models import Feedback
from programme.papers.actions import answer_lines, begin_chronology, finish_check
from programme.papers.models import Chronology
from programme.papers.reads.chronology import significant_lines, whole
from programme.people.models import Home, Identity, Parent
from programme.proceedings.models import (
    CourtDate,
    HearingCompany,
    Proceedings,
    ProceedingsParent,
    Representation,
)
from programme.support.models import Goal, Therapy
from tests import builders as make

# The parts that hold words; the others are dates, codes and rights.
PARTS = (
    Part.CORE,
    Part.NOTES,
    Part.OUTCOMES,
    Part.SAFE_ADDRESS,
    Part.COURT,
    Part.HEALTH,
    Part.THERAPY,
)


def canary(part: Part, name: str) -> str:
    """The word that stands in every text of one part of one record."""
    return f"canary-{part.value.replace('_', '-')}-{name}"


def sing(parent: Parent, name: str) -> None:
    """Puts a word into each part of a record that has an episode; ``name`` tells records apart."""
    with acting_as(actors.SEEDER):
        episode = Episode.objects.get(parent=parent, closed_on=None)
    words = {part: canary(part, name) for part in PARTS}
    _change(Identity, parent, other_names=words[Part.CORE])
    home = dict.fromkeys(("address", "postcode", "why_changed"), words[Part.SAFE_ADDRESS])
    _change(Home, parent, **home)
    make.make_safe_contact(parent, agreed_phrase=words[Part.CORE], known_risk=words[Part.CORE])
    make.stored(NextStep, episode=episode, wording=words[Part.CORE])
    make.make_contact(parent, episode, note=words[Part.NOTES])
    _goal_and_help(episode, words)
    _court(parent, words[Part.COURT])
    _papers(parent, episode, words[Part.NOTES])
    make.stored(
        ContraceptionChoice,
        parent=parent,
        happened_on=today(),
        event="conversation",
        answer="method",
        method=words[Part.HEALTH],
        end_reason=words[Part.HEALTH],
    )


def _change(model: type[Home] | type[Identity], parent: Parent, **values: str) -> None:
    with acting_as(actors.SEEDER):
        row = model.objects.get(parent=parent)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def _goal_and_help(episode: Episode, words: dict[Part, str]) -> None:
    make.stored(
        Goal, episode=episode, wording=words[Part.NOTES], set_by="parent", agreed_on=today()
    )
    make.stored(Therapy, episode=episode, offered_on=today(), kind=words[Part.THERAPY])
    make.stored(
        Feedback,
        episode=episode,
        respondent="mother",
        about="stage_end",
        asked_on=today(),
        question="free_text",
        text=words[Part.OUTCOMES],
    )


def _court(parent: Parent, word: str) -> None:
    proceedings = make.stored(
        Proceedings, issued_on=today(), court_reference=word, source=word, known_on=today()
    )
    make.stored(ProceedingsParent, proceedings=proceedings, parent=parent)
    told = {"source": "parent", "source_words": word, "parent": parent}
    make.stored(CourtDate, proceedings=proceedings, kind="letter", happened_on=today(), **told)
    hearing = make.make_hearing(proceedings, court=word, what_for=word)
    make.stored(
        HearingCompany, hearing=hearing, parent=parent, is_wanted=True, who=word, said_on=today()
    )
    make.stored(
        Representation,
        proceedings=proceedings,
        parent=parent,
        now="yes",
        solicitor=word,
        source="court_document",
    )


def _papers(parent: Parent, episode: Episode, word: str) -> None:
    """A letter, an event from elsewhere, and a chronology of all significant events, checked."""
    make.make_entry(parent, episode.programme, what=word, source=word)
    with acting_as(actors.SEEDER):
        for contact in episode.contacts.all():
            make.make_mark(parent, "contact", contact.pk, why=word)
        by = User.objects.get(pk=actors.SEEDER)
        for letter in Letter.objects.filter(parent=parent):
            letter.words = word
            letter.save()
        for old in Chronology.objects.filter(parent=parent):
            _fill(old, by)


def _fill(old: Chronology, by: User) -> None:
    """The same chronology with every significant event, kept and read."""
    parent, parts = old.parent, dict.fromkeys(Part, True)
    key, programme = old.pk, old.programme
    old.delete()
    made = begin_chronology(
        key=key,
        parent=parent,
        programme=programme,
        marks=[line.mark for line in significant_lines(parent, parts)],
        first_day=None,
        last_day=today(),
        for_whom="court",
        recipient="Family Court",
        names_workers=True,
        by=by,
    )
    found = whole(made, parts)
    answer_lines(found=found, replies={one.row.pk: ("keep", ()) for one in found.lines}, by=by)
    found = whole(made, parts)
    finish_check(found=found, seen_digest=found.digest, by=by)
