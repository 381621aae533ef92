"""The app of published pages."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Resources, guidance and the glossary."""

    name = "cms"
    verbose_name = "Resources"
