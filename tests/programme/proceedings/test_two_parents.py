"""One set, two parents, two workers: what one parent told us never changes the other's pages."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.people.models import Child, ParentChild
from programme.proceedings.models import (
    CourtDate,
    Hearing,
    HearingCompany,
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
    Representation,
    named_key,
)
from tests import builders
from tests.forms import as_sent
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.pages import as_seen, rows, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def father():
    return builders.make_parent("father", given_names="Bo", family_name="Lee")


@pytest.fixture
def shared(parent, father, episode):
    return builders.make_proceedings(parent, father, issued_on=today() - timedelta(days=30))


@pytest.fixture
def hearing(shared):
    return builders.make_hearing(shared)


@pytest.fixture
def fay(father) -> User:
    """A practitioner of another programme, who holds the father."""
    programme = builders.make_programme("Southside")
    user = builders.make_practitioner(programme, "Fay Example")
    builders.make_episode(father, programme, user.workers.get())
    return user


@pytest.fixture
def fathers_worker(fay) -> Client:
    return browser_of(fay)


def seen(browser: Client, father, hearing) -> list[tuple[int, bytes]]:
    of_the_set = {"parent_id": father.pk, "set_id": hearing.proceedings_id}
    urls = [
        "/home/",
        reverse("desk:show_parent", args=[father.pk]),
        reverse("proceedings:show_court", args=[father.pk]),
        reverse("proceedings:add_date", kwargs=of_the_set),
        reverse("proceedings:ask_company", args=[father.pk, hearing.pk]),
    ]
    answers = [browser.get(url) for url in urls]
    return [(one.status_code, as_seen(one)) for one in answers]


def test_what_the_mother_told_changes_no_byte_for_the_fathers_worker(
    parent, father, shared, hearing, fathers_worker
):
    before = seen(fathers_worker, father, hearing)

    told = {"source": "parent", "parent": parent, "known_on": today()}
    day = today() - timedelta(days=40)
    builders.stored(CourtDate, proceedings=shared, kind="letter", happened_on=day, **told)
    own = builders.make_hearing(shared, parent=parent, held_on=today() + timedelta(days=2))
    moved = builders.make_hearing(shared, parent=parent, follows=hearing)
    for one in (own, moved, hearing):
        builders.stored(
            HearingCompany, hearing=one, parent=parent, is_wanted=True, who="Ann", said_on=today()
        )
    builders.stored(
        Representation,
        proceedings=shared,
        parent=parent,
        now="yes",
        solicitor="A firm",
        source="court_document",
    )

    assert [status for status, _ in before] == [200] * 5
    assert seen(fathers_worker, father, hearing) == before
    asked = reverse("proceedings:change_hearing", args=[father.pk, own.pk])
    assert fathers_worker.get(asked).status_code == 404


def test_what_papers_say_reaches_both(parent, father, shared, hearing, fathers_worker):
    """The control: the comparison sees what it should."""
    before = seen(fathers_worker, father, hearing)

    builders.make_hearing(shared, held_on=today() + timedelta(days=3))

    assert seen(fathers_worker, father, hearing) != before


def test_a_set_only_the_mother_told_of_is_nobody_elses(parent, father, episode, fathers_worker):
    hers = builders.make_proceedings(parent)
    told = {"source": "parent", "parent": parent, "known_on": today()}
    builders.stored(CourtDate, proceedings=hers, kind="issued", happened_on=today(), **told)

    page = fathers_worker.get(reverse("proceedings:show_court", args=[father.pk]))

    assert page.context["sets"] == []


def test_the_wall_itself_hides_what_another_parent_told(parent, shared, hearing, fay):
    """Whatever a page forgets to ask: rows and their history."""
    told = {"source": "parent", "parent": parent, "known_on": today()}
    builders.stored(CourtDate, proceedings=shared, kind="issued", happened_on=today(), **told)
    builders.make_hearing(shared, parent=parent)
    builders.stored(
        CourtDate, proceedings=shared, kind="letter", happened_on=today(), source="other"
    )

    with acting_as(fay):
        assert [row.kind for row in CourtDate.objects.all()] == ["letter"]
        assert [row.kind for row in CourtDate.history.all()] == ["letter"]
        assert [row.pk for row in Hearing.objects.all()] == [hearing.pk]


# --- Children of one parent only ---------------------------------------------------------------


def make_order(court, parent, name: str) -> Child:
    """A child of this parent alone, with an order that papers know of."""
    child = builders.stored(Child, given_names=name)
    builders.stored(ParentChild, parent=parent, child=child, relation="birth")
    builders.stored(ProceedingsChild, proceedings=court, child=child, final_order="care_order")
    said = {"source": "court_document", "known_on": today(), "happened_on": today()}
    builders.stored(
        CourtDate, proceedings=court, kind="order", child=child, order="care_order", **said
    )
    return child


def add_issue(browser: Client, parent, court):
    add = reverse("proceedings:add_date", args=[parent.pk, court.pk])
    typed = {"kind": "issued", "source": "court_document", **boxes("happened_on", today())}
    return browser.post(add, as_sent(browser.get(add).content.decode()) | typed)


@pytest.fixture
def fathers_senior(father, fay) -> Client:
    programme = fay.workers.get().programme
    return browser_of(builders.make_practitioner(programme, "Sam Example", role=Role.SENIOR))


def test_an_order_is_the_childs_not_the_sets(parent, father, shared, fay, fathers_worker):
    make_order(shared, parent, "Halfsib")
    own = make_order(shared, father, "Own")

    with acting_as(fay):
        assert [row.child_id for row in CourtDate.objects.all()] == [own.pk]
        assert [row.child_id for row in CourtDate.history.all()] == [own.pk]
    page = text_of(fathers_worker.get(reverse("proceedings:show_court", args=[father.pk])))
    assert ("Order about a child (Own)" in page, "Halfsib" in page) == (True, False)


def test_who_works_with_both_reads_an_order_on_its_own_parents_page(
    parent, father, shared, programme, worker, hers
):
    builders.make_episode(father, programme, worker)
    make_order(shared, parent, "Halfsib")

    pages = [hers.get(reverse("proceedings:show_court", args=[one.pk])) for one in (parent, father)]

    assert ["Order about a child (Halfsib)" in text_of(page) for page in pages] == [True, False]


def test_another_parents_child_is_in_nobodys_way(parent, father, shared, fathers_senior):
    child = make_order(shared, parent, "Halfsib")

    answer = add_issue(fathers_senior, father, shared)

    assert answer.headers["Location"] == reverse("proceedings:show_court", args=[father.pk])
    assert rows(Proceedings)[0].issued_on == today()
    (link,) = rows(ProceedingsChild)
    assert (link.child_id, link.final_order, link.version) == (child.pk, "care_order", 1)


def test_what_stood_is_kept_of_each_child_whoever_adds_first(
    parent, father, shared, fathers_senior
):
    """The mother's side has added an order; what is known of the father's child is kept still."""
    make_order(shared, parent, "Halfsib")
    own = builders.stored(Child, given_names="Own")
    builders.stored(ParentChild, parent=father, child=own, relation="birth")
    builders.stored(ProceedingsChild, proceedings=shared, child=own, final_order="placement_order")

    add_issue(fathers_senior, father, shared)

    kept = rows(CourtDate, source_words="as first recorded")
    assert [(row.kind, row.child_id, row.order) for row in kept] == [
        ("issued", None, ""),
        ("order", own.pk, "placement_order"),
    ]


# --- Named by mistake --------------------------------------------------------------------------


@pytest.fixture
def their_child(parent, father) -> Child:
    child = builders.stored(Child, given_names="Robin")
    for one in (parent, father):
        builders.stored(ParentChild, parent=one, child=child, relation="birth")
    return child


@pytest.fixture
def of_both(senior, fay) -> Client:
    """A senior of both parents' programmes."""
    builders.grant_role(senior, Role.SENIOR, fay.workers.get().programme)
    return browser_of(senior)


def name_and_take_off(
    browser: Client, parent, court, off_page_of, named: dict, because="The name is another's"
):
    """One wrong tap on the page of ``parent``, put right on that of ``off_page_of``."""
    browser.post(reverse("proceedings:name_people", args=[parent.pk, court.pk]), named)
    (key,) = (str(named_key(court.pk, UUID(one))) for one in named.values())
    page = reverse("proceedings:take_off_people", args=[off_page_of.pk, court.pk])
    return browser.post(page, {"people": key, "because": because})


@pytest.mark.parametrize("page_of", ["parent", "father"])
def test_who_was_named_by_mistake_comes_off_with_a_reason(
    request, page_of, parent, father, their_child, episode, of_both, fathers_worker
):
    court = builders.make_proceedings(parent, issued_on=today())
    hearing = builders.make_hearing(court)
    before = seen(fathers_worker, father, hearing)

    answer = name_and_take_off(
        of_both, parent, court, request.getfixturevalue(page_of), {"parents": str(father.pk)}
    )

    assert answer.status_code == 302
    assert [link.parent_id for link in rows(ProceedingsParent)] == [parent.pk]
    assert seen(fathers_worker, father, hearing) == before
    with builders.as_seeder():
        lines = list(ProceedingsParent.history.filter(parent=father).order_by("history_date"))
    assert [(one.history_type, one.history_change_reason) for one in lines] == [
        ("+", None),
        ("-", "The name is another's"),
    ]


def test_a_child_named_by_mistake_comes_off_too(parent, their_child, shared, senior):
    answer = name_and_take_off(
        browser_of(senior), parent, shared, parent, {"children": str(their_child.pk)}
    )

    assert (answer.status_code, rows(ProceedingsChild)) == (302, [])


def test_a_child_with_an_order_stays_until_it_is_taken_back(parent, their_child, shared, senior):
    key = named_key(shared.pk, their_child.pk)
    builders.stored(
        ProceedingsChild, id=key, proceedings=shared, child=their_child, final_order="care_order"
    )
    page = reverse("proceedings:take_off_people", args=[parent.pk, shared.pk])

    answer = browser_of(senior).post(page, {"people": str(key), "because": "In my words"})

    assert "Take the order back first" in text_of(answer)
    assert 'value="In my words"' in text_of(answer)
    assert [link.child_id for link in rows(ProceedingsChild)] == [their_child.pk]


def test_whom_a_set_came_with_is_not_taken_off(parent, father, shared, of_both):
    page = reverse("proceedings:take_off_people", args=[parent.pk, shared.pk])

    of_both.post(page, {"people": [str(one.pk) for one in rows(ProceedingsParent)], "because": "x"})

    assert len(rows(ProceedingsParent)) == 2
