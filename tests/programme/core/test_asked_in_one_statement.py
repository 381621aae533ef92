"""Several query sets in one statement give what each of them gives by itself."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from programme.access.scope import acting_as
from programme.core import together
from programme.core.together import Questions, ask_together
from programme.episodes.models import Episode, Stage
from programme.pathways.models import Worker
from programme.people.models import Parent
from programme.pregnancies.models import Pregnancy
from tests import builders
from tests.programme.any_record import Maker, made_tables

# On SQLite each is asked by itself.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def values_of(row: Any) -> Any:
    columns = row._meta.concrete_fields
    return {
        one.attname: (type(value), value)
        for one in columns
        for value in [one.value_from_object(row)]
    }


def fields_of(row: Any) -> Any:
    """Everything a row holds, with the rows that came along with it."""
    along = {name: row._state.fields_cache[name] for name in along_with(type(row))}
    return values_of(row), {name: one and values_of(one) for name, one in along.items()}


def along_with(model: type[Any]) -> list[str]:
    return [field.name for field in model._meta.fields if field.is_relation]


@pytest.fixture
def seeding(programme, episode):
    with builders.as_seeder():
        yield


def fill(parent: Parent) -> None:
    maker = Maker(Random(7), parent, [builders.make_parent(), builders.make_parent()])
    for model in made_tables():
        for _ in range(3):
            maker.make(model)


def test_every_table_reads_the_same_together_as_alone(seeding, parent, programme):
    builders.make_worker(programme, whole_time_equivalent=Decimal("0.6"))
    fill(parent)
    alone = [
        model.objects.select_related(*along_with(model)).order_by("pk")
        for model in [*made_tables(), Worker]
    ]
    asked = [one.all() for one in alone]

    with CaptureQueriesContext(connection) as queries:
        ask_together(*asked)
        found = [[fields_of(row) for row in one] for one in asked]

    assert len(queries) == 1
    assert found == [[fields_of(row) for row in one] for one in alone]
    assert sum(bool(rows) for rows in found) > len(found) * 3 / 4


def test_each_keeps_its_order_its_limit_and_what_was_worked_out(seeding, programme, worker):
    for number in range(9):
        one = builders.make_episode(builders.make_parent(), programme, worker)
        if number % 3:
            builders.enter_stage(one, "engagement", one.opened_on)
    entered = Stage.objects.filter(episode=OuterRef("pk"))

    def questions() -> list[QuerySet[Any, Any]]:
        return [
            Episode.objects.annotate(begun=Exists(entered)).order_by("-parent__reference"),
            Episode.objects.order_by("parent__reference")[2:5],
            Parent.objects.annotate(many=Count("episodes")).order_by("reference"),
            Episode.objects.order_by("pk").values_list("pk", "parent__reference"),
            Episode.objects.order_by("pk").values("closed_on", "parent_id"),
            Parent.objects.none(),
        ]

    asked = questions()
    ask_together(*asked)

    for one, alone in zip(asked, questions(), strict=True):
        with CaptureQueriesContext(connection) as queries:
            rows = list(one)
        assert (len(queries), rows) == (0, list(alone))
    assert [row.begun for row in asked[0]] == [row.begun for row in questions()[0]]
    assert [row.many for row in asked[2]] == [row.many for row in questions()[2]]


def test_a_query_set_made_of_one_that_was_asked_asks_anew(seeding, parent):
    everybody, episodes = Parent.objects.all(), Episode.objects.all()
    ask_together(everybody, episodes)

    assert list(everybody.exclude(pk=parent.pk)) == []
    assert list(everybody.filter(pk=parent.pk)) == [parent]


def test_what_was_answered_is_not_asked_again_and_prefetches_come_along(seeding, parent):
    pregnancy = builders.make_pregnancy(parent, builders.today())
    known = Parent.objects.all()
    list(known)
    asked = Pregnancy.objects.prefetch_related("due_dates")
    with CaptureQueriesContext(connection) as queries:
        ask_together(known, asked, Episode.objects.all())

    assert len(queries) == 2
    assert "programme_parent" not in queries[0]["sql"].split(" UNION ALL ")[0].split("WHERE")[0]
    assert [len(one.due_dates.all()) for one in asked] == [pregnancy.due_dates.count()]


def test_too_many_values_for_one_statement_are_asked_one_by_one(seeding, parent, monkeypatch):
    monkeypatch.setattr(together, "MOST_VALUES", 1)
    asked = [Parent.objects.filter(pk__in=[parent.pk]), Episode.objects.filter(parent=parent)]

    with CaptureQueriesContext(connection) as queries:
        ask_together(*asked)

    assert (len(queries), [len(one) for one in asked]) == (0, [1, 1])


def test_each_keeps_its_wall(parent, episode, programme):
    with acting_as(builders.make_user()):
        asked = [Parent.objects.all(), Episode.objects.all()]
        ask_together(*asked)

    assert [list(one) for one in asked] == [[], []]


def test_a_read_says_its_questions_by_its_fields(seeding, parent):
    class Some(Questions):
        def __init__(self) -> None:
            self.parents, self.number = Parent.objects.all(), 4

    some = Some()

    assert some.query_sets == [some.parents]
