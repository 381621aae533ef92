"""A chart as a figure with its words for those who do not see it."""

from typing import cast

from reportlab.pdfbase.pdfdoc import PDFArray, PDFName
from reportlab.platypus.flowables import Flowable

from programme.reporting.charts.descriptions import Chart
from programme.reporting.charts.layout import scene
from programme.reporting.charts.paper import Paper
from programme.reporting.document.structure import Element
from programme.reporting.document.style import CONTENT_HEIGHT
from programme.reporting.document.tagged_canvas import TaggedCanvas

# A drawing of this many pixels across the page sets its words in about 10 points.
DRAWING_WIDTH = 750.0
TALLEST = 0.8 * CONTENT_HEIGHT


class Drawing(Flowable):
    """One chart, as wide as the text, smaller only where it would not fit a page."""

    def __init__(self, chart: Chart, element: Element) -> None:
        """`element` is a Figure with its alternative text."""
        super().__init__()
        self.scene = scene(chart, DRAWING_WIDTH)
        self.element = element
        self.scale = 1.0
        # Its table begins on the same page.
        self.keepWithNext = 1

    def getSpaceAfter(self) -> float:
        """Points below."""
        return 8

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The size it takes in this width."""
        self.scale = min(width / self.scene.width, TALLEST / self.scene.height)
        self.width = self.scene.width * self.scale
        self.height = self.scene.height * self.scale
        return self.width, self.height

    def draw(self) -> None:
        """Every mark, as one piece of the figure."""
        canvas = cast(TaggedCanvas, self.canv)
        left, foot = canvas.absolutePosition(0, 0)
        box: list[float] = [left, foot, left + self.width, foot + self.height]
        self.element.attributes = {"O": PDFName("Layout"), "BBox": PDFArray(box)}
        with canvas.tagged(self.element):
            Paper(canvas, self.scene, 0, 0, self.scale).draw()
