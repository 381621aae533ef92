"""A scene on paper: the same marks on a ReportLab canvas, in the embedded font only.

Straight onto the canvas and not through `reportlab.graphics`, whose renderer selects Helvetica,
a font that would not be embedded, before it draws anything.
"""

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from programme.reporting.charts.marks import Box, Dot, Lines, Mark, Point, Scene, Words
from programme.reporting.charts.paints import Paint, paint_of
from programme.reporting.charts.typeface import font, printable


class Paper:
    """Places a scene's marks on a page: `scale` points to a pixel, y turned upwards."""

    def __init__(self, canvas: Canvas, scene: Scene, left: float, foot: float, scale: float):
        """`left` and `foot` are the lower left corner of the drawing, in points."""
        self.canvas = canvas
        self.scene = scene
        self.left = left
        self.foot = foot
        self.scale = scale

    def draw(self) -> None:
        """Every mark, in order."""
        self.canvas.saveState()
        for mark in self.scene.marks:
            self._draw_mark(mark)
        self.canvas.restoreState()

    def _place(self, point: Point) -> Point:
        x, y = point
        return self.left + x * self.scale, self.foot + (self.scene.height - y) * self.scale

    def _draw_mark(self, mark: Mark) -> None:
        self._take(paint_of(mark.look))
        match mark:
            case Box():
                self._draw_box(mark)
            case Lines():
                self._draw_lines(mark)
            case Dot():
                self._draw_dot(mark)
            case Words():
                self._draw_words(mark)

    def _take(self, paint: Paint) -> None:
        if paint.fill:
            self.canvas.setFillColor(HexColor(paint.fill))
        if paint.stroke:
            self.canvas.setStrokeColor(HexColor(paint.stroke))
        self.canvas.setLineWidth(paint.stroke_width * self.scale)
        self.canvas.setDash([length * self.scale for length in paint.dash])

    def _draw_box(self, box: Box) -> None:
        x, y = self._place((box.x, box.y + box.height))
        paint = paint_of(box.look)
        size = box.width * self.scale, box.height * self.scale
        self.canvas.rect(x, y, *size, stroke=bool(paint.stroke), fill=bool(paint.fill))

    def _draw_lines(self, lines: Lines) -> None:
        path = self.canvas.beginPath()
        for start, *others in lines.strokes:
            path.moveTo(*self._place(start))
            for point in others:
                path.lineTo(*self._place(point))
        self.canvas.drawPath(path, stroke=1, fill=0)

    def _draw_dot(self, dot: Dot) -> None:
        self.canvas.circle(*self._place((dot.x, dot.y)), dot.radius * self.scale, stroke=1, fill=1)

    def _draw_words(self, words: Words) -> None:
        paint = paint_of(words.look)
        self.canvas.setFont(font(bold=paint.bold), paint.size * self.scale)
        place = self._place((words.left, words.y))
        self.canvas.drawString(*place, printable(words.text))
