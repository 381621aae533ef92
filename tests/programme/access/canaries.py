"""A word of its own for each part of a record, so that a page shows where it came from."""

from programme.access import actors
from programme.access.parts import Part
from programme.access.scope import acting_as
from programme.contacts.models import NextStep
from programme.contraception.models import ContraceptionChoice
from programme.core.dates import today
from programme.episodes.models import Episode
from programme.measures.models import Feedback
from programme.people.models import Home, Identity, Parent
from programme.proceedings.models import Proceedings, ProceedingsParent
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
        episode = Episode.objects.get(parent=parent)
    words = {part: canary(part, name) for part in PARTS}
    _change(Identity, parent, other_names=words[Part.CORE])
    _change(Home, parent, postcode=words[Part.SAFE_ADDRESS])
    make.make_safe_contact(parent, agreed_phrase=words[Part.CORE])
    make.stored(NextStep, episode=episode, wording=words[Part.CORE])
    make.make_contact(parent, episode, note=words[Part.NOTES])
    _goal_and_help(episode, words)
    _court(parent, words[Part.COURT])
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
