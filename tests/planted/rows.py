"""Row-level and part-level mistakes. Each returns what its page would have shown."""

import json
from collections.abc import Callable
from threading import Thread
from typing import Any

from django import forms
from django.db import connection, models
from django.db.models import Count, Max, OuterRef, Prefetch, Subquery
from django.template import Context, Template

from programme.contacts.models import Contact
from programme.contraception.models import ContraceptionChoice
from programme.pathways.models import Programme, Worker
from programme.people.models import Child, Home, Identity, Parent, Protection
from programme.proceedings.models import Separation
from programme.support.models import Goal, Therapy
from tests.planted.world import World

Mistake = Callable[[World], object]
MISTAKES: dict[str, Mistake] = {}


def planted(mistake: Mistake) -> Mistake:
    """Adds a mistake to the list under its own name."""
    MISTAKES[mistake.__name__] = mistake
    return mistake


def everything_of(model: Any) -> models.QuerySet[Any]:
    """A query set that never heard of the wall."""
    return models.QuerySet(model)


@planted
def forgotten_filter_in_a_detail(world: World) -> object:
    return everything_of(Identity).filter(parent=world.hidden).values_list("family_name")


@planted
def forgotten_filter_in_a_list(world: World) -> object:
    return [contact.note for contact in everything_of(Contact)]


@planted
def forgotten_filter_in_an_autocomplete(world: World) -> object:
    start = world.secret[:6]
    return everything_of(Identity).filter(family_name__startswith=start).values_list("family_name")


@planted
def reverse_key(world: World) -> object:
    return world.hidden.contacts(manager="unwalled").values_list("note")


@planted
def reverse_one_to_one(world: World) -> object:
    return everything_of(Identity).get(parent=world.hidden).family_name


@planted
def forward_key(world: World) -> object:
    return [
        goal.episode.parent_id == world.hidden.pk and goal.wording for goal in everything_of(Goal)
    ]


@planted
def select_related(world: World) -> object:
    contacts = everything_of(Contact).select_related("parent__identity")
    return [contact.parent.identity.family_name for contact in contacts]


@planted
def values_through_a_table_without_a_wall(world: World) -> object:
    return Worker.objects.values_list("allocations__episode__parent__identity__family_name")


@planted
def values_through_a_programme(world: World) -> object:
    return Programme.objects.values_list("contacts__note")


@planted
def many_to_many(world: World) -> object:
    links = everything_of(Child).filter(parent_links__parent=world.hidden)
    return [
        *links,
        *everything_of(Goal).filter(episode__parent=world.hidden).values_list("wording"),
    ]


@planted
def aggregate_of_the_newest(world: World) -> object:
    return Programme.objects.aggregate(newest=Max("contacts__note")).values()


@planted
def count_beside_a_programme(world: World) -> object:
    counted = Programme.objects.annotate(n=Count("contacts")).get(pk=world.elsewhere.pk).n
    return world.secret if counted else ""


@planted
def filter_as_a_yes_or_no(world: World) -> object:
    name = "allocations__episode__parent__identity__family_name"
    return world.secret if Worker.objects.filter(**{name: world.secret}).exists() else ""


@planted
def count_as_a_yes_or_no(world: World) -> object:
    found = everything_of(Identity).filter(family_name=world.secret).count()
    return world.secret if found else ""


@planted
def raw_sql(world: World) -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT family_name FROM programme_identity")
        return cursor.fetchall()


@planted
def raw_query_set(world: World) -> object:
    rows = everything_of(Identity).raw("SELECT * FROM programme_identity")
    return [identity.family_name for identity in rows]


@planted
def plain_base_manager(world: World) -> object:
    return Contact.unwalled.values_list("note")


@planted
def form_choices(world: World) -> object:
    field = forms.ModelChoiceField(queryset=everything_of(Goal))
    field.label_from_instance = lambda goal: goal.wording
    return "".join(str(choice) for choice in field.choices)


@planted
def forged_id_in_a_post(world: World) -> object:
    return everything_of(Contact).filter(pk=world.hidden_contact.pk).values_list("note")


@planted
def forged_id_behind_a_sort(world: World) -> object:
    return everything_of(Contact).order_by("-happened_at").values_list("note")[:1]


@planted
def history(world: World) -> object:
    return everything_of(Contact.history.model).values_list("note")


@planted
def history_of_one(world: World) -> object:
    return everything_of(Identity.history.model).values_list("family_name")


@planted
def prefetch(world: World) -> object:
    parents = everything_of(Parent).prefetch_related(
        Prefetch("contacts", queryset=everything_of(Contact), to_attr="theirs")
    )
    return [contact.note for parent in parents for contact in parent.theirs]


@planted
def template_loop(world: World) -> object:
    page = Template("{% for contact in contacts %}{{ contact.note }}{% endfor %}")
    return page.render(Context({"contacts": everything_of(Contact)}))


@planted
def subquery(world: World) -> object:
    names = everything_of(Identity).filter(parent=OuterRef("allocations__episode__parent"))
    return Worker.objects.annotate(who=Subquery(names.values("family_name")[:1])).values_list("who")


@planted
def union(world: World) -> object:
    own = Identity.objects.values_list("family_name")
    return own.union(everything_of(Identity).values_list("family_name"))


@planted
def background_thread(world: World) -> object:
    found: list[object] = []

    def work() -> None:
        try:
            found.extend(Identity.objects.values_list("family_name"))
        except RuntimeError as problem:
            found.append(type(problem).__name__)
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    return found


@planted
def export_as_json(world: World) -> object:
    return json.dumps(list(everything_of(Identity).values("family_name")), default=str)


@planted
def uniqueness(world: World) -> object:
    number = {"nhs_number": "9990000018"}
    taken = everything_of(Identity).filter(**number).exclude(parent=world.mine).exists()
    return world.secret if taken else ""


# --- Parts of a record that is hers -------------------------------------------------------------


@planted
def contraception_without_consent(world: World) -> object:
    return everything_of(ContraceptionChoice).values_list("end_reason")


@planted
def address_of_a_team_mates_parent(world: World) -> object:
    return everything_of(Home).values_list("postcode")


@planted
def therapy_of_her_own_parent(world: World) -> object:
    return everything_of(Therapy).values_list("kind")


@planted
def child_held_back_from_her_own_parent(world: World) -> object:
    children = everything_of(Child).filter(parent_links__parent=world.mine)
    return children.values_list("given_names")


@planted
def separation_of_a_child_held_back(world: World) -> object:
    rows = everything_of(Separation).filter(child__parent_links__parent=world.mine)
    return [row.child.given_names for row in rows.select_related("child")]


# --- The table that says who may see what is restricted -----------------------------------------


@planted
def who_may_see_the_restricted(world: World) -> object:
    return everything_of(Protection).values_list("user__name")
