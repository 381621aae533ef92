"""Who has seen a record, in plain words, without what must not be said."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.access.sights import sights_of
from programme.people.models import Protection
from tests import builders as make
from tests.programme.audit.log import sight
from tests.programme.desk.scene import browser_of
from tests.programme.pages import as_seen, rows

pytestmark = pytest.mark.django_db


def lines(browser, parent):
    """Every line of the page, with its day."""
    page = browser.get(reverse("history:show_seen", args=[parent.pk]))
    days = page.context["account"].days
    return [f"{line.who}: {', '.join(line.did)}" for day in days for line in day.lines]


def seen_by(user, parent, outcome="opened", **values):
    return sight(user_id=user.pk, parent_id=parent.pk, outcome=outcome, **values)


def holder(role, programme=None):
    user = make.make_user("Quentin Canary")
    make.grant_role(user, role, programme)
    return user


def test_her_own_worker_is_told_by_first_name(hers, parent, practitioner):
    seen_by(practitioner, parent)

    assert lines(hers, parent) == ["Your worker, Grace: opened the record"]


@pytest.mark.parametrize(
    ("role", "called"),
    [
        (Role.PRACTITIONER, "A practitioner at Northtown"),
        (Role.SENIOR, "A senior practitioner at Northtown"),
        (Role.MANAGER, "A manager at Northtown"),
        (Role.CLINICIAN, "A health worker at Northtown"),
        (Role.THERAPIST, "A health worker at Northtown"),
    ],
)
def test_others_are_told_by_role_and_team(hers, parent, programme, role, called):
    seen_by(holder(role, programme), parent)

    assert lines(hers, parent) == [f"{called}: opened the record"]


@pytest.mark.parametrize(
    ("outcome", "did"),
    [
        ("opened", ["opened the record"]),
        ("changed", ["wrote in the record"]),
        ("taken_out", ["made a copy, printed or saved"]),
        ("broken_glass", ["opened the record in an emergency"]),
        ("refused", []),
    ],
)
def test_each_kind_of_sight_is_said_and_a_refusal_never(hers, parent, practitioner, outcome, did):
    seen_by(practitioner, parent, outcome)

    assert lines(hers, parent) == [f"Your worker, Grace: {words}" for words in did]


def test_a_day_s_looks_of_one_person_are_one_line(hers, parent, practitioner):
    for outcome in ("opened", "opened", "changed", "taken_out"):
        seen_by(practitioner, parent, outcome)

    assert lines(hers, parent) == [
        "Your worker, Grace: wrote in the record, made a copy, printed or saved"
    ]


def test_a_list_or_search_that_showed_her_is_told_and_no_other(
    hers, parent, practitioner, programme
):
    other = make.make_parent()
    make.make_episode(other, programme)
    both = {"user_id": practitioner.pk, "parent_id": None, "outcome": "listed"}
    sight(**both, listed=f"{other.pk.hex} {parent.pk.hex}")
    sight(**both, listed=other.pk.hex)

    with acting_as(practitioner):
        assert (len(sights_of(parent.pk)), len(sights_of(other.pk))) == (1, 2)
    assert lines(hers, parent) == ["Your worker, Grace: saw the name in a list or a search"]


def test_finding_her_is_one_line_that_keeps_whom_it_showed(hers, parent, practitioner):
    hers.post(reverse("desk:find_parent"), {"words": "Ann Lee"}, follow=True)

    with acting_as(practitioner):
        assert [one.outcome for one in sights_of(parent.pk)] == ["listed"]


def test_another_service_s_people_are_not_told_of(hers, parent, practitioner):
    """Whether another service knows her is not for this one to learn."""
    elsewhere = make.make_programme("Southside")
    make.make_episode(parent, elsewhere)
    seen_by(holder(Role.PRACTITIONER, elsewhere), parent)

    page = hers.get(reverse("history:show_seen", args=[parent.pk]))

    assert page.context["account"].days == ()
    assert "Southside" not in page.content.decode()


def test_whoever_the_record_was_released_to_is_told_of(hers, parent, programme):
    asker = holder(Role.PRACTITIONER, make.make_programme("Southside"))
    make.grant_for_a_time(asker, parent, programme, "released")
    seen_by(asker, parent)

    assert lines(hers, parent) == [
        "Someone in another service that this record was shared with: opened the record"
    ]


def test_of_a_restricted_record_no_team_is_told(sign_in, parent, programme, practitioner, episode):
    make.protect(parent, "restricted", practitioner)
    seen_by(holder(Role.SENIOR, programme), parent)

    assert lines(sign_in(practitioner), parent) == ["A senior practitioner: opened the record"]


def test_no_name_but_her_worker_s_and_no_page_is_told(hers, parent, programme, practitioner):
    seen_by(holder(Role.SENIOR, programme), parent, page="contraception:show_conversations")
    denied = holder(Role.PRACTITIONER, programme)
    make.protect(parent, "denied", denied)
    seen_by(denied, parent, "refused")

    text = hers.get(reverse("history:show_seen", args=[parent.pk])).content.decode()

    assert "Canary" not in text
    assert "ontraception" not in text
    assert "refused" not in text


def test_what_is_done_to_protect_the_record_changes_no_byte(hers, parent, episode):
    """A third person is denied, the denial reviewed and lifted, the record found in the list."""
    seen = [look(hers, parent)]
    browser = browser_of(holder(Role.PROTECTION_OFFICER))

    def send(page, *more, **typed):
        address = reverse(f"protection:{page}", args=[parent.pk, *more])
        browser.get(address)
        assert browser.post(address, {"why": "A cousin", **typed}).status_code == 302
        browser.get(reverse("protection:list_protected"))
        seen.append(look(hers, parent))

    send("deny_person", user=str(holder(Role.PRACTITIONER, episode.programme).pk))
    send("keep_protection")
    send("lift_protection", rows(Protection)[0].pk)

    assert len(set(seen)) == 1


def look(browser, parent):
    """The second look: the first is a line of its own."""
    address = reverse("history:show_seen", args=[parent.pk])
    return [as_seen(browser.get(address)) for _ in range(2)][1]


def test_that_it_was_opened_in_an_emergency_is_told(hers, parent, programme):
    seen_by(
        holder(Role.PRACTITIONER, programme),
        parent,
        "broken_glass",
        page="protection:open_in_emergency",
    )

    assert lines(hers, parent) == ["A practitioner at Northtown: opened the record in an emergency"]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DATA_OFFICER, Role.PROTECTION_OFFICER])
def test_the_narrow_way_tells_nothing_to_who_may_not_know_who_she_is(
    parent, episode, programme, practitioner, role
):
    seen_by(practitioner, parent)

    with acting_as(holder(role, programme)):
        assert sights_of(parent.pk) == []


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_page_asks_a_fixed_number_of_queries(hers, parent, programme, number):
    asked = []
    for more in (1, number):
        for _ in range(more):
            seen_by(holder(Role.SENIOR, programme), parent)
        with CaptureQueriesContext(connection) as queries:
            lines(hers, parent)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_thirty_days_stand_on_a_page(hers, parent, practitioner):
    for ago in range(31):
        with time_machine.travel(make.days_ago(ago)):
            seen_by(practitioner, parent)

    def days_of(number):
        address = reverse("history:show_seen", args=[parent.pk])
        return [day.on for day in hers.get(address, {"page": number}).context["page"]]

    pages = [days_of(1), days_of(2)]
    today = timezone.localdate()
    assert [len(days) for days in pages] == [30, 1]
    assert [*pages[0], *pages[1]] == [today - timedelta(days=ago) for ago in range(31)]


def test_days_are_in_plain_words(hers, parent, practitioner):
    seen_by(practitioner, parent)
    today = timezone.localdate()

    page = hers.get(reverse("history:show_seen", args=[parent.pk]))

    [day] = page.context["account"].days
    assert day.title == f"{today:%a} {today.day} {today:%B}"
