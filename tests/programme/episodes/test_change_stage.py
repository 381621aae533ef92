from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from programme.access.parts import Role
from programme.core.dates import today
from programme.episodes.models import Stage
from programme.pathways.models import StageDefinition
from recurrent.design.words import day_and_year
from tests import builders
from tests.forms import as_sent
from tests.programme.pages import rows, said


def url_of(parent):
    return reverse("episodes:change_stage", args=[parent.pk])


def stages_of(programme):
    found = StageDefinition.objects.filter(pathway_id=programme.pathway_id).order_by("position")
    return list(found.values_list("code", flat=True))


def mark_of(episode, present=None):
    """What the page carries to say which stage it showed."""
    return {f"seen_{episode.pk}": present.mark if present else ""}


@pytest.fixture
def present(episode, programme):
    return builders.enter_stage(episode, stages_of(programme)[0], today() - timedelta(days=30))


def test_change_stage_ends_the_present_one_and_moves_on(hers, parent, programme, present):
    second = stages_of(programme)[1]
    since = today() - timedelta(days=2)

    typed = {"stage": second, "entered_on": str(since), **mark_of(present.episode, present)}
    response = hers.post(url_of(parent), typed)

    assert response.headers["Location"] == reverse("desk:show_parent", args=[parent.pk])
    assert said(response) == [f"Stage saved, record {parent.reference}"]
    assert [(one.stage, one.entered_on, one.left_on) for one in rows(Stage)] == [
        (present.stage, present.entered_on, since),
        (second, since, None),
    ]


def test_change_stage_sent_twice_is_one_change(hers, parent, programme, present):
    typed = {
        "stage": stages_of(programme)[1],
        "entered_on": str(today()),
        **mark_of(present.episode, present),
    }

    replies = [hers.post(url_of(parent), typed).status_code for _ in range(2)]

    assert (replies, len(rows(Stage))) == ([302, 302], 2)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"stage": "made_up"}, {"stage": ["Choose the stage from the list"]}),
        ({"entered_on": ""}, {"entered_on": ["Enter the day the stage began"]}),
        (
            {"entered_on": str(today() - timedelta(days=400))},
            {"entered_on": ["The day is before the present stage began."]},
        ),
    ],
)
def test_change_stage_shows_what_to_put_right(hers, parent, programme, present, typed, errors):
    seen = mark_of(present.episode, present)
    sent = {"stage": stages_of(programme)[1], "entered_on": str(today()), **seen, **typed}

    form = hers.post(url_of(parent), sent).context["form"]

    assert form.errors == errors
    assert form["stage"].value() == sent["stage"]
    assert len(rows(Stage)) == 1


def test_the_present_stage_with_another_day_is_sent_back(hers, parent, present):
    typed = {
        "stage": present.stage,
        "entered_on": str(today()),
        **mark_of(present.episode, present),
    }

    form = hers.post(url_of(parent), typed).context["form"]

    since = day_and_year(present.entered_on)
    assert form.errors == {"stage": [f"This is the present stage, since {since}."]}
    assert [one.entered_on for one in rows(Stage)] == [present.entered_on]


@pytest.mark.parametrize("had_a_stage", [True, False])
def test_the_second_of_two_people_sees_what_the_first_stored_and_keeps_what_was_typed(
    hers, programme, parent, episode, had_a_stage
):
    if had_a_stage:
        builders.enter_stage(episode, stages_of(programme)[0], today() - timedelta(days=30))
    senior = Client()
    sam = builders.make_practitioner(programme, "Sam Senior", role=Role.SENIOR)
    senior.force_login(sam, backend=builders.DEMO_BACKEND)
    one, other = stages_of(programme)[1:3]
    pages = [as_sent(browser.get(url_of(parent)).content.decode()) for browser in (hers, senior)]
    senior.post(url_of(parent), {**pages[1], "stage": one, "entered_on": str(today())})

    both = hers.post(url_of(parent), {**pages[0], "stage": other, "entered_on": str(today())})

    label = StageDefinition.objects.get(pathway_id=programme.pathway_id, code=one).label
    [said_first] = both.context["form"].non_field_errors()
    assert said_first.startswith("The stage has changed since you opened this page. ")
    assert f"{label} since {day_and_year(today())}, saved by Sam Senior." in said_first
    assert [spell.stage for spell in rows(Stage, left_on=None)] == [one]
    again = as_sent(both.content.decode())
    assert again["stage"] == other
    assert hers.post(url_of(parent), again).status_code == 302
    assert [spell.stage for spell in rows(Stage, left_on=None)] == [other]


def test_change_stage_asks_which_work_only_when_there_is_more_than_one(
    hers, parent, programme, practitioner, present
):
    assert "episode" not in hers.get(url_of(parent)).context["form"].fields
    second = builders.make_programme("Eastgate", "reflect")
    builders.grant_role(practitioner, Role.PRACTITIONER, second)
    other = builders.make_episode(parent, second, builders.make_worker(second, practitioner))
    code = stages_of(second)[1]

    form = hers.get(url_of(parent)).context["form"]
    hers.post(
        url_of(parent),
        {
            "episode": str(other.pk),
            f"stage_{other.pk}": code,
            "entered_on": str(today()),
            **mark_of(other),
        },
    )

    assert len(form.fields["episode"].choices) == 2
    assert [(one.episode_id, one.stage) for one in rows(Stage)[1:]] == [(other.pk, code)]


def test_change_stage_without_an_open_episode_says_so(sign_in, practitioner, parent, programme):
    builders.make_episode(parent, programme, closed_on=today())

    page = sign_in(practitioner).get(url_of(parent))

    assert page.context["form"] is None
    assert "there is none that you work in" in page.content.decode()


def test_change_stage_hides_refuses_and_asks_to_sign_in(
    client, sign_in, coordinator, parent, present
):
    asked = client.get(url_of(parent))
    assert asked.headers["Location"].startswith("/accounts/login/?next=")
    stranger = builders.make_practitioner(builders.make_programme("Southside"))
    assert sign_in(stranger).get(url_of(parent)).status_code == 404
    assert sign_in(coordinator).get(url_of(parent)).status_code == 403


def test_change_stage_keeps_what_a_stranger_typed(client, parent, present):
    assert "my day" in client.post(url_of(parent), {"entered_on": "my day"}).content.decode()
