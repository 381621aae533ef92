from copy import copy
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.access.writing import ChangedMeanwhile
from programme.audit.models import Event
from programme.consents.models import Consent
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode, Stage
from programme.pathways.models import Worker
from programme.people.models import SafeContact
from programme.pregnancies.models import DueDate, Pregnancy
from programme.referrals.models import Referral
from programme.returning.actions import Confirmed, ReachRule, TakesOn, Why, re_refer
from programme.support.models import Goal
from tests import builders
from tests.programme.pages import everything_stored, rows, said
from tests.programme.returning.again import (
    a_return,
    line_of,
    make_last_time,
    pregnant,
    record_url,
    refer_url,
)

DUE_ON = today() + timedelta(days=280 - 87)


@pytest.fixture
def hers(sign_in, practitioner, before):
    return sign_in(practitioner)


def everything_kept(before, **typed):
    kept = [*before["goals"], before["take_part"], before["notes"], before["rule"]]
    team = rows(Allocation)[0]
    return {
        **{line_of(row): "keep" for row in [*kept, team]},
        "given_how": "spoken",
        "who_knows": "Her mother knows. Tell nobody else.",
        "reason": "She rang us.",
        **pregnant(DUE_ON),
        **typed,
    }


# --- Saving -----------------------------------------------------------------------------------


def test_re_refer_in_one_act_opens_an_episode_with_what_she_kept(
    hers, parent, programme, worker, practitioner, before
):
    response = hers.post(refer_url(parent), a_return(programme, **everything_kept(before)))

    assert response.headers["Location"] == record_url(parent)
    assert said(response)[0].startswith(
        "Referred again to Northtown. 12 weeks and 3 days pregnant, due "
    )
    referral = rows(Referral)[-1]
    pregnancy = rows(Pregnancy)[0]
    episode = rows(Episode)[-1]
    assert (referral.decision, referral.source, referral.previous_episode_id) == (
        "accepted",
        "self",
        before["episode"].pk,
    )
    assert referral.reason == (
        "She rang us.\n\nWho knows, and who may be told: Her mother knows. Tell nobody else."
    )
    assert (referral.pregnancy_id, referral.referred_by_id) == (pregnancy.pk, practitioner.pk)
    assert (episode.referral_id, episode.opened_on, episode.closed_on) == (
        referral.pk,
        today(),
        None,
    )
    assert [(one.worker_id, one.from_date, one.to_date) for one in rows(Allocation)[1:]] == [
        (worker.pk, today(), None)
    ]
    assert [one.wording for one in rows(Goal, episode=episode)] == [
        "A flat of my own",
        "See Ivy every week",
    ]
    assert [one.estimated_due_date for one in rows(DueDate)] == [DUE_ON]
    assert len(rows(Stage, episode=episode)) == 1


def test_permissions_she_confirms_are_new_rows_in_the_words_of_today(
    hers, parent, programme, before
):
    hers.post(refer_url(parent), a_return(programme, **everything_kept(before)))

    new = sorted(rows(Consent)[2:], key=lambda one: one.purpose)
    assert [
        (one.purpose, one.decision, one.given_how, one.explained_by, one.wording_version)
        for one in new
    ] == [
        ("record_contraception", "given", "spoken", "Grace Example", "2026-1"),
        ("take_part", "given", "spoken", "Grace Example", "2026-1"),
    ]
    assert [one.covers_own_worker for one in new] == [True, False]


def test_nothing_is_kept_unless_she_says_so(hers, parent, programme, before):
    page = hers.get(refer_url(parent))
    hers.post(refer_url(parent), a_return(programme))

    form = page.context["form"]
    lines = [name for name in form.fields if name.startswith("line_") and name.count("_") == 2]
    assert (len(lines), {form[name].value() for name in lines}) == (6, {None})
    assert [one.wording for one in rows(Goal)] == ["A flat of my own", "See Ivy every week"]
    assert (len(rows(Consent)), len(rows(Allocation)), len(rows(Episode))) == (2, 1, 2)
    assert rows(Pregnancy) == []


def test_changed_lines_are_written_as_changed(hers, parent, programme, before, worker):
    colleague = Worker.objects.get(user=builders.make_practitioner(programme, "Bea Fry"))
    goal, rule = line_of(before["goals"][0]), line_of(before["rule"])
    hers.post(
        refer_url(parent),
        a_return(
            programme,
            **{
                goal: "change",
                f"{goal}_wording": "A house for the two of us",
                line_of(before["goals"][1]): "leave_out",
                line_of(before["notes"]): "change",
                f"{line_of(before['notes'])}_decision": "withdrawn",
                "given_how": "spoken",
                rule: "change",
                f"{rule}_number": "07700 900999",
                f"{rule}_times": "evenings",
                f"{rule}_may_text": "no",
                line_of(rows(Allocation)[0]): "change",
                "worker": str(colleague.pk),
            },
        ),
    )

    episode = rows(Episode)[-1]
    assert [(one.wording, one.set_by) for one in rows(Goal, episode=episode)] == [
        ("A house for the two of us", "together")
    ]
    assert [(one.purpose, one.decision) for one in rows(Consent)[2:]] == [
        ("record_contraception", "withdrawn")
    ]
    old, new = rows(SafeContact)
    assert (new.number, new.times, new.may_text) == ("07700 900999", "evenings", False)
    assert (new.replaces_id, new.ended_on) == (old.pk, None)
    assert (old.number, old.may_text, old.ended_on) == ("07700 900123", True, today())
    assert [one.worker_id for one in rows(Allocation, episode=episode)] == [colleague.pk]


def test_a_rule_that_is_still_right_is_not_written_again(hers, parent, programme, before):
    hers.post(refer_url(parent), a_return(programme, **{line_of(before["rule"]): "keep"}))

    assert [(one.pk, one.version) for one in rows(SafeContact)] == [(before["rule"].pk, 1)]
    if connection.vendor == "sqlite":  # PostgreSQL lets nobody read the log back
        confirmed = Event.objects.filter(name="returning.safe_contact_confirmed")
        assert [one.subject_id for one in confirmed] == [before["rule"].pk]


def test_she_comes_back_after_years_to_a_team_that_no_longer_reads_her_record(
    sign_in, practitioner, parent, programme
):
    builders.make_episode(
        parent,
        programme,
        opened_on=today() - timedelta(days=1500),
        closed_on=today() - timedelta(days=900),
    )

    response = sign_in(practitioner).post(
        refer_url(parent), a_return(programme, **pregnant(DUE_ON))
    )

    assert said(response)[0].startswith(
        "Referred again to Northtown. 12 weeks and 3 days pregnant, due "
    )
    assert [one.estimated_due_date for one in rows(DueDate)] == [DUE_ON]
    assert len(rows(Episode)) == 2


def test_another_programme_of_the_service_decides_for_itself(hers, parent, practitioner):
    other = builders.make_programme("Southside")

    response = hers.post(refer_url(parent), a_return(other))

    assert said(response) == ["Referred again to Southside."]
    referral = rows(Referral)[-1]
    assert (referral.programme_id, referral.decision, len(rows(Episode))) == (
        other.pk,
        "pending",
        1,
    )


def test_what_only_her_own_team_can_keep_is_not_sent_to_another(hers, parent, before):
    other = builders.make_programme("Southside")

    response = hers.post(
        refer_url(parent), a_return(other, **{line_of(before["goals"][0]): "keep"})
    )

    assert response.context["form"].errors == {
        "programme": [
            "Goals, permissions, rules and workers go with your own team only."
            " Leave them out: the other team goes through them with the parent"
        ]
    }
    assert len(rows(Referral)) == 1


def test_a_pregnancy_known_already_is_not_recorded_again(hers, parent, programme, before):
    known = builders.make_pregnancy(parent, DUE_ON)

    response = hers.post(refer_url(parent), a_return(programme, pregnancy=str(known.pk)))

    assert "12 weeks and 3 days" in said(response)[0]
    assert [one.pk for one in rows(Pregnancy)] == [known.pk]
    assert rows(Referral)[-1].pregnancy_id == known.pk


def test_nobody_asks_a_father_whether_he_is_pregnant(hers, programme, worker):
    father = builders.make_parent("father")
    make_last_time(father, programme, worker)
    typed = a_return(programme)
    del typed["pregnancy"]

    assert "pregnancy" not in hers.get(refer_url(father)).context["form"].fields
    assert hers.post(refer_url(father), typed).status_code == 302


# --- All or nothing, once ---------------------------------------------------------------------


def test_earlier_rows_stay_whole(hers, parent, programme, before):
    earlier = everything_stored()
    hers.post(refer_url(parent), a_return(programme, **everything_kept(before)))

    later = everything_stored()
    logs = {"programme_sight", "programme_event"}
    lost = {
        table: [row for row in kept if row not in later[table]] for table, kept in earlier.items()
    }
    assert {table: gone for table, gone in lost.items() if gone} == {}
    grown = {table for table in later if len(later[table]) > len(earlier[table])} - logs
    assert {one for one in grown if "historical" not in one} == {
        "programme_allocation",
        "programme_consent",
        "programme_duedate",
        "programme_episode",
        "programme_goal",
        "programme_pregnancy",
        "programme_referral",
        "programme_stage",
    }


def test_the_former_worker_stays_visible_on_the_record(hers, parent, programme, before):
    page = hers.get(refer_url(parent)).content.decode()
    hers.post(refer_url(parent), a_return(programme))

    record = hers.get(record_url(parent)).content.decode()
    assert "Grace Example, Northtown" in page
    assert "with Grace Example" in record


def test_sent_twice_is_one_referral_one_pregnancy_one_episode(hers, parent, programme, before):
    typed = a_return(programme, **everything_kept(before))

    replies = [hers.post(refer_url(parent), typed) for _ in range(2)]

    assert [one.headers["Location"] for one in replies] == [record_url(parent)] * 2
    assert said(replies[0]) == said(replies[1])[-1:]
    counts = [len(rows(model)) for model in (Referral, Pregnancy, DueDate, Episode, Goal, Consent)]
    assert counts == [2, 1, 1, 2, 4, 4]


# --- What to put right ------------------------------------------------------------------------


def test_re_refer_shows_what_to_put_right_and_keeps_every_character(
    hers, parent, programme, before
):
    goal = line_of(before["goals"][0])
    response = hers.post(
        refer_url(parent),
        {
            "reason": "My long words",
            "received_on": "",
            "pregnancy": "new",
            "known_on": str(today()),
            "estimated_due_date": str(DUE_ON),
            goal: "change",
            f"{goal}_wording": " ",
            line_of(before["take_part"]): "keep",
        },
    )

    form = response.context["form"]
    assert form.errors == {
        "basis": ["Choose what the date is based on"],
        "given_how": ["Choose how the parent said this"],
        f"{goal}_wording": ["Enter the goal"],
        "programme": ["Choose the programme"],
        "received_on": ["Enter the day it was asked"],
        "source": ["Choose who asks for it"],
    }
    assert form["reason"].value() == "My long words"
    assert len(rows(Referral)) == 1


def test_a_number_that_is_too_long_is_said_beside_it(hers, parent, programme, before):
    rule = line_of(before["rule"])
    typed = {rule: "change", f"{rule}_number": "0" * 51}

    response = hers.post(refer_url(parent), a_return(programme, **typed))

    form = response.context["form"]
    assert form.errors == {f"{rule}_number": ["Number must be 50 characters or fewer"]}
    assert form[f"{rule}_number"].value() == "0" * 51
    assert len(rows(Referral)) == 1


def test_permission_to_keep_notes_again_says_who_may_see_them(hers, parent, programme):
    taken_back = builders.make_consent(parent, "record_contraception", "withdrawn")
    line = line_of(taken_back)
    typed = {line: "change", f"{line}_decision": "given", "given_how": "spoken"}

    response = hers.post(refer_url(parent), a_return(programme, **typed))
    hers.post(refer_url(parent), a_return(programme, **typed, **{f"{line}_covers": ["clinician"]}))

    assert response.context["form"].errors == {f"{line}_covers": ["Choose who may see it"]}
    newest = rows(Consent)[-1]
    assert (newest.decision, newest.covers_clinician, newest.covers_own_worker) == (
        "given",
        True,
        False,
    )


def test_a_line_that_changed_meanwhile_is_gone_through_again(hers, parent, programme, before):
    typed = a_return(programme, **{line_of(before["rule"]): "keep"}, reason="My words")
    with acting_as(builders.actors.SEEDER):
        rule = SafeContact.objects.get(pk=before["rule"].pk)
        rule.number = "07700 900000"
        rule.save()

    response = hers.post(refer_url(parent), typed)

    form = response.context["form"]
    assert form.non_field_errors()[0].startswith("What is recorded about last time has changed")
    assert form["reason"].value() == "My words"
    assert len(rows(Referral)) == 1


def test_what_another_said_of_the_same_rule_meanwhile_is_not_lost(
    parent, programme, before, practitioner
):
    """Two teams take her on at once, and each changes the rule it was shown."""
    other = builders.make_programme("Southtown")
    builders.grant_role(practitioner, Role.PRACTITIONER, other)

    def refer(to, number):
        rule = copy(before["rule"])
        rule.number = number
        said = ReachRule(rule, seen_version=before["rule"].version, is_changed=True)
        why = Why(received_on=today(), source="self")
        with acting_as(practitioner):
            re_refer(key=uuid4(), parent=parent, programme=to, why=why, by=practitioner,
                     takes_on=TakesOn(), confirmed=Confirmed(rules=(said,)))  # fmt: skip

    refer(programme, "07700 900111")
    with pytest.raises(ChangedMeanwhile):
        refer(other, "07700 900222")

    assert [one.number for one in rows(SafeContact, ended_on=None)] == ["07700 900111"]
    assert [one.programme_id for one in rows(Episode, closed_on=None)] == [programme.pk]


def test_she_is_not_referred_to_a_programme_she_is_with(
    sign_in, practitioner, parent, programme, worker
):
    builders.make_episode(parent, programme, worker)
    browser = sign_in(practitioner)

    response = browser.post(refer_url(parent), a_return(programme))

    assert response.context["form"].errors == {"programme": ["Choose the programme from the list"]}
    assert len(rows(Referral)) == 1


def test_a_worker_of_another_programme_is_refused(hers, parent, programme, practitioner, before):
    second = builders.make_programme("Eastgate")
    builders.grant_role(practitioner, Role.PRACTITIONER, second)
    worker = builders.make_worker(second)

    response = hers.post(
        refer_url(parent),
        a_return(programme, **{line_of(rows(Allocation)[0]): "change", "worker": str(worker.pk)}),
    )

    assert response.context["form"].errors == {
        "worker": ["Choose someone who works in the programme you chose"]
    }
