"""Everything editors keep. Import from here."""

from cms.models.glossary import Word
from cms.models.guidance import GuidanceIndexPage, GuidancePage
from cms.models.home import HomePage
from cms.models.pictures import Picture, PictureRendition
from cms.models.resources import ResourceIndexPage, ResourcePage
from cms.models.topics import Topic

__all__ = [
    "GuidanceIndexPage",
    "GuidancePage",
    "HomePage",
    "Picture",
    "PictureRendition",
    "ResourceIndexPage",
    "ResourcePage",
    "Topic",
    "Word",
]
