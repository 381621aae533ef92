"""What changed, from what to what, by whom, when and why; behind the same walls as the present."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.access import actors
from programme.access.parts import Part, Role
from programme.access.scope import acting_as
from programme.access.wall import case_models
from programme.access.writing import is_free_to_change, save_changes
from programme.contacts.models import NextStep
from programme.core.choices import RelationToChild
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Stage
from programme.history.reads.kinds import SHOWN_PARTS, kinds, path_to_parent
from programme.people.models import Child, Home, Identity, SafeContact
from programme.proceedings.models import ChildCircumstance
from tests import builders as make
from tests.programme.access.canaries import canary, sing
from tests.programme.families.rows import link, make_couple

pytestmark = pytest.mark.django_db


RULE = "How to reach the parent safely"
# What this pathway calls its stage "engagement".
FIRST = "Engagement"


def page_of(browser, parent, view="show_changes", *more, **asked):
    return browser.get(reverse(f"history:{view}", args=[parent.pk, *more]), asked)


def change(row, user, reason=None, **values):
    """The row as somebody else would change it through an action."""
    with acting_as(user):
        stored = type(row).objects.get(pk=row.pk)
        for name, value in values.items():
            setattr(stored, name, value)
        return save_changes(stored, seen_version=stored.version, reason=reason)


def later(row, minutes):
    """So many minutes after a row was stored."""
    return row.stored_at + timedelta(minutes=minutes)


# --- A change in words ----------------------------------------------------------------------


def test_a_change_says_from_what_to_what_by_whom_when_and_why(hers, parent, episode, practitioner):
    contact = make.make_contact(parent, episode, note="Met at the park", mode="phone")
    change(contact, practitioner, "Wrong place", note="Met at the library", mode="home_visit")

    shown = page_of(hers, parent, "show_row", "contact", contact.pk).context["changes"]

    new, first = shown
    assert (new.title, new.by, new.reason) == ("Contact: changed", "Grace Example", "Wrong place")
    assert [(one.label, one.before, one.after) for one in new.differences] == [
        ("How", "Phone call", "Home visit"),
        ("Note", "Met at the park", "Met at the library"),
    ]
    assert (first.title, first.by) == ("Contact: added", "the demonstration")
    assert ("Note", "", "Met at the park") in [
        (one.label, one.before, one.after) for one in first.differences
    ]


def test_the_first_words_stay_readable_and_the_timeline_says_that_they_were_amended(
    hers, parent, episode, practitioner
):
    contact = make.make_contact(parent, episode, note="She was late")
    change(contact, practitioner, "It was the bus", note="The bus was late")

    record = hers.get(reverse("desk:show_parent", args=[parent.pk]))

    entry = next(one for one in record.context["timeline"].entries if one.amended)
    assert entry.amended.startswith("Amended on ")
    assert entry.amended.endswith(" by Grace Example, because: It was the bus")
    assert "She was late" in hers.get(entry.versions_url).content.decode()


def test_everything_that_changed_stands_newest_first_on_pages_of_fifty(hers, parent, episode):
    for number in range(60):
        make.make_contact(parent, episode, note=f"Contact {number}")

    first = page_of(hers, parent)
    second = page_of(hers, parent, page=2)

    shown = [*first.context["changes"], *second.context["changes"]]
    assert len(first.context["changes"]) == 50
    assert [one.at for one in shown] == sorted((one.at for one in shown), reverse=True)
    notes = {d.after for one in shown for d in one.differences if d.label == "Note"}
    assert notes == {f"Contact {number}" for number in range(60)}


def test_what_was_taken_out_is_still_told(hers, parent, episode, practitioner):
    step = make.stored(NextStep, episode=episode, wording="Ring housing")
    with acting_as(practitioner):
        NextStep.objects.get(pk=step.pk).delete()

    shown = page_of(hers, parent, "show_row", "nextstep", step.pk).context["changes"]

    assert [one.title for one in shown] == ["Next step: taken out", "Next step: added"]


def test_a_save_that_changed_nothing_is_no_change(hers, parent, practitioner):
    rule = make.make_safe_contact(parent)
    change(rule, practitioner)

    shown = page_of(hers, parent, "show_row", "safecontact", rule.pk).context["changes"]

    assert [one.title for one in shown] == ["How to reach the parent safely: added"]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_history_asks_a_fixed_number_of_queries(hers, parent, episode, practitioner, number):
    asked = []
    for more in (1, number):
        for _ in range(more):
            make.make_contact(parent, episode)
        with CaptureQueriesContext(connection) as queries:
            page_of(hers, parent)
        asked.append(len(queries))

    assert asked[0] == asked[1]


# --- Walls ----------------------------------------------------------------------------------


def test_every_table_of_a_shown_part_leads_to_its_parent():
    shown = {model for model in case_models() if model.wall.part in SHOWN_PARTS}

    assert {kind.model for kind in kinds()} == shown
    assert {model: bool(path_to_parent(model)) for model in shown} == {
        model: model.__name__ != "Parent" for model in shown
    }


def test_no_kind_tells_of_protection_contraception_therapy_or_custody():
    told = {kind.code for kind in kinds()}

    assert not told & {
        "protection",
        "timedgrant",
        "recordrequest",
        "contraceptionchoice",
        "informationoffered",
        "therapy",
    }


MAY_READ = {
    Role.PRACTITIONER: {Part.CORE, Part.NOTES, Part.COURT},
    Role.SENIOR: {Part.CORE, Part.NOTES, Part.OUTCOMES, Part.COURT},
    Role.COORDINATOR: {Part.CORE},
    Role.MANAGER: {Part.OUTCOMES},
}
PARTS = (Part.CORE, Part.NOTES, Part.OUTCOMES, Part.SAFE_ADDRESS, Part.COURT, Part.HEALTH)


@pytest.mark.parametrize("role", MAY_READ)
@pytest.mark.parametrize("page", ["show_changes", "show_day"])
def test_history_shows_each_the_parts_she_has_and_no_other(sign_in, parent, episode, role, page):
    make.stored(Home, parent=parent, postcode="x")
    sing(parent, "then")
    today = timezone.localdate()
    asked = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    reader = make.make_practitioner(episode.programme, role=role)

    text = page_of(sign_in(reader), parent, page, **asked).content.decode()

    assert {part for part in PARTS if canary(part, "then") in text} == MAY_READ[role]


def test_the_history_of_an_address_says_only_that_it_changed(hers, parent, practitioner):
    home = make.stored(Home, parent=parent, postcode="AB1 2CD")
    change(home, practitioner, postcode="ZZ9 9ZZ")

    row = page_of(hers, parent, "show_row", "home", home.pk)
    everywhere = [
        row,
        page_of(hers, parent),
        hers.get(reverse("desk:show_parent", args=[parent.pk])),
    ]

    assert [one.title for one in row.context["changes"]] == ["Address: changed", "Address: added"]
    assert [one.differences for one in row.context["changes"]] == [(), ()]
    for page in everywhere:
        assert "AB1 2CD" not in page.content.decode()
        assert "ZZ9 9ZZ" not in page.content.decode()


def test_a_colleague_without_the_address_is_not_told_that_it_changed(sign_in, parent, episode):
    home = make.stored(Home, parent=parent, postcode="AB1 2CD")
    colleague = sign_in(make.make_practitioner(episode.programme))

    assert page_of(colleague, parent, "show_row", "home", home.pk).status_code == 404
    assert "Address" not in page_of(colleague, parent).content.decode()


def test_a_pregnancy_ended_by_choice_leaves_nothing_in_her_history(sign_in, parent, episode):
    """Not even that there was one: the row is the care pair's, and so is all it ever was."""
    pregnancy = make.make_pregnancy(parent, timezone.localdate() + timedelta(days=150))
    change(pregnancy, actors.SEEDER, outcome="termination", ended_on=timezone.localdate())
    colleague = sign_in(make.make_practitioner(episode.programme))
    today = timezone.localdate()
    asked = {"on_day": today.day, "on_month": today.month, "on_year": today.year}

    assert page_of(colleague, parent, "show_row", "pregnancy", pregnancy.pk).status_code == 404
    for page in ("show_changes", "show_day"):
        shown = page_of(colleague, parent, page, **asked)
        assert shown.status_code == 200
        assert "regnan" not in shown.content.decode()


def test_a_manager_reads_no_reason_of_a_referral_and_no_closing_note(sign_in, parent, programme):
    referral = make.make_referral(parent, programme, reason="canary-why")
    make.make_episode(parent, programme, referral=referral, closure_note="canary-note")
    texts = [
        page_of(sign_in(make.make_practitioner(programme, role=role)), parent).content.decode()
        for role in (Role.MANAGER, Role.PRACTITIONER)
    ]

    said = [("canary-why" in text, "canary-note" in text) for text in texts]
    assert said == [(False, False), (True, True)]


def test_who_reads_no_notes_reads_no_reason_of_a_change_that_is_of_no_programme(
    sign_in, parent, episode, programme, practitioner
):
    row = link(parent, make.stored(Child, given_names="Robin"), "adoptive")
    change(row, practitioner, "canary-why", relation="step")
    texts = [
        page_of(sign_in(make.make_practitioner(programme, role=role)), parent).content.decode()
        for role in (Role.COORDINATOR, Role.SENIOR)
    ]

    step = RelationToChild.STEP.label
    assert [(step in text, "canary-why" in text) for text in texts] == [
        (True, False),
        (True, True),
    ]


def test_a_parent_and_baby_home_is_told_by_that_parent_s_history_only(client):
    couple = make_couple()
    lived = {"living_with": "parent_and_baby_placement", "placement_code": "canary"[:4]}
    lived |= {"written_for": couple.mira.parent, "from_date": date(2020, 1, 1)}
    make.stored(ChildCircumstance, child=couple.robin, **lived)
    told = []
    for side in (couple.mira, couple.owen):
        client.force_login(side.user, backend=make.DEMO_BACKEND)
        pages = page_of(client, side.parent).content.decode(), stood(client, side.parent, today())
        told += [("parent-and-baby" in page, "cana" in page) for page in map(str, pages)]

    assert told == [(True, True), (True, True), (False, False), (False, False)]


def test_the_row_of_another_parent_is_not_found(hers, parent, episode):
    other = make.make_parent()
    with acting_as(actors.SEEDER):
        key = Identity.objects.get(parent=other).pk

    assert page_of(hers, parent, "show_row", "identity", key).status_code == 404
    assert page_of(hers, parent, "show_row", "nothing", key).status_code == 404


# --- Reasons --------------------------------------------------------------------------------


def test_one_s_own_words_are_free_for_a_quarter_of_an_hour(
    parent, episode, practitioner, time_machine
):
    with acting_as(practitioner):
        step = NextStep.objects.create(episode=episode, wording="Ring housing")

        time_machine.move_to(later(step, 14.9), tick=False)
        assert is_free_to_change(step, practitioner.pk)
        time_machine.move_to(later(step, 15.1), tick=False)
        assert not is_free_to_change(step, practitioner.pk)


def test_another_s_words_are_never_free(parent, episode, practitioner):
    step = make.stored(NextStep, episode=episode, wording="Ring housing")

    with acting_as(practitioner):
        assert not is_free_to_change(step, practitioner.pk)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_an_amendment_without_a_fit_reason_is_refused(parent, episode, practitioner, reason):
    step = make.stored(NextStep, episode=episode, wording="Ring housing")

    with pytest.raises(RuleBroken) as refused:
        change(step, practitioner, reason, wording="Ring the council")

    assert refused.value.field == "reason"
    with acting_as(practitioner):
        assert NextStep.objects.get(pk=step.pk).wording == "Ring housing"


def test_what_follows_from_another_act_needs_no_reason(parent, episode, practitioner):
    rule = make.make_safe_contact(parent)

    change(rule, practitioner, times="evenings")

    with acting_as(practitioner):
        assert SafeContact.objects.get(pk=rule.pk).times == "evenings"


# --- A past day -----------------------------------------------------------------------------


def stood(browser, parent, day):
    asked = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    page = page_of(browser, parent, "show_day", **asked)
    return {
        section.label: [{row.key: row.value for row in rows} for rows in section.rows]
        for section in page.context["sections"]
    }


def test_the_record_stands_as_it_was_written_by_the_end_of_a_day(
    sign_in, parent, programme, worker, practitioner, time_machine
):
    begin = timezone.now().replace(hour=12)
    time_machine.move_to(begin, tick=False)
    episode = make.make_episode(parent, programme, worker)
    stage = make.enter_stage(episode, "engagement", episode.opened_on)
    rule = make.make_safe_contact(parent, times="mornings")
    time_machine.move_to(begin + timedelta(days=3), tick=False)
    change(rule, practitioner, "They changed shifts", times="evenings")
    with acting_as(actors.SEEDER):
        row = Stage.objects.get(pk=stage.pk)
        row.left_on = timezone.localdate()
        row.save()
    make.enter_stage(episode, "decision", timezone.localdate())
    hers = sign_in(practitioner)

    before = stood(hers, parent, (begin - timedelta(days=1)).date())
    on_the_day = stood(hers, parent, begin.date())
    now = stood(hers, parent, (begin + timedelta(days=3)).date())

    assert before.get("Stage") is None
    assert [one["When to reach the parent"] for one in on_the_day[RULE]] == ["mornings"]
    assert [(one["Stage"], one.get("Until")) for one in on_the_day["Stage"]] == [(FIRST, None)]
    assert [one["When to reach the parent"] for one in now[RULE]] == ["evenings"]
    assert sorted(one["Stage"] for one in now["Stage"]) == ["Deciding", FIRST]


def test_what_was_taken_out_later_still_stood_then(
    sign_in, practitioner, parent, episode, time_machine
):
    begin = timezone.now()
    step = make.stored(NextStep, episode=episode, wording="Ring housing")
    time_machine.move_to(begin + timedelta(days=2), tick=False)
    with acting_as(actors.SEEDER):
        NextStep.objects.get(pk=step.pk).delete()
    hers = sign_in(practitioner)

    assert "Next step" in stood(hers, parent, timezone.localdate() - timedelta(days=2))
    assert "Next step" not in stood(hers, parent, timezone.localdate())


def test_a_day_to_come_is_refused_kindly(hers, parent):
    page = page_of(hers, parent, "show_day", on_day="1", on_month="1", on_year="2999")

    assert page.context["form"].errors == {"on": ["The day must be today or in the past"]}
    assert page.context["day"] is None


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_past_day_asks_a_fixed_number_of_queries(hers, parent, episode, number):
    asked = []
    for more in (1, number):
        for _ in range(more):
            make.make_contact(parent, episode)
        with CaptureQueriesContext(connection) as queries:
            stood(hers, parent, timezone.localdate())
        asked.append(len(queries))

    assert asked[0] == asked[1]
