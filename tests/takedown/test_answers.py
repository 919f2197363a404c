"""Answers: what addressees write, tied to its notice, read under limits, and never believed more than it says."""

import tracemalloc
from collections.abc import Callable
from dataclasses import fields
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.notice import NOTICE
from zhengben.locale.words import LANGUAGES, say
from zhengben.takedown.answers import BYTES, KINDS, PARTS, TEXT, VERBS, Answer, read_answer
from zhengben.takedown.postmark import Postmark

KEY = "ZB-2026-0001.0.host.0123456789"
POST = Postmark("replies.brand.example", b"a secret of the tests")
Mail = Callable[..., bytes]


def mail(body: str, subject: str = "Re: 【侵权通知】（ZB-2026-0001）", html: str = "", **headers: str) -> bytes:
    """Write an answer as a mail program would."""
    message = EmailMessage(policy=SMTP)
    told = {
        "From": "abuse@host.example",
        "To": POST.return_path(KEY),
        "Message-ID": "<a1@host.example>",
        "In_Reply_To": POST.message_id(KEY),
    }
    message["Subject"] = subject
    for name, value in (told | headers).items():
        if value:
            message[name.replace("_", "-")] = value
    if body:
        message.set_content(body, cte="base64")
    if html:
        message.add_alternative(html, subtype="html") if body else message.set_content(html, subtype="html")
    return message.as_bytes()


ANSWERS = {
    "acknowledged": [
        "您好，您的投诉已收到，工单编号 20261122001，我们将在3个工作日内核实处理。",
        "已受理，案件号88112，请等待审核结果。",
        "感谢反馈，您的举报材料我们已收到，正在安排专人跟进。",
        "This is an automated confirmation. Your report has been received. Ticket #4711.",
        "Thank you for your report. We have received it and will review it shortly. It will be removed if it violates.",
        "已收到贵方通知，如需补充材料将另行通知。",
        "您的投诉已受理，若核实侵权，该应用将被下架。",
        "我们已收到您的来信，该链接尚未下架，正在核查。",
    ],
    "needs_information": [
        "您好，经初审，您提交的材料缺少权利人的授权证明，请补充商标注册证复印件及授权委托书后重新提交。",
        "请补充具体侵权链接及截图，并说明权属关系，否则无法继续处理。",
        "We need more information: please provide proof of ownership and the exact URL before we can proceed.",
        "材料不全，已退回。请上传营业执照。",
        "Hello, your complaint is incomplete. Please attach the trademark certificate.",
        "已收到您的投诉。请提供权利人的营业执照和授权委托书。",
    ],
    "refused": [
        "您好，经核实，您所投诉的内容不属于我司管辖范围，建议联系内容发布者。",
        "经审核，投诉理由不成立，我司不予处理，特此告知。",
        "We have reviewed your complaint and will not be taking action at this time.",
        "This domain is not hosted by us.",
        "您的投诉已被驳回。",
        "The content does not violate our terms of service.",
    ],
    "action_reported": [
        "您好，您投诉的内容经核实已作下架处理，感谢您的监督。",
        "已对相关链接进行关停，请知悉。",
        "涉事账号/页面已处置完毕，感谢配合。",
        "The reported content has been removed. This ticket is now closed.",
        "We have suspended the domain name and placed it on client hold.",
        "已收到贵方通知，经核实，该应用已下架。如需其他帮助，请提供工单号。",
        "该域名已停止解析。",
        "The account has been terminated. If you need further information, please provide the ticket number.",
    ],
    "counter_notice": [
        "被投诉方提交了不侵权声明：该名称为我方自主使用，与贵方商标不构成混淆。依法转送贵方，请在收到后十五日内投诉或起诉。",
        "We have received a counter-notice from the user, forwarded below.",
        "被投诉人申诉，认为不构成侵权，材料附后。",
    ],
    "unknown": [
        "您好",
        "Please see attached.",
        "部分链接已删除，其余链接不予处理。",
        "The site will be removed tomorrow.",
        "该应用尚未下架。",
        "请问贵公司是否仍需要我们的推广服务？",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "body"), [(kind, body) for kind, bodies in ANSWERS.items() for body in bodies])
def test_what_answers_mean(kind: str, body: str) -> None:
    assert read_answer(mail(body), POST).kind == kind
    page = f"<html><head><style>已删除</style></head><body><p>{body}</p><script>has been removed</script></body></html>"
    assert read_answer(mail("", html=page), POST).kind == kind


def test_every_meaning_moves_a_notice_or_none_and_has_words() -> None:
    assert set(VERBS.values()) <= set(NOTICE.verbs("sent"))
    assert set(VERBS) == set(KINDS) - {"auto_reply", "unknown"}
    assert all(say(f"answer.kind.{kind}", language) for kind in KINDS for language in LANGUAGES)
    assert read_answer(mail("该应用已下架。"), POST).verb == "report_action"
    assert read_answer(mail("您好"), POST).verb == ""


@pytest.mark.parametrize(
    "quoted",
    [
        "\n\n> 请停止为该地址提供服务，或删除该内容。已删除、已下架。",
        "\n\n-----原始邮件-----\n已删除 已下架",
        "\n\n在 2026年11月22日，品牌保护 写道：\n已删除 已下架",
        "\n\nOn Sun, Nov 22, 2026, Brand wrote:\nthe content has been removed",
        "\n\n发件人：brand@brand.example\n已下架",
        "\n\nFrom: brand@brand.example\nhas been removed",
    ],
)
def test_our_own_words_quoted_back_are_no_answer(quoted: str) -> None:
    assert read_answer(mail("您好，您的投诉已收到。" + quoted), POST).kind == "acknowledged"


def test_an_answer_is_tied_by_its_address_or_its_thread() -> None:
    assert read_answer(mail("x"), POST, keys=[KEY]).notice_key == KEY
    thread = read_answer(mail("x", To="brand@brand.example"), POST)
    assert (thread.notice_key, thread.tied_by) == (KEY, "in_reply_to")
    referred = read_answer(
        mail("x", To="b@b.example", In_Reply_To="", References=f"<z@y> {POST.message_id(KEY)}"), POST
    )
    assert referred.notice_key == KEY
    envelope = read_answer(mail("x", To="", In_Reply_To=""), POST, recipients=[POST.return_path("short")])
    assert (envelope.notice_key, envelope.tied_by) == ("short", "return_path")


def test_a_case_number_alone_ties_nothing() -> None:
    """Anybody can write a number into a subject."""
    told = read_answer(mail("该应用已下架", To="brand@brand.example", In_Reply_To=""), POST)
    assert (told.notice_key, told.tied_by, told.case) == ("", "subject", "ZB-2026-0001")


def test_a_forged_thread_ties_nothing() -> None:
    forged = Postmark(POST.domain, b"guess").message_id(KEY)
    assert read_answer(mail("已下架", To="b@b.example", In_Reply_To=forged), POST).notice_key == ""


def bounce(status: str, action: str = "failed", original: str = "") -> bytes:
    return (
        "From: MAILER-DAEMON@host.example\r\nTo: x@replies.brand.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry, the mailbox has been removed.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.host.example\r\n\r\n"
        f"Final-Recipient: rfc822; abuse@host.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {original}\r\n\r\n--b--\r\n"
    ).encode()


def test_a_bounce_is_a_bounce_and_says_whose() -> None:
    told = read_answer(bounce("5.1.1", original=POST.message_id(KEY)), POST)
    assert (told.kind, told.notice_key) == ("bounce", KEY)
    assert (
        read_answer(mail("unknown user", From="postmaster@host.example", subject="Mail delivery failed"), POST).kind
        == "bounce"
    )


def test_a_delay_is_no_bounce() -> None:
    assert read_answer(bounce("4.4.1", "delayed"), POST).kind != "bounce"


@pytest.mark.parametrize(
    ("body", "subject", "headers"),
    [
        ("我正在休假，11月30日回来。", "自动回复：通知", {"Auto_Submitted": "auto-replied"}),
        ("I am out of office. Your report has been received by nobody.", "Automatic reply", {}),
        ("本邮箱无人值守。", "Re", {"X_Autoreply": "yes"}),
        ("hello", "Re", {"Precedence": "bulk"}),
    ],
)
def test_machines_that_only_say_hello_are_automatic(body: str, subject: str, headers: dict[str, str]) -> None:
    assert read_answer(mail(body, subject=subject, **headers), POST).kind == "auto_reply"


def test_a_machine_that_says_more_is_heard() -> None:
    assert read_answer(mail("您的投诉已受理，工单号 7", Auto_Submitted="auto-replied"), POST).kind == "acknowledged"


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "big5", "utf-8", "utf-16", "nonsense-8"])
def test_chinese_charsets_are_read(charset: str) -> None:
    text = "該內容已刪除" if charset == "big5" else "该应用已下架"
    codec = {"nonsense-8": "utf-8", "utf-16": "utf-8"}.get(charset, charset)
    head = f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\n"
    raw = f"{head}Content-Transfer-Encoding: 8bit\r\n\r\n".encode() + text.encode(codec)
    assert text in read_answer(raw, POST).text


def test_attachments_are_named_and_never_opened() -> None:
    message = EmailMessage(policy=SMTP)
    message["From"] = "a@b.example"
    message.set_content("材料见附件")
    message.add_attachment(b"\0" * 100, maintype="application", subtype="zip", filename="../../反通知\r\n.zip")
    message.add_attachment("该应用已下架", filename="claim.txt")
    told = read_answer(message.as_bytes(), POST)
    assert told.kind == "unknown"
    assert len(told.attachments) == 2
    assert all("\n" not in name for name in told.attachments)


def nested(depth: int) -> bytes:
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))
    return b"From: a@b.example\r\n" + parts + b"Content-Type: text/plain\r\n\r\nhello\r\n"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (nested(5000), "nested parts"),
        (b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" * 2000, "nested parts"),
        (b"X: y\r\n" * 20_000 + b"\r\nhello", "bytes of headers"),
        (b"Subject: " + b"a" * 100_000 + b"\r\n\r\nhello", "bytes of headers"),
        (bytes(BYTES + 1), "larger than"),
        (
            b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\nX: y\r\n\r\nx\r\n" * 5000,
            f"more than {PARTS} parts",
        ),
    ],
    ids=["deep multiparts", "deep messages", "many headers", "long header", "too large", "many parts"],
)  # fmt: skip
def test_bombs_are_left_to_a_person(raw: bytes, problem: str) -> None:
    told = read_answer(raw, POST, recipients=[POST.return_path("short")])
    assert any(problem in one for one in told.problems)
    assert told.notice_key == "short"


def test_reading_stays_small() -> None:
    heavy = mail("已下架" * 400_000, html="<p>" * 200_000)
    tracemalloc.start()
    told = read_answer(heavy, POST)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(told.text) == TEXT
    assert "text was cut" in told.problems
    assert peak < 12 * len(heavy)


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"Subject: ", b"Content-Type: ", b"From: =?utf-8?b?", b"Message-ID: <"]),
)
def test_nothing_makes_it_stumble(junk: bytes, start: bytes) -> None:
    told = read_answer(start + junk, POST)
    assert told.kind in KINDS
    for item in fields(Answer):
        str(getattr(told, item.name)).encode("utf-8", "replace")


@pytest.mark.parametrize(
    "header",
    [
        b"From: =?utf-8?q?=?= <a@b", b"From: @@@<<<>>>", b"To: " + b"(" * 3000,
        b"Content-Type: text/plain; charset=\xff",
        b"Content-Type: multipart/mixed", b"Content-Disposition: attachment; filename*0*=''%", b"Date: yesterday",
        b"Subject: =?gb2312?b?\xff\xff?=", b"Content-Type: text/plain; name*=a'b'c", b"Message-ID: <a@[b]>",
    ],
)  # fmt: skip
def test_headers_the_parser_chokes_on_do_not_stop_it(header: bytes) -> None:
    told = read_answer(
        header + b"\r\nIn-Reply-To: " + POST.message_id(KEY).encode() + b"\r\n\r\n" + "已下架".encode(), POST
    )
    assert told.notice_key in {KEY, ""}
    assert told.kind in KINDS
