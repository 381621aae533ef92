"""A practitioner, what is hers, and what is hidden from her, each with a word of its own."""

from dataclasses import dataclass
from uuid import uuid4

from django.utils import timezone

from programme.access.models import User
from programme.contacts.models import Contact
from programme.contraception.models import ContraceptionChoice
from programme.episodes.models import Episode
from programme.pathways.models import Programme
from programme.people.models import Child, Parent, ParentChild
from programme.proceedings.models import (
    ChildCircumstance,
    Proceedings,
    ProceedingsParent,
    Separation,
)
from programme.support.models import Goal, Therapy
from tests import builders as make


@dataclass(frozen=True)
class World:
    """``hidden`` is another area's, restricted or not; ``mine`` lacks some parts for her."""

    user: User
    programme: Programme
    elsewhere: Programme
    mine: Parent
    team_mate: Parent
    hidden: Parent
    restricted: Parent
    my_episode: Episode
    hidden_contact: Contact
    secret: str


def make_world() -> World:
    """The rows of every planted mistake; ``secret`` stands in each text she must not read."""
    secret = f"canary{uuid4().hex[:12]}"
    programme, elsewhere = make.make_programme("Here"), make.make_programme("Elsewhere")
    user = make.make_practitioner(programme)
    mine = make.make_parent(family_name="Mine")
    team_mate = make.make_parent(family_name="Team", postcode=secret)
    hidden = make.make_parent(family_name=secret, postcode=secret, nhs_number="9990000018")
    restricted = make.make_parent(family_name=secret)
    my_episode = make.make_episode(mine, programme, user.workers.get())
    make.make_episode(team_mate, programme, make.make_worker(programme))
    make.make_episode(restricted, programme, make.make_worker(programme))
    make.protect(restricted, "restricted", make.make_user(secret))
    hidden_episode = make.make_episode(hidden, elsewhere, make.make_worker(elsewhere))
    hidden_contact = make.make_contact(hidden, hidden_episode, note=secret)
    make.stored(
        Goal, episode=hidden_episode, wording=secret, set_by="parent", agreed_on=timezone.now()
    )
    _parts_of_mine(mine, my_episode, secret)
    for parent in (mine, team_mate, hidden):
        _child_of(parent, secret)
    _adopted_by(mine, hidden, secret)
    return World(
        user=user,
        programme=programme,
        elsewhere=elsewhere,
        mine=mine,
        team_mate=team_mate,
        hidden=hidden,
        restricted=restricted,
        my_episode=my_episode,
        hidden_contact=hidden_contact,
        secret=secret,
    )


def _parts_of_mine(mine: Parent, episode: Episode, secret: str) -> None:
    make.stored(
        ContraceptionChoice,
        parent=mine,
        happened_on=timezone.localdate(),
        event="conversation",
        answer="no_decision",
        end_reason=secret,
    )
    make.stored(Therapy, episode=episode, offered_on=timezone.localdate(), kind=secret)


def _adopted_by(mine: Parent, hidden: Parent, secret: str) -> None:
    """A child of both records, whose row hers does not open: the other family named the child."""
    child = make.stored(Child, given_names=secret)
    make.stored(ParentChild, parent=hidden, child=child, relation="birth")
    make.stored(ParentChild, parent=mine, child=child, relation="adoptive")
    make.stored(Separation, child=child, separated_on=timezone.localdate())


def _child_of(parent: Parent, secret: str) -> None:
    """A child with everything that hangs on a child."""
    child = make.stored(Child, given_names=f"Child of {parent.reference}")
    make.stored(ParentChild, parent=parent, child=child, relation="birth")
    proceedings = make.stored(Proceedings, issued_on=timezone.localdate())
    make.stored(ProceedingsParent, proceedings=proceedings, parent=parent)
    make.stored(Separation, child=child, separated_on=timezone.localdate())
    make.stored(
        ChildCircumstance, child=child, from_date=timezone.localdate(), living_with="mother"
    )
