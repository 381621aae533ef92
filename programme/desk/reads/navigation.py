"""The menu: what the person signed in may open."""

from django.http import HttpRequest
from django.urls import reverse

from programme.access.holdings import Holdings, holdings_of
from programme.access.policy import access_for
from recurrent.design.components import NavigationItem

# Where each line of the menu leads, in order; shown to those whose roles the policy lists.
MENU = (
    ("Home", "desk:home"),
    ("Find a parent", "desk:find_parent"),
    ("My team", "workboard:show_team"),
    ("Caseloads", "workboard:show_counts"),
    ("My work", "workboard:show_own_work"),
    ("New referral", "intake:receive_referral"),
    ("My reminders", "reminders:show_reminders"),
    ("Groups and drop-ins", "groups:list_groups"),
    ("Requests for a record", "returning:list_requests"),
    ("Emergency openings", "protection:list_openings"),
    ("Restricted and denied", "protection:list_protected"),
    ("Possible matches", "joining:list_possible_matches"),
    ("Board report", "reporting:choose_report"),
    ("Releases", "reporting:list_releases"),
    ("Released outcomes", "commissioner:list_releases"),
    ("Caseload packages", "exchange:list_loads"),
    ("Resources", "cms:search"),
    ("Background work", "jobs:list_jobs"),
    ("Edit resources", "wagtailadmin_home"),
)


def _holdings_on_a_public_page(request: HttpRequest) -> Holdings | None:
    """The wall asks nothing of a public page; its menu does, of those who signed in."""
    user = getattr(request, "user", None)
    return holdings_of(user) if user and user.is_authenticated else None


def navigation(request: HttpRequest) -> dict[str, list[NavigationItem]]:
    """Context processor: the menu of whoever is signed in."""
    holdings = getattr(request, "holdings", None) or _holdings_on_a_public_page(request)
    if holdings is None:
        return {}
    items = []
    for label, name in MENU:
        access = access_for(name, reverse(name))
        if access is None:
            continue
        if access.public or access.signed_in or access.roles & holdings.roles:
            url = reverse(name)
            items.append(NavigationItem(label, url, current=url == request.path))
    return {"navigation": items}
