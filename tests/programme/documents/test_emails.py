"""E-mails with their attachments, as .eml and as Outlook's .msg: all or nothing."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from programme.documents.gate import Admitted, FileType, Refused, admit
from tests.files import a_docx, a_pdf, an_email, an_odt
from tests.outlook_files import a_compound, a_message, an_outlook_email
from tests.programme.documents.test_pictures import taken

FILES = {"plan.pdf": a_pdf(), "letter.docx": a_docx(), "note.odt": an_odt()}


def words_of(kept: Admitted) -> str:
    message = message_from_bytes(kept.content, policy=policy.default)
    return str(message.get_content())


def header(kept: Admitted, name: str) -> str:
    return str(message_from_bytes(kept.content, policy=policy.default)[name])


@pytest.mark.parametrize(
    ("content", "name"),
    [(an_email(files=FILES), "mail.eml"), (an_outlook_email(files=FILES), "mail.msg")],
    ids=["eml", "msg"],
)
def test_an_email_brings_its_attachments(content: bytes, name: str) -> None:
    kept = admit(content, name)

    assert kept.file_type is FileType.EMAIL
    assert [(one.name, one.file_type.value) for one in kept.attachments] == [
        ("plan.pdf", "pdf"),
        ("letter.docx", "docx"),
        ("note.odt", "odt"),
    ]
    assert kept.attachments[0].content == a_pdf()
    assert header(kept, "Subject") == "The plan"
    assert "midwife@example.test" in header(kept, "From")
    assert words_of(kept).startswith("See the plan.")
    assert "plan.pdf, letter.docx, note.odt" in words_of(kept)


def test_what_is_kept_of_an_email_holds_no_file_and_no_page() -> None:
    html = "<p>Dear Ann</p><script>steal()</script><img src='https://x.test/seen.gif'>"
    kept = admit(an_email(words="Dear Ann", html=html, files={"plan.pdf": a_pdf()}), "mail.eml")

    message = message_from_bytes(kept.content, policy=policy.default)
    assert message.get_content_type() == "text/plain"
    assert [word for word in ("script", "x.test", "%PDF") if word in words_of(kept)] == []


def test_of_a_page_the_words_are_kept() -> None:
    html = "<style>p{}</style><p>Dear&nbsp;Ann &amp; Bo</p><p>See <b>you</b> on<br>Monday</p>"
    mail = an_email(words="x", html=html).replace(b"text/plain", b"text/x-none")

    assert words_of(admit(mail, "mail.eml")).strip() == "Dear Ann & Bo\n\nSee you on\nMonday"


def test_where_the_plain_words_leave_something_out_the_pages_are_kept_too() -> None:
    """Many programs write one line for those who cannot see pages."""
    stub = an_email(words="Please view this in a browser.", html="<p>Court is on <b>Monday</b></p>")
    part = an_email(words="Court is on Monday", html="<p>Court is on Monday</p><p>Bring a bag</p>")
    whole = an_email(words="*Court* is on Monday", html="<p>Court is on <b>Monday</b></p>")

    said = [words_of(admit(mail, "mail.eml")).strip() for mail in (stub, part, whole)]

    assert said == [
        "Please view this in a browser.\n\nCourt is on Monday",
        "Court is on Monday\n\nBring a bag",
        "*Court* is on Monday",
    ]


def test_words_beside_a_picture_of_the_page_are_kept() -> None:
    """A page with its pictures is one part, made of parts."""
    message = EmailMessage()
    message["From"], message["Date"] = "a@example.test", "Wed, 4 Mar 2026 09:30:00 +0000"
    message.set_content("See the page.")
    message.add_alternative("<p>Court is on Monday</p>", subtype="html")
    page = message.get_payload()[1]
    page.add_related(taken("PNG"), "image", "png", cid="<logo>", filename="logo.png")

    kept = admit(message.as_bytes(), "mail.eml")

    assert "See the page.\n\nCourt is on Monday" in words_of(kept)
    assert [one.name for one in kept.attachments] == ["logo.png"]


INVITATION = """BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VTIMEZONE
TZID:GMT Standard Time
DTSTART:16010101T020000
END:VTIMEZONE
BEGIN:VEVENT
ORGANIZER;CN="Lee: Ann":mailto:ann@example.test
DTSTART;TZID=GMT Standard Time:20260304T093000
DTEND:20260304T103000Z
LOCATION:Family centre\\, room 2
SUMMARY:Core
  group
BEGIN:VALARM
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def invited(method: str = "REQUEST", calendar: str = INVITATION) -> bytes:
    message = EmailMessage()
    message["From"], message["Date"] = "a@example.test", "Wed, 4 Mar 2026 09:30:00 +0000"
    message.set_content("You are invited.")
    text = calendar.format(method=method)
    message.add_alternative(text, subtype="calendar")
    message.add_attachment(text, subtype="calendar", filename="invite.ics")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("method", "title"), [("REQUEST", "[Appointment]"), ("CANCEL", "[Cancelled]")]
)
def test_an_appointment_is_kept_in_words_once(method: str, title: str) -> None:
    assert words_of(admit(invited(method), "mail.eml")).strip().splitlines() == [
        "You are invited.",
        "",
        title,
        "Invited by: Lee: Ann <ann@example.test>",
        "From: 4 March 2026, 09:30 (GMT Standard Time)",
        "Until: 4 March 2026, 10:30 UTC",
        "Where: Family centre, room 2",
        "What: Core group",
    ]


def test_an_appointment_that_cannot_be_read_keeps_the_email_out() -> None:
    with pytest.raises(Refused, match="appointment in this email that cannot be read"):
        admit(invited(calendar="BEGIN:VCALENDAR\nEND:VCALENDAR\n"), "mail.eml")


@pytest.mark.parametrize(
    ("stream", "content"),
    [
        ("10130102", "<p>Dear Siân</p>".encode()),
        ("10130102", "<p>Dear Siân</p>".encode("cp1252")),
        ("1013001F", "<p>Dear Siân</p>".encode("utf-16-le")),
        ("1013001E", "<p>Dear Siân</p>".encode("cp1252")),
    ],
)
@pytest.mark.parametrize("words", ["", "Siân"])
def test_the_page_of_an_outlook_email_is_read_however_it_is_kept(
    stream: str, content: bytes, words: str
) -> None:
    message = a_message(words) | {f"__substg1.0_{stream}": content}

    assert words_of(admit(a_compound(message), "a.msg")).strip() == "Dear Siân"


def test_an_outlook_email_whose_words_cannot_be_read_is_refused_with_what_to_do() -> None:
    message = a_message("") | {"__substg1.0_10090102": b"LZFu" + bytes(60)}
    read = a_message("See you") | {"__substg1.0_10090102": b"LZFu" + bytes(60)}

    with pytest.raises(Refused, match="print it to a PDF, and add that"):
        admit(a_compound(message), "a.msg")
    assert words_of(admit(a_compound(read), "a.msg")).strip() == "See you"


def test_the_day_of_an_outlook_email_is_read_from_its_values() -> None:
    assert header(admit(an_outlook_email(), "a.msg"), "Date") == "Wed, 04 Mar 2026 09:30:00 +0000"


def test_an_email_inside_an_email_keeps_its_own_attachments() -> None:
    inner = a_message("Hello", {"inner.pdf": a_pdf()}, "Inner", is_inner=True)
    outlook = admit(an_outlook_email(files={"fwd": inner, "outer.pdf": a_pdf()}), "mail.msg")
    forwarded = an_email(files={"fwd.eml": an_email(files={"inner.pdf": a_pdf()})})
    plain = admit(forwarded, "mail.eml")

    for kept in (outlook, plain):
        (mail,) = [one for one in kept.attachments if one.file_type is FileType.EMAIL]
        assert [one.name for one in mail.attachments] == ["inner.pdf"]


def test_letters_of_other_tongues_stay_readable() -> None:
    kept = admit(an_outlook_email(words="Siân ❤", subject="Łódź – Siân"), "a.msg")

    assert (header(kept, "Subject"), words_of(kept).strip()) == ("Łódź – Siân", "Siân ❤")


def test_a_header_cannot_add_another() -> None:
    kept = admit(an_outlook_email(subject="Plan\r\nBcc: someone@x.test"), "a.msg")

    message = message_from_bytes(kept.content, policy=policy.default)
    assert message["Bcc"] is None


def test_the_attachment_that_cannot_be_kept_is_named() -> None:
    mail = an_email(files={"good.pdf": a_pdf(), "run me.exe": b"MZ" + bytes(99)})

    with pytest.raises(Refused) as refused:
        admit(mail, "mail.eml")

    assert refused.value.words == (
        "Nothing was saved, because of the attachment “run me.exe”. "
        "This kind of file cannot be kept. Add a PDF, a picture, a Word, Excel, PowerPoint or "
        "OpenDocument file, or an email. "
        "Save the other attachments on your device and add them one by one."
    )


def test_a_seal_of_the_message_is_no_attachment() -> None:
    mail = an_email(files={"smime.p7s": b"seal"})
    mail = mail.replace(b"application/octet-stream", b"application/pkcs7-signature")

    assert admit(mail, "mail.eml").attachments == ()
