"""Photos that lie inside another paper: pixels as they are, without what a camera wrote beside.

A photo that is added by itself is drawn anew (``images``). Inside a paper that would change how it
looks, and one paper may hold hundreds; so here only those pieces of it are kept that a picture is
drawn from. Whatever is not known to be one goes: EXIF, XMP, IPTC, remarks, a second picture behind.
"""

import re
import struct

PNG, JPEG, RIFF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"RIFF"
# Those of a JPEG's markers that are followed by something, and are not part of its pixels.
MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
START_OF_SCAN, END = 0xDA, b"\xff\xd9"
ALONE = (0x01, 0xD8)
# Size, tables and scans; and of what programs add, only what the colours need.
DRAWN_FROM = range(0xC0, 0xE0)
COLOURS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
PNG_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split()
)
WEBP_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
# Bits of VP8X that say there is EXIF and XMP.
WEBP_HAS_NOTES = 0x0C
TIFFS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def without_notes(content: bytes) -> bytes:
    """A JPEG, PNG or WebP reduced to what it is drawn from; anything else as it is."""
    if content.startswith(JPEG + b"\xff"):
        return without_notes_of_jpeg(content)
    if content.startswith(PNG):
        return _png(content)
    if content.startswith(RIFF) and content[8:12] == b"WEBP":
        return _webp(content)
    return content


def is_of_a_rare_kind(content: bytes) -> bool:
    """Whether it is a TIFF, HEIC, AVIF or a film: their notes lie among the pixels."""
    return content.startswith(TIFFS) or content[4:8] == b"ftyp"


def without_notes_of_jpeg(jpeg: bytes) -> bytes:
    """Read as decoders do: fill bytes and rubbish are passed over, and nothing is after the end."""
    kept, at = [JPEG], len(JPEG)
    while (found := MARKER.search(jpeg, at)) and found[1] != END[1:]:
        code, at = found[1][0], found.end()
        if code in ALONE:
            continue
        after = at + max(2, int.from_bytes(jpeg[at : at + 2], "big"))
        segment, at = jpeg[at:after], after
        of_colours = code in COLOURS and segment[2:].startswith(COLOURS[code])
        if code in DRAWN_FROM or of_colours:
            kept += [b"\xff", found[1], segment]
        if code == START_OF_SCAN:
            scan = MARKER.search(jpeg, at)
            after = scan.start() if scan else len(jpeg)
            kept.append(jpeg[at:after])
            at = after
    return b"".join([*kept, END])


def _png(png: bytes) -> bytes:
    kept, at, kind = [PNG], len(PNG), b""
    while at + 12 <= len(png) and kind != b"IEND":
        kind = png[at + 4 : at + 8]
        after = at + 12 + int.from_bytes(png[at : at + 4], "big")
        if kind in PNG_CHUNKS:
            kept.append(png[at:after])
        at = after
    return b"".join(kept)


def _webp(webp: bytes) -> bytes:
    kept, at = [b"WEBP"], 12
    end = min(len(webp), 8 + int.from_bytes(webp[4:8], "little"))
    while at + 8 <= end:
        kind, size = webp[at : at + 4], int.from_bytes(webp[at + 4 : at + 8], "little")
        after = at + 8 + size + size % 2
        chunk = webp[at:after]
        if kind == b"VP8X" and size:
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_HAS_NOTES]) + chunk[9:]
        if kind in WEBP_CHUNKS:
            kept.append(chunk)
        at = after
    whole = b"".join(kept)
    return RIFF + struct.pack("<I", len(whole)) + whole
