"""Who may write court dates from papers, and who only what a parent told."""

from uuid import UUID

from programme.access.actors import WRITE_EVERYTHING
from programme.access.holdings import holdings_of, written_in
from programme.access.models import User
from programme.access.parts import Part
from programme.access.policy import COURT_WRITERS
from programme.audit.actor import current_actor


def writes_from_papers(user: User, parent_id: UUID) -> bool:
    """Whether ``user`` may write what papers say, not only what the parent told us.

    Asks the roles in force in the programmes in whose name she may write court of this parent
    (three queries at most).
    """
    if current_actor().user_id in WRITE_EVERYTHING:
        return True
    programmes = written_in(parent_id)[Part.COURT]
    held = holdings_of(user)
    return any(held.holds(programme, *COURT_WRITERS) for programme in programmes)
