"""The lines of the safe address, for a paper that was chosen to carry it."""

from programme.people.models import Home, Parent


def address_lines(parent: Parent) -> list[str]:
    """Where a parent lives, line by line; empty without the part or an address (one query)."""
    home = Home.objects.filter(parent=parent).first()
    if home is None or home.no_fixed_address:
        return []
    return home.as_written.splitlines()
