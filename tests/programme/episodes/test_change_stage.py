from datetime import timedelta

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.core.dates import today
from programme.episodes.models import Stage
from programme.pathways.models import StageDefinition
from tests import builders
from tests.programme.pages import rows, said


def url_of(parent):
    return reverse("episodes:change_stage", args=[parent.pk])


def stages_of(programme):
    found = StageDefinition.objects.filter(pathway_id=programme.pathway_id).order_by("position")
    return list(found.values_list("code", flat=True))


@pytest.fixture
def present(episode, programme):
    return builders.enter_stage(episode, stages_of(programme)[0], today() - timedelta(days=30))


def test_change_stage_ends_the_present_one_and_moves_on(hers, parent, programme, present):
    second = stages_of(programme)[1]
    since = today() - timedelta(days=2)

    response = hers.post(url_of(parent), {"stage": second, "entered_on": str(since)})

    assert response.headers["Location"] == reverse("desk:show_parent", args=[parent.pk])
    assert said(response) == [f"Stage saved, record {parent.reference}"]
    assert [(one.stage, one.entered_on, one.left_on) for one in rows(Stage)] == [
        (present.stage, present.entered_on, since),
        (second, since, None),
    ]


def test_change_stage_sent_twice_is_one_change(hers, parent, programme, present):
    typed = {"stage": stages_of(programme)[1], "entered_on": str(today())}

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
    sent = {"stage": stages_of(programme)[1], "entered_on": str(today()), **typed}

    form = hers.post(url_of(parent), sent).context["form"]

    assert form.errors == errors
    assert form["stage"].value() == sent["stage"]
    assert len(rows(Stage)) == 1


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
        {"episode": str(other.pk), f"stage_{other.pk}": code, "entered_on": str(today())},
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
