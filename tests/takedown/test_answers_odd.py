"""Replies as they really come, and always tied to their notice where they can be.

Every Chinese encoding, labelled rightly, wrongly or not at all; bounces of every make; automatic replies; HTML alone;
broken MIME.
"""

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.takedown.answers import BYTES, KINDS, read_answer
from zhengben.takedown.postmark import Postmark
from zhengben.takedown.visible import decode

KEY = "2026-0001.0.email.host.0123456789"
POST = Postmark("replies.brand.example", b"a secret of the tests")
SAID = "您好，您投诉的内容经核实，已下架处理。"
HEADERS = f"From: abuse@host.example\r\nTo: {POST.return_path(KEY)}\r\nMessage-ID: <1@host.example>\r\n"


def raw(body: bytes, content_type: str = "", more: str = "", encoding: str = "8bit") -> bytes:
    """Write a message byte by byte, as no mail program would let one."""
    told = f"Content-Type: {content_type}\r\n" if content_type else ""
    return f"{HEADERS}{more}{told}Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("utf-8", "utf-8"), ("utf-8", "UTF8"), ("utf-8", '"utf-8"'), ("gbk", "gb2312"), ("gbk", "GBK"),
        ("gb18030", "gb18030"), ("gbk", "cp936"), ("gbk", "x-gbk"), ("gbk", "GB_2312-80"), ("hz", "hz-gb-2312"),
        ("utf-16", "utf-16"), ("utf-16-le", "utf-16le"), ("utf-16-be", "utf-16be"),
        ("gbk", "us-ascii"),  # what a Perl script of 2003 calls it
        ("gbk", "unknown-8bit"), ("gbk", "x-user-defined"), ("gbk", ""), ("utf-8", ""), ("utf-8", "us-ascii"),
    ],
)  # fmt: skip
def test_every_encoding_of_chinese_is_read(codec: str, label: str) -> None:
    kind = f"text/plain; charset={label}" if label else "text/plain"
    answer = read_answer(raw(SAID.encode(codec), kind), POST)
    assert (answer.kind, answer.text.strip(), answer.notice_key) == ("action_reported", SAID, KEY)


@pytest.mark.parametrize("label", ["big5", "Big5-HKSCS", "cp950", "x-x-big5"])
def test_traditional_characters_are_read(label: str) -> None:
    said = "您好，您投訴的內容經核實，已下架處理。"
    answer = read_answer(raw(said.encode("big5"), f"text/plain; charset={label}"), POST)
    assert answer.text.strip() == said


def test_no_content_type_at_all() -> None:
    assert read_answer(raw(SAID.encode("gbk")), POST).kind == "action_reported"


@pytest.mark.parametrize("rare", ["镕", "囍", "㊣", "€"])
def test_characters_beyond_gb2312_under_its_label(rare: str) -> None:
    said = f"经办人朱{rare}：已下架。"
    answer = read_answer(raw(said.encode("gb18030"), "text/plain; charset=gb2312"), POST)
    assert said in answer.text


def test_characters_beyond_the_basic_plane() -> None:
    said = "经办人𠮷野：已下架。"  # 𠮷 is U+20BB7: four bytes in GB 18030
    assert said in read_answer(raw(said.encode("gb18030"), "text/plain; charset=gb18030"), POST).text


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", "utf-8", "big5"])
def test_a_subject_in_any_label_is_read(label: str) -> None:
    said = "回复：案件已处理" if label != "big5" else "回覆：案件已處理"
    body = said.encode({"gb2312": "gbk"}.get(label, label))
    encoded = "".join(f"={byte:02X}" for byte in body)
    answer = read_answer(raw(b"x", more=f"Subject: =?{label}?Q?{encoded}?=\r\n"), POST)
    assert answer.subject == said


def test_a_subject_labelled_gb2312_with_a_character_it_lacks() -> None:
    encoded = "".join(f"={byte:02X}" for byte in "经办人朱镕".encode("gbk"))
    answer = read_answer(raw(b"x", more=f"Subject: =?gb2312?Q?{encoded}?=\r\n"), POST)
    assert answer.subject == "经办人朱镕"


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_a_subject_in_bare_bytes_is_read(codec: str) -> None:
    head, _, rest = raw(b"x").partition(b"\r\n")
    message = head + b"\r\nSubject: " + "回复：案件已处理".encode(codec) + b"\r\n" + rest
    answer = read_answer(message, POST)
    assert answer.subject == "回复：案件已处理"
    assert answer.notice_key == KEY


HTML = f"""<html><head><style>p {{color: red}}</style><title>x</title></head><body><p>{SAID}</p>
<div style="display:none">hidden</div><script>alert('没有违规')</script></body></html>"""


@pytest.mark.parametrize(("codec", "label"), [("utf-8", "utf-8"), ("gbk", "gb2312"), ("gbk", "")])
def test_html_alone_is_read_for_what_it_shows(codec: str, label: str) -> None:
    kind = f"text/html; charset={label}" if label else "text/html"
    answer = read_answer(raw(HTML.encode(codec), kind), POST)
    assert answer.kind == "action_reported"
    assert SAID in answer.text
    assert "没有违规" not in answer.text


def test_an_empty_plain_part_beside_html_does_not_hide_it() -> None:
    message = EmailMessage(policy=SMTP)
    message["To"] = POST.return_path(KEY)
    message.set_content("\n  \n")
    message.add_alternative(HTML, subtype="html")
    assert read_answer(message.as_bytes(), POST).kind == "action_reported"


def _dsn(status: str, original: str, to: str = POST.return_path(KEY)) -> bytes:
    return f"""From: MAILER-DAEMON@mx.host.example\r
To: {to}\r
Subject: Undelivered Mail Returned to Sender\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r
\r
--b\r
Content-Type: text/plain; charset=us-ascii\r
\r
I'm sorry to have to inform you that your message could not be delivered.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.host.example\r
\r
Final-Recipient: rfc822; abuse@host.example\r
Action: failed\r
Status: {status}\r
\r
--b\r
{original}\r
--b--\r
""".encode()


WHOLE = f"Content-Type: message/rfc822\r\n\r\nMessage-ID: {POST.message_id(KEY)}\r\nSubject: x\r\n\r\nbody"
HEAD = f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {POST.message_id(KEY)}\r\nSubject: x"


@pytest.mark.parametrize("original", [WHOLE, HEAD], ids=["whole", "headers"])
@pytest.mark.parametrize("to", [POST.return_path(KEY), "brand@brand.example"], ids=["verp", "role mailbox"])
def test_a_bounce_finds_its_letter_by_its_address_or_by_what_it_returns(original: str, to: str) -> None:
    answer = read_answer(_dsn("5.1.1", original, to), POST)
    assert (answer.kind, answer.notice_key) == ("bounce", KEY)


@pytest.mark.parametrize(("status", "kind"), [("5.1.1", "bounce"), ("5.7.26", "bounce"), ("5.2.2", "bounce")])
def test_final_failures_are_bounces(status: str, kind: str) -> None:
    assert read_answer(_dsn(status, HEAD), POST).kind == kind


@pytest.mark.parametrize("status", ["4.4.1", "4.2.2", "2.0.0"])
def test_a_delay_or_a_success_is_no_bounce(status: str) -> None:
    assert read_answer(_dsn(status, HEAD), POST).kind != "bounce"


@pytest.mark.parametrize(
    ("subject", "sender"),
    [
        ("failure notice", "MAILER-DAEMON@mx.host.example"),
        ("Mail delivery failed: returning message to sender", "postmaster@h.cn"),
        ("系统退信", "postmaster@host.cn"), ("退信通知", "MAILER-DAEMON@host.cn"),
        ("Undeliverable: 【侵权通知】", "postmaster@outlook.example"),
    ],
)  # fmt: skip
def test_bounces_that_follow_no_standard_are_known_by_sender_and_subject(subject: str, sender: str) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, POST.return_path(KEY), subject
    message.set_content("Hi. This is the qmail-send program. <abuse@host.example>: user unknown")
    answer = read_answer(message.as_bytes(), POST)
    assert (answer.kind, answer.notice_key) == ("bounce", KEY)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("I am out of office until Monday.", {"Auto-Submitted": "auto-replied"}),
        ("我正在休假，如有急事请联系同事。", {"X-Autoreply": "yes"}),
        ("自动回复：我暂时无法回复您的邮件。", {"Precedence": "bulk"}),
        ("Thank you. I am on vacation with limited access to email.", {"X-Auto-Response-Suppress": "All"}),
        ("国庆假期期间暂时无法回复。", {"Subject": "自动回复: 侵权通知"}),
    ],
)
def test_who_is_away_has_not_answered(body: str, headers: dict[str, str]) -> None:
    message = EmailMessage(policy=SMTP)
    message["To"] = POST.return_path(KEY)
    for name, value in headers.items():
        message[name] = value
    message.set_content(body, charset="utf-8")
    answer = read_answer(message.as_bytes(), POST)
    assert (answer.kind, answer.verb, answer.notice_key) == ("auto_reply", "", KEY)


BROKEN = {
    "no blank line": HEADERS.encode(),
    "nothing": b"",
    "only a newline": b"\r\n",
    "no end of a boundary": raw(b"--b\r\nContent-Type: text/plain\r\n\r\nhello", 'multipart/mixed; boundary="b"'),
    "a boundary that never comes": raw(b"hello", 'multipart/mixed; boundary="never"'),
    "no boundary": raw(b"hello", "multipart/mixed"),
    "bad base64": raw(b"!!!not base64!!!", "text/plain", encoding="base64"),
    "bad quoted-printable": raw(b"=ZZ=", "text/plain", encoding="quoted-printable"),
    "an encoding nobody knows": raw(b"hello", "text/plain", encoding="x-uuencode"),
    "a content type of rubbish": raw(b"hello", "\x00///;;;=="),
    "NUL bytes": raw(b"a\x00b\x00", "text/plain"),
    "headers twice": (HEADERS + HEADERS).encode() + b"\r\nhello",
    "a folded header without end": b"Subject: a" + b"\r\n b" * 500 + b"\r\n" + raw(b"hello"),
    "bare carriage returns": raw(b"hello").replace(b"\r\n", b"\r"),
    "bare newlines": raw(SAID.encode()).replace(b"\r\n", b"\n"),
    "a date of rubbish": b"Date: yesterday, perhaps\r\n" + raw(b"hello"),
    "an address of rubbish": raw(b"hello").replace(b"From: abuse@host.example", b'From: "<>@@,,;:"<'),
    "a message inside a message": raw(b"Subject: in\r\n\r\nhello", "message/rfc822"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_mime_never_stumbles(name: str) -> None:
    answer = read_answer(BROKEN[name], POST, [POST.return_path(KEY)])
    assert answer.kind in KINDS
    assert answer.notice_key == KEY  # the envelope ties it, whatever its content is


def test_more_than_is_read_is_tied_by_its_envelope_and_left_to_a_person() -> None:
    answer = read_answer(raw(b"a" * (BYTES + 1)), POST, [POST.return_path(KEY)])
    assert (answer.kind, answer.notice_key) == ("unknown", KEY)
    assert "larger than" in answer.problems[0]


@given(st.text(min_size=1, max_size=200), st.sampled_from(["utf-8", "gb18030"]))
def test_whatever_is_written_in_a_known_code_comes_back(said: str, codec: str) -> None:
    try:
        body = said.encode(codec)
    except UnicodeEncodeError:  # a lone surrogate
        return
    assert decode(body, f"text/plain; charset={codec}") == said


@given(st.binary(max_size=400), st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", max_size=12))
def test_no_bytes_and_no_label_raise(body: bytes, label: str) -> None:
    assert isinstance(decode(body, f"text/plain; charset={label}"), str)


def test_a_cut_in_the_middle_of_a_character_does_not_change_the_code() -> None:
    for codec in ("utf-8", "gb18030"):
        for said in ("微粒贷" * 50, "微" * 50, "联通" * 50):
            assert decode(said.encode(codec)[:-1])[:98] == said[:98] if len(said) > 98 else said[:-1]


def test_other_alphabets_without_a_label_stay_what_they_are() -> None:
    for said in ("Ihre Beschwerde wurde geprüft: gelöscht.", "Содержимое удалено.", "El contenido fue eliminado aquí"):
        assert decode(said.encode()) == said
