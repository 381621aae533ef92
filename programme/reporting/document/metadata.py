"""What a document says of itself: title, who made it, when, in the two places PDF has for it."""

from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase.pdfdoc import XMP

from programme.reporting.charts.typeface import printable
from programme.reporting.document.style import LANGUAGE
from programme.reporting.document.tagged_canvas import TaggedCanvas

XMP_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made_at}</xmp:CreateDate>
<xmp:ModifyDate>{made_at}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True)
class Facts:
    """The document's title, what it is about, who made it and when."""

    title: str
    subject: str
    author: str
    made_at: datetime

    def put_into(self, canvas: TaggedCanvas) -> None:
        """Set the dates and the packet; ReportLab sets the words of the dictionary."""
        canvas._doc._timeStamp = self._time_stamp()
        canvas._doc.updateSignature(self.made_at.isoformat())
        canvas._doc.Catalog.Metadata = XMP(creator=self._packet)

    def _time_stamp(self) -> TimeStamp:
        """The moment in the form ReportLab writes its dates from."""
        stamp = TimeStamp(invariant=True)
        offset = self.made_at.utcoffset()
        if offset is None:
            raise ValueError("The time a document was made needs its time zone.")
        stamp.YMDhms = self.made_at.timetuple()[:6]
        stamp.dhh, seconds = divmod(int(offset.total_seconds()), 3600)
        stamp.dmm = seconds // 60
        return stamp

    def _packet(self, _document: object) -> bytes:
        words = {"title": self.title, "subject": self.subject, "author": self.author}
        escaped = {name: escape(printable(text)) for name, text in words.items()}
        made_at = self.made_at.isoformat(timespec="seconds")
        return XMP_PACKET.format(**escaped, language=LANGUAGE, made_at=made_at).encode()
