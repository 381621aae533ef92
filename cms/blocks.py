"""The blocks a page is made of."""

from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from cms.models.glossary import Word
from cms.rich_text import FEATURES, SHORT_FEATURES


class FoldedBlock(blocks.StructBlock):
    """A question whose answer stays folded until wanted."""

    question = blocks.CharBlock(max_length=120)
    answer = blocks.RichTextBlock(features=SHORT_FEATURES)

    class Meta:
        icon = "help"
        template = "cms/blocks/folded.html"


class PhoneBlock(blocks.StructBlock):
    """Somebody to ring."""

    who = blocks.CharBlock(max_length=80)
    number = blocks.RegexBlock(
        regex=r"^\+?[0-9 ]{3,20}$",
        error_messages={"invalid": "Enter a telephone number: digits and spaces."},
    )
    when = blocks.CharBlock(max_length=120, required=False, help_text="Days and hours, and cost.")

    class Meta:
        icon = "mobile-alt"
        template = "cms/blocks/phone.html"


class GlossaryBlock(blocks.StaticBlock):
    """Every word of the glossary as a table; nothing to fill in."""

    class Meta:
        icon = "table"
        label = "Words we use"
        admin_text = "Shows every word of the glossary (Snippets, Words)."
        template = "cms/blocks/glossary.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Adds the rows of the table."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["head"] = ["Avoid", "Prefer", "Why"]
        context["rows"] = [[word.avoid, word.prefer, word.why] for word in Word.objects.all()]
        return context


def page_blocks() -> list[tuple[str, blocks.Block]]:
    """What any page may hold."""
    return [
        ("text", blocks.RichTextBlock(features=FEATURES, template="cms/blocks/text.html")),
        ("important", blocks.TextBlock(icon="warning", template="cms/blocks/important.html")),
        ("folded", FoldedBlock()),
        ("phone", PhoneBlock()),
        ("picture", ImageBlock(template="cms/blocks/picture.html")),
        ("document", DocumentChooserBlock(template="cms/blocks/document.html")),
    ]


def guidance_blocks() -> list[tuple[str, blocks.Block]]:
    """What a staff page may hold besides."""
    return [*page_blocks(), ("glossary", GlossaryBlock())]
