"""Three hundred hostile files (H9): none is kept, whatever its name says."""

from functools import cache

import pytest

from programme.documents.gate import Refused, admit, pdf
from tests.programme.documents.hostile import GROUPS
from tests.programme.documents.hostile_papers import ACTS, Hostile

# The bomb and the archives are made once.
made = cache(lambda group: list(GROUPS[group]()))


def kept(hostile: Hostile) -> bool:
    _, name, body = hostile
    try:
        admit(body, name)
    except Refused as refused:
        assert refused.words.endswith(".")
        return False
    return True


def test_there_are_three_hundred_and_no_two_alike() -> None:
    hostile = [one for group in GROUPS for one in made(group)]

    assert len(hostile) >= 300
    assert len({(name, body) for _, name, body in hostile}) == len(hostile)


@pytest.mark.parametrize("group", GROUPS)
def test_none_is_kept(group: str) -> None:
    assert [hostile[0] for hostile in made(group) if kept(hostile)] == []


def test_a_pdf_that_acts_is_refused_for_what_it_does() -> None:
    """Not because it could not be read, which would prove nothing."""
    acting = [(what, body) for what, _, body in made("pdfs") if what.split(": ")[-1] in ACTS]

    for what, body in acting:
        with pytest.raises(Refused) as refused:
            admit(body, "letter.pdf")
        assert (what, refused.value.words in (pdf.ACTS, pdf.HOLDS_FILES)) == (what, True)
    assert len(acting) == 2 * len(ACTS) - 1
