"""How the clerks of the small internet read letters, whatever arrives, and what the platforms are called."""

import hashlib
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.range.mailbox import PostOffice, _address, named_in, read_letter
from zhengben.range.platforms import PLATFORMS, all_platforms
from zhengben.range.scenario import ScenarioError, parse_scenario

START = "start = 2026-01-01T00:00:00+08:00\n"


def letter(body: str = "请处理", **headers: str) -> bytes:
    """Write a letter; headers by name, `_` for `-`."""
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body, cte="base64")
    return bytes(message)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("hxxp://a[.]cn/x", "http://a.cn/x"),
        ("hXXps://A(.)CN", "https://a.cn"),
        ("HXXP://a.cn", "http://a.cn"),
        ("a[.]b[.]c[.]cn", "a.b.c.cn"),
        ("http://a.cn", "http://a.cn"),
        ("微粒贷[.]中国", "微粒贷.中国"),
        ("[a]", "[a]"),
        ("", ""),
    ],
)
def test_what_careful_writers_break_is_put_right(written: str, read: str) -> None:
    assert named_in(written) == read


@given(st.text(max_size=60))
def test_putting_right_twice_changes_nothing_more(text: str) -> None:
    once = named_in(text)
    assert named_in(once.replace("[.]", ".").replace("(.)", ".")) == named_in(once)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("a@b.cn", "a@b.cn"),
        (" a@b.cn ", "a@b.cn"),
        ("品牌保护 <a@b.cn>", "a@b.cn"),
        ('"x, y" <a@b.cn>, <c@d.cn>', "a@b.cn"),
        ("<>", "<>"),
        ("", ""),
    ],
)
def test_an_address_is_found_in_how_people_write_it(written: str, plain: str) -> None:
    assert _address(written) == plain


def test_a_letter_without_a_reply_address_is_answered_to_its_sender() -> None:
    assert read_letter(letter(From="a@x.cn"), "b@y.cn").reply_to == "a@x.cn"
    assert read_letter(letter(From="a@x.cn", Reply_To="r@x.cn"), "b@y.cn").reply_to == "r@x.cn"


def test_the_subject_is_part_of_what_a_clerk_reads() -> None:
    assert read_letter(letter(Subject="投诉 wei1idai.cn"), "b@y.cn").text.startswith("投诉 wei1idai.cn\n")


def test_the_digest_is_of_the_words_and_not_of_the_envelope() -> None:
    one = read_letter(letter("同样的话", From="a@x.cn", Message_ID="<1@x>"), "b@y.cn")
    two = read_letter(letter("同样的话", From="c@x.cn", Message_ID="<2@x>"), "d@y.cn")
    other = read_letter(letter("别的话"), "b@y.cn")
    assert one.digest == two.digest != other.digest
    assert one.digest == hashlib.sha256("同样的话\n".encode()).hexdigest()


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii"])
def test_a_plain_part_is_read_whatever_its_label(charset: str) -> None:
    raw = f"Content-Type: text/plain; charset={charset}\n\nsee http://a.cn/".encode()
    assert "http://a.cn/" in read_letter(raw, "b@y.cn").text


@given(st.binary(max_size=300), st.text(max_size=20))
def test_no_bytes_stop_the_clerk(raw: bytes, recipient: str) -> None:
    read = read_letter(raw, recipient)
    assert read.to == recipient.lower()
    assert len(read.digest) == 64


def test_an_office_that_is_not_open_has_no_place_and_closes_without_harm() -> None:
    office = PostOffice(lambda _: "250 OK")
    with pytest.raises(RuntimeError, match="not open; enter the world first"):
        _ = office.place
    office.close()


def test_no_two_platforms_share_a_host() -> None:
    hosts = [platform.host for platform in all_platforms()]
    assert len(hosts) == len(set(hosts)) == sum(map(len, PLATFORMS.values()))
    assert len({platform.name for platform in all_platforms()}) == len(hosts)


def test_complaints_go_to_the_domain_of_the_platform() -> None:
    for platform in all_platforms():
        local, _, domain = platform.mailbox.partition("@")
        assert local == "jubao"
        assert platform.host.endswith(f".{domain}")
        assert domain.count(".") >= 1


# --- scenarios of chance --------------------------------------------------------------------------------------------

VALUES = st.one_of(st.integers(-5, 4000), st.booleans(), st.text("abc", max_size=3), st.floats(allow_nan=False))
KEYS = st.sampled_from(["days", "noise_hosts", "browser_sample", "reports_each", "name", "impostors", "typo"])


def toml(value: object) -> str:
    """Write one value as TOML does."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else repr(value)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_a_scenario_runs_or_says_in_one_line_what_to_change(table: dict[str, object]) -> None:
    text = START + "".join(f"{key} = {toml(value)}\n" for key, value in table.items())
    said = ""
    try:
        scenario = parse_scenario(text, "mine.toml")
    except ScenarioError as error:
        said = str(error)
    if said:
        assert said.startswith("mine.toml")
        assert "\n" not in said
        return
    assert 1 <= scenario.days <= 3660
    assert min(scenario.noise_hosts, scenario.browser_sample, scenario.reports_each) >= 0
    assert "typo" not in table


def test_what_is_not_said_has_a_sound_default() -> None:
    scenario = parse_scenario(START + "days = 1\n")
    assert (scenario.tempers, scenario.cloaks) == ({"prompt": 1}, {"none": 1})
    assert (scenario.noise_hosts, scenario.browser_sample, scenario.reports_each) == (0, 0, 1)
    assert (scenario.impostors, scenario.decoys) == ({}, {})


def test_brackets_without_end_are_told_and_do_not_fill_the_stack() -> None:
    with pytest.raises(ScenarioError, match="is not TOML"):
        parse_scenario("x = " + "[" * 20_000, "mine.toml")
