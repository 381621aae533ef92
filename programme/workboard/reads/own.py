"""All that seniors and managers see of somebody's work, read by the functions of their pages."""

from dataclasses import dataclass
from uuid import UUID

from programme.access.models import User
from programme.drafts.reads import Begun, begun_by
from programme.pathways.models import Worker
from programme.people.reads import names_of
from programme.supervision.reads import Waiting, waiting_of
from programme.workboard.reads.counts import CountLine, counts_of
from programme.workboard.reads.team import WorkerLine, lines_of


@dataclass(frozen=True)
class SeenOfMe:
    """One person's work as it stands on other people's pages."""

    # On the page of a senior, and on the page of who arranges cover.
    lines: tuple[WorkerLine, ...]
    drafts: tuple[tuple[str, Begun], ...]
    # In the list of contacts to sign off.
    to_sign_off: tuple[Waiting, ...]
    # On the page of a manager.
    counts: tuple[CountLine, ...]

    @property
    def parent_ids(self) -> list[UUID]:
        """Everybody who is named, each once."""
        held = [one.parent_id for line in self.lines for one in line.parents]
        return list(dict.fromkeys(held + [one.contact.parent_id for one in self.to_sign_off]))


def seen_of(user: User) -> SeenOfMe:
    """What is seen of somebody's work in every programme she works in."""
    own = list(Worker.objects.filter(user=user).select_related("programme").order_by("pk"))
    lines = lines_of(own)
    held = {one.parent_id for line in lines for one in line.parents}
    names = names_of(held)
    asking = [one.programme_id for one in own if one.programme.signs_off_since]
    begun = begun_by(user.pk, held)
    return SeenOfMe(
        lines=tuple(lines),
        drafts=tuple((names.get(one.parent_id, "A parent"), one) for one in begun),
        to_sign_off=tuple(waiting_of(user, asking)),
        counts=tuple(counts_of(own)),
    )
