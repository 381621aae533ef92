"""The wall of a row that speaks of an event: never wider than that of the event itself."""

from django.db.models import Q

from programme.access.parts import Part
from programme.access.walls import Either, OfParent, OfProgramme, Wall, Where, seen_with

# What belongs to a programme, and what belongs to the person whichever programme knows her.
# A court paper is its programme's; a court date is the person's.
OF_PROGRAMME = (
    Part.REFERENCE,
    Part.CORE,
    Part.NOTES,
    Part.ARRANGEMENTS,
    Part.OUTCOMES,
    Part.COURT,
)
OF_PERSON = (Part.CORE, Part.COURT, Part.SAFE_ADDRESS)
# The reference of a record is changed by whoever may change her core.
WRITES = {Part.REFERENCE: Part.CORE}


def _of_programme(part: Part) -> Wall:
    return Where(
        part,
        q=Q(part=part, programme__isnull=False),
        sql=f"part = '{part}' AND programme_id IS NOT NULL",
        wall=OfProgramme(part, WRITES.get(part)),
    )


def _of_person(part: Part) -> Wall:
    return Where(
        part,
        q=Q(part=part, programme=None),
        sql=f"part = '{part}' AND programme_id IS NULL",
        wall=OfParent(part),
    )


# Who may know of a pregnancy depends on how it ended, so its own row is asked.
_OF_PREGNANCY = Where(
    Part.CORE,
    q=Q(pregnancy__isnull=False),
    sql="pregnancy_id IS NOT NULL",
    wall=seen_with("Pregnancy", "pregnancy_id", Part.CORE),
)
AS_THE_EVENT = Either(
    Part.CORE, walls=(*map(_of_programme, OF_PROGRAMME), *map(_of_person, OF_PERSON), _OF_PREGNANCY)
)
