"""The pages and rights a new installation starts with. Everything here is safe to repeat."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
)

from cms.forms import EDITORS
from cms.models import GuidanceIndexPage, HomePage, ResourceIndexPage

STAFF_FILES = "For staff only"
EDITOR = [
    ("wagtailadmin", "access_admin"),
    ("cms", "read_guidance"),
    *(
        ("cms", f"{verb}_{name}")
        for name in ("word", "topic")
        for verb in ("add", "change", "delete", "view")
    ),
]
ON_PAGES = [("wagtailcore", f"{verb}_page") for verb in ("add", "change", "publish")]
ON_FILES = [
    (app, f"{verb}_{name}")
    for app, name in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for verb in ("add", "change", "choose")
]


def ensure() -> None:
    """Pages, then the editors' rights on them."""
    ensure_pages()
    ensure_editors_group()


def ensure_pages() -> HomePage:
    """The front page, the two lists below it, and the place for staff's files."""
    home = HomePage.objects.first() or _replace_welcome_page()
    for kind, title, slug in (
        (ResourceIndexPage, "Resources", "resources"),
        (GuidanceIndexPage, "Guidance for staff", "guidance"),
    ):
        if not kind.objects.exists():
            home.add_child(instance=kind(title=title, slug=slug)).save_revision().publish()
    _ensure_staff_files()
    return home


def ensure_editors_group() -> Group:
    """The group whose members edit and publish pages, words, pictures and documents."""
    for label in ("cms", "wagtailadmin", "wagtailcore", "wagtailimages", "wagtaildocs"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    editors, _ = Group.objects.get_or_create(name=EDITORS)
    editors.permissions.set(_permissions(EDITOR))
    home, files = HomePage.objects.get(), Collection.get_first_root_node()
    for permission in _permissions(ON_PAGES):
        GroupPagePermission.objects.get_or_create(group=editors, page=home, permission=permission)
    for permission in _permissions(ON_FILES):
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=files, permission=permission
        )
    return editors


def _permissions(wanted: list[tuple[str, str]]) -> list[Permission]:
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in wanted
    ]


def _replace_welcome_page() -> HomePage:
    """Wagtail's own first page goes; the site begins at ours."""
    root = Page.get_first_root_node()
    home = HomePage(
        title=settings.SERVICE_NAME,
        slug="start",
        introduction="Help for parents who have lived through separation from a child.",
    )
    root.add_child(instance=home).save_revision().publish()
    _site_starts_at(home)
    for welcome in root.get_children().type(Page).exact_type(Page).filter(slug="home"):
        welcome.delete()
    return home


def _site_starts_at(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    site = site or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, settings.SERVICE_NAME
    site.save()


def _ensure_staff_files() -> None:
    """A place for documents that only those who sign in can open."""
    root = Collection.get_first_root_node()
    if not root.get_children().filter(name=STAFF_FILES).exists():
        place = root.add_child(name=STAFF_FILES)
        CollectionViewRestriction.objects.create(
            collection=place, restriction_type=CollectionViewRestriction.LOGIN
        )
