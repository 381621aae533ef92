"""Pictures for pages, kept without what a camera adds, and served by a checked address."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.base import File as DjangoFile
from django.db import models
from django.urls import reverse
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.images.utils import generate_signature


class Picture(AbstractImage):
    """A picture. The place and time that a telephone writes into a photograph are taken out."""

    admin_form_fields = Image.admin_form_fields

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new file without its metadata."""
        if not self.file._committed:
            self.file = without_metadata(self.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> ContentFile:
        """The picture in one size; Wagtail leaves its temporary file open, this does not."""
        with super().generate_rendition_file(*args, **kwargs) as written:
            written.seek(0)
            return ContentFile(written.read(), name=written.name)


class PictureRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="cms_picturerendition_once",
                fields=["image", "filter_spec", "focal_point_key"],
            )
        ]

    @property
    def url(self) -> str:
        """The signed address: uploaded files are never served from where they lie."""
        signature = generate_signature(self.image_id, self.filter_spec)
        address = reverse("wagtailimages_serve", args=[signature, self.image_id, self.filter_spec])
        return address + Path(self.image.file.name).name


def without_metadata(file: DjangoFile) -> ContentFile:
    """The same picture, the right way up, written anew with pixels only."""
    with Pillow.open(file) as opened:
        kind = opened.format
        upright = ImageOps.exif_transpose(opened)
        # Pixels alone are copied: EXIF, GPS and comments stay behind.
        bare = Pillow.frombytes(upright.mode, upright.size, upright.tobytes())
        if upright.mode == "P":
            bare.putpalette(upright.getpalette() or [])
    written = BytesIO()
    bare.save(written, format=kind, quality=90)
    return ContentFile(written.getvalue(), name=file.name)
