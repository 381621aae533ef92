"""Addresses of the family around a parent."""

from django.urls import path

from programme.families.views import children, family, strengths

app_name = "families"
OF = "parents/<uuid:parent_id>/family/"
urlpatterns = [
    path(OF, family.show_family, name="show_family"),
    path(f"{OF}children/add/", children.add_child, name="add_child"),
    path(f"{OF}children/link/", children.link_child, name="link_child"),
    path(f"{OF}children/<uuid:child_id>/", children.correct_child, name="correct_child"),
    path(
        f"{OF}children/<uuid:child_id>/lives/",
        children.record_circumstance,
        name="record_circumstance",
    ),
    path(
        f"{OF}children/<uuid:child_id>/time/",
        children.agree_family_time,
        name="agree_family_time",
    ),
    path(f"{OF}links/<uuid:link_id>/", children.correct_relation, name="correct_relation"),
    path(f"{OF}links/<uuid:link_id>/off/", children.take_off_child, name="take_off_child"),
    path(f"{OF}time/<uuid:time_id>/", children.change_family_time, name="change_family_time"),
    path(f"{OF}partners/add/", family.record_partnership, name="record_partnership"),
    path(f"{OF}partners/<uuid:spell_id>/", family.correct_partnership, name="correct_partnership"),
    path(f"{OF}days/add/", family.add_important_date, name="add_important_date"),
    path(
        f"{OF}days/<uuid:date_id>/remove/",
        family.remove_important_date,
        name="remove_important_date",
    ),
    path(f"{OF}days/reminders/", family.switch_prompts, name="switch_prompts"),
    path(f"{OF}once-a-child/", family.find_same_person, name="find_same_person"),
    path(
        f"{OF}once-a-child/<uuid:same_id>/off/",
        family.take_off_same_person,
        name="take_off_same_person",
    ),
    path("parents/<uuid:parent_id>/strengths/", strengths.show_strengths, name="show_strengths"),
    path(
        "parents/<uuid:parent_id>/strengths/add/",
        strengths.add_strength_or_worry,
        name="add_strength_or_worry",
    ),
    path(
        "parents/<uuid:parent_id>/strengths/<uuid:noticed_id>/over/",
        strengths.end_strength_or_worry,
        name="end_strength_or_worry",
    ),
]
