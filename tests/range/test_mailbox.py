"""Letters are read as a clerk reads them."""

from email.message import EmailMessage

from zhengben.range.mailbox import named_in, read_letter


def _letter() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "a@x.cn", "abuse@y.cn"
    message["Subject"], message["Message-ID"] = "投诉", "<1@x.cn>"
    message["Reply-To"] = "z@x.cn"
    message.set_content("请处理 hxxp://wei1idai[.]cn/a", cte="base64")
    message.add_attachment(b'{"source": "http://b.cn/"}', maintype="application", subtype="json", filename="r.json")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="p.png")
    return bytes(message)


def test_text_and_json_are_read_pictures_are_not() -> None:
    letter = read_letter(_letter(), "Abuse@y.cn")
    assert (letter.to, letter.message_id, letter.reply_to) == ("abuse@y.cn", "<1@x.cn>", "z@x.cn")
    assert "http://b.cn/" in letter.text
    assert "PNG" not in letter.text


def test_broken_addresses_are_put_right() -> None:
    assert "http://wei1idai.cn/a" in named_in(read_letter(_letter(), "abuse@y.cn").text)


def test_a_letter_that_is_no_letter_is_read_all_the_same() -> None:
    assert read_letter(b"\xff\xfe\x00junk", "a@b.cn").message_id == ""
