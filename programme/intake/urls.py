"""Addresses of referrals that come in."""

from django.urls import path

from programme.intake import views

app_name = "intake"
urlpatterns = [
    path("referrals/new/", views.receive_referral, name="receive_referral"),
    path(
        "parents/<uuid:parent_id>/referrals/<uuid:referral_id>/decide/",
        views.decide_referral,
        name="decide_referral",
    ),
]
