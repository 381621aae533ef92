"""Pages and people for tests of published pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page

from cms.models import GuidanceIndexPage, HomePage, ResourceIndexPage
from cms.setup import ensure_editors_group
from programme.access.models import User
from programme.access.parts import Role
from tests.builders import DEMO_BACKEND, grant_role, make_practitioner, make_programme, make_user


@pytest.fixture
def home(db: None) -> HomePage:
    """The front page; every migrated database has it, with the two lists below it."""
    return HomePage.objects.get()


@pytest.fixture
def resources(home: HomePage) -> Page:
    """The list of resources."""
    return ResourceIndexPage.objects.get()


@pytest.fixture
def guidance(home: HomePage) -> Page:
    """The list of staff pages."""
    return GuidanceIndexPage.objects.get()


@pytest.fixture
def editor(home: HomePage) -> User:
    """A content editor."""
    user = make_user("Esi Editor")
    grant_role(user, Role.EDITOR)
    user.groups.add(ensure_editors_group())
    return user


@pytest.fixture
def practitioner(db: None) -> User:
    """Someone who works with parents."""
    return make_practitioner(make_programme(), "Pia Practitioner")


@pytest.fixture
def commissioner(db: None) -> User:
    """Someone who signs in and does not work here."""
    user = make_user("Cora Commissioner")
    grant_role(user, Role.COMMISSIONER, make_programme())
    return user


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    """A browser of somebody signed in."""

    def browser_of(user: Any) -> Client:
        client = Client()
        client.force_login(user, backend=DEMO_BACKEND)
        return client

    return browser_of


@pytest.fixture
def files_on_disk(settings: Settings, tmp_path: Path) -> None:
    """Uploads in a folder, as in service: documents are read from their path."""
    storage = "django.core.files.storage.FileSystemStorage"
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": storage}}
