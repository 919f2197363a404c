"""What a page says is in the reader's language and whole: troubles, lines set aside, errors of a form."""

import pytest
from django.template import Context

from desk import Desk, text
from zhengben.console.templatetags.words import say_aside, say_code, say_event, say_trouble, words
from zhengben.flow.answers import FOR_PEOPLE
from zhengben.flow.recheck import LOOK_BY_HAND
from zhengben.flow.send import FILE_BY_HAND, MAYBE_SENT
from zhengben.flow.withdraw import TELL
from zhengben.locale.words import LANGUAGES

CHINESE, ENGLISH = Context({"language": "zh"}), Context({"language": "en"})


@pytest.mark.parametrize("code", [LOOK_BY_HAND, FILE_BY_HAND, MAYBE_SENT, TELL, "stopped", *sorted(FOR_PEOPLE)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_holds_a_row_has_words(code: str, language: str) -> None:
    told = say_trouble(Context({"language": language}), code)
    assert told != code
    assert "_" not in told


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        ("case 2026-0002: nobody saw the target whole; look again while it is up",
         "案件 2026-0002：还没有人完整看到过目标；请趁它还在时再看一次"),
        ("mail server mx.cn:25 cannot be reached (Connection refused); the letter to a@b.cn waits and is tried again",
         "邮件服务器 mx.cn:25 连不上（连接被拒绝）；致 a@b.cn 的信先留着，稍后再试"),
        ("mail server mx.bank.example:25 refuses a@b.cn: 550 no such user",
         "邮件服务器 mx.bank.example:25 不接受 a@b.cn：550 no such user"),
        ("something. Nobody wrote words for this.", "something. Nobody wrote words for this."),
    ],
)  # fmt: skip
def test_an_error_that_holds_a_row_is_told_whole_and_in_chinese(trouble: str, told: str) -> None:
    assert say_trouble(CHINESE, trouble) == told
    assert say_trouble(ENGLISH, trouble) == trouble
    assert told in say_event(CHINESE, "case_needs_human", {"trouble": trouble})


def test_a_code_in_the_timeline_is_said_in_words() -> None:
    told = say_event(CHINESE, "notice_needs_human", {"trouble": MAYBE_SENT, "to": "主机商"})
    assert MAYBE_SENT not in told
    assert "主机商" in told


@pytest.mark.parametrize(
    ("why", "zh", "en"),
    [
        ("missing locator", "缺少字段：“locator”", "missing field: “locator”"),
        ("kind spaceship", "线索种类不认识：“spaceship”", "unknown kind of lead: “spaceship”"),
        ("seen_at yesterday at noon", "时间无法读取或没有时区：“yesterday at noon”",
         "unreadable time, or no time zone: “yesterday at noon”"),
        ("not_json", "不是 JSON", "not JSON"),
        ("an old record's words", "an old record's words", "an old record's words"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_why_a_line_was_set_aside_is_said_with_what_it_is_about(why: str, zh: str, en: str) -> None:
    assert (say_aside(CHINESE, why), say_aside(ENGLISH, why)) == (zh, en)


def test_a_code_without_words_is_shown_whole() -> None:
    assert say_code(CHINESE, "trouble", "Connection to smtp.bank.example. Refused.") == (
        "Connection to smtp.bank.example. Refused."
    )
    assert words("nothing.like_this", "zh") == "like_this"


@pytest.mark.parametrize("record", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/sources/", {"kind": "watched_folder", "name": "x", "path": "not/there"}),
        ("/brands/weilidai/renew/", {"number": "1"}),
        ("/leads/add/", {"kind": "url", "locator": " "}),
    ],
)
def test_what_is_wrong_with_a_form_is_told_in_full_in_both_languages(
    desk: Desk, path: str, form: dict[str, str]
) -> None:
    browser = desk.person("陈思")
    for language in LANGUAGES:
        browser.cookies["language"] = language
        page = browser.post(path, form)
        assert page.status_code == 422
        said = page.content.decode().partition('role="alert">')[2].partition("<")[0]
        assert len(said) > 12, (language, text(page))
