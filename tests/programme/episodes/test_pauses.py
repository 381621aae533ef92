"""A pause is agreed with a day to look at it again, stands on the record, and is ended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.episodes.models import Pause
from programme.workboard.reads import due_items
from tests import builders
from tests.forms import as_sent
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.pages import rows, said

DAY = timedelta(days=1)


def begin_url(episode):
    return reverse("episodes:begin_pause", args=[episode.parent_id, episode.pk])


def review_url(pause):
    return reverse("episodes:review_pause", args=[pause.episode.parent_id, pause.pk])


def typed_in(browser, url, **typed):
    return as_sent(browser.get(url).content.decode()) | typed


def main_of(page):
    return page.content.decode().split("<main", 1)[1]


@pytest.fixture
def pause(episode):
    return builders.make_pause(episode, from_date=today() - 30 * DAY, reason="In hospital")


def test_a_pause_is_reviewed_after_the_usual_days_unless_said_otherwise(hers, parent, episode):
    typed = typed_in(hers, begin_url(episode), reason="In hospital")

    replies = [hers.post(begin_url(episode), typed) for _ in range(2)]

    assert {one.headers["Location"] for one in replies} == {
        reverse("desk:show_parent", args=[parent.pk])
    }
    assert said(replies[0]) == [f"Pause saved, record {parent.reference}"]
    assert [(one.from_date, one.to_date, one.reason, one.review_on) for one in rows(Pause)] == [
        (today(), None, "In hospital", today() + 28 * DAY)
    ]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"reason": ""}, {"reason": ["Enter why"]}),
        (boxes("review_on", today()), {"review_on"}),
        (dict.fromkeys(boxes("review_on", today()), ""), {"review_on"}),
        (
            boxes("from_date", today() - 900 * DAY),
            {"from_date": ["The day is before the work began."]},
        ),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(hers, episode, typed, errors):
    sent = typed_in(hers, begin_url(episode), **{"reason": "In hospital", **typed})

    form = hers.post(begin_url(episode), sent).context["form"]

    assert (form.errors if isinstance(errors, dict) else set(form.errors)) == errors
    assert form["reason"].value() == sent["reason"]
    assert rows(Pause) == []


def test_there_is_one_pause_at_a_time(hers, episode, pause):
    form = hers.post(begin_url(episode), typed_in(hers, begin_url(episode), reason="Away")).context[
        "form"
    ]

    assert list(form.errors) == ["from_date"]
    assert [one.pk for one in rows(Pause)] == [pause.pk]


def test_a_review_goes_on_with_a_new_day_and_keeps_the_earlier_words(hers, pause):
    later = today() + 14 * DAY
    typed = typed_in(
        hers, review_url(pause), answer="go_on", reason="Still there", **boxes("review_on", later)
    )

    replies = [hers.post(review_url(pause), typed).status_code for _ in range(2)]

    assert replies == [302, 302]
    (stored,) = rows(Pause)
    assert (stored.review_on, stored.reason, stored.to_date, stored.version) == (
        later,
        "Still there",
        None,
        2,
    )
    with builders.as_seeder():
        words = {line.reason for line in stored.history.all()}
    assert words == {"In hospital", "Still there"}


def test_a_pause_ends_and_its_review_is_due_no_more(hers, practitioner, parent, pause):
    hers.post(review_url(pause), typed_in(hers, review_url(pause), answer="end"))

    (stored,) = rows(Pause)
    assert stored.to_date == today()
    page = hers.get(review_url(pause), follow=True)
    assert "The pause lasted from" in main_of(page)


def test_the_second_of_two_reviewers_keeps_what_was_typed(hers, programme, pause):
    senior = browser_of(builders.make_practitioner(programme, role=Role.SENIOR))
    typed = typed_in(hers, review_url(pause), answer="go_on", reason="Hers")
    senior.post(review_url(pause), typed | {"reason": "The senior's"})

    back = hers.post(review_url(pause), typed)

    assert back.context["form"].non_field_errors()[0].startswith("Somebody else changed this")
    assert back.context["form"]["reason"].value() == "Hers"
    assert [one.reason for one in rows(Pause)] == ["The senior's"]


def test_the_page_says_what_goes_on_being_due(hers, episode):
    page = main_of(hers.get(begin_url(episode)))

    assert "A pause puts off only “meet again”" in page
    for words in ("law or a council", "court dates", "child or a parent safe", "a birth"):
        assert words in page


def test_the_record_shows_it_until_it_ends(hers, parent, pause):
    record = reverse("desk:show_parent", args=[parent.pk])

    page = main_of(hers.get(record))

    assert ("Paused since" in page, "In hospital" in page, "2 days late" in page) == (True,) * 3
    assert review_url(pause) in page
    hers.post(review_url(pause), typed_in(hers, review_url(pause), answer="end"))
    with builders.as_seeder():
        stored = Pause.objects.get()
        stored.to_date = today() - DAY
        stored.save()
    assert "Paused since" not in main_of(hers.get(record))


def test_a_late_review_is_due_to_worker_and_senior(hers, programme, practitioner, worker, pause):
    senior = browser_of(builders.make_practitioner(programme, role=Role.SENIOR))

    with acting_as(practitioner):
        found = [one for one in due_items([pause.episode.parent_id]) if one.row == pause.pk]

    assert [(one.what, one.due_on) for one in found] == [("Review the pause", today() - 2 * DAY)]
    assert "Review the pause" in main_of(hers.get(reverse("desk:list_due")))
    assert "Review the pause: 2 days late" in main_of(senior.get(f"/team/{worker.pk}/"))
    assert "Review the pause: 1" in main_of(senior.get("/team/"))


def test_a_pause_of_a_package_without_a_day_is_reviewed_after_the_usual_days(episode):
    pause = builders.make_pause(episode, from_date=today() - 30 * DAY, review_on=None)

    assert pause.review_by == today() - 2 * DAY


def test_strangers_other_roles_and_visitors(sign_in, coordinator, pause):
    stranger = builders.make_practitioner(builders.make_programme("Southside"))
    for url in (begin_url(pause.episode), review_url(pause)):
        assert Client().get(url).headers["Location"].startswith("/accounts/login/?next=")
        assert sign_in(stranger).get(url).status_code == 404
        assert sign_in(coordinator).get(url).status_code == 403


def test_somebody_of_another_programme_with_the_parent_cannot_change_it(hers, parent, pause):
    second = builders.make_programme("Eastgate")
    user = builders.make_practitioner(second)
    builders.make_episode(parent, second, user.workers.get())

    assert browser_of(user).get(review_url(pause)).status_code in (403, 404)
    assert [one.to_date for one in rows(Pause)] == [None]
