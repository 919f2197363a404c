"""Normal forms of addresses and names: what a person takes for one thing has one key, and two things have two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.brand import Brand, Channel, Names
from zhengben.core.lead import KINDS
from zhengben.detect.official_domain import own_host
from zhengben.flow.official import official
from zhengben.store.keys import LONGEST, case_key, host_of, target_key

LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,12}[a-z0-9])?", fullmatch=True)
HOST = st.lists(LABEL, min_size=2, max_size=4).map(".".join).filter(lambda host: not host.replace(".", "").isdigit())
PATH = st.lists(st.from_regex(r"[A-Za-z0-9_~-]{1,8}", fullmatch=True), max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)
QUERY = st.from_regex(r"[a-z]=[0-9]{1,3}", fullmatch=True) | st.just("")


@given(HOST, PATH, QUERY, st.sampled_from(["http", "https"]))
def test_case_port_part_and_blanks_make_no_other_address(host: str, path: str, query: str, scheme: str) -> None:
    tail = f"{path}?{query}" if query else path
    key = target_key("url", f"{scheme}://{host}{tail}")
    port = {"http": 80, "https": 443}[scheme]
    for same in (
        f"{scheme.upper()}://{host.upper()}{tail}", f"{scheme}://{host}:{port}{tail}", f"{scheme}://{host}.{tail}",
        f"  {scheme}://{host}{tail}\n", f"{scheme}://{host}{tail}#part", f"{scheme}://somebody@{host}{tail}",
    ):  # fmt: skip
        assert target_key("url", same) == key


@given(HOST, PATH, QUERY)
def test_another_path_port_scheme_or_query_is_another_address(host: str, path: str, query: str) -> None:
    plain = f"https://{host}{path}"
    others = {
        f"{plain}x",
        f"https://{host}:8443{path}",
        f"http://{host}{path}",
        f"{plain}?q=1{query}",
        f"https://a.{host}{path}",
    }
    keys = {target_key("url", other) for other in others}
    assert len(keys) == len(others)
    assert target_key("url", plain) not in keys


@given(st.sampled_from(["domain", "url", "app_listing", "post", "account", "poi", "company"]), st.text(max_size=80))
def test_the_key_of_a_key_is_the_key(kind: str, text: str) -> None:
    once = target_key(kind, text)
    assert target_key(kind, once) == once


@given(HOST)
def test_a_host_is_one_host_as_a_lead_as_a_case_and_at_the_gate(host: str) -> None:
    key = target_key("domain", host.upper() + ".")
    assert key == host
    assert host_of("domain", f" {host}. ") == host_of("url", f"https://{host}:8443/a?b#c") == host
    assert case_key("domain", host, host_accused=True) == case_key("url", f"https://{host}/", host_accused=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("微粒贷.中国", "xn--g5t065dinl.xn--fiqs8s"),
        ("微粒贷。cn", "微粒贷.cn"),
        ("ＷＥＩＬＩＤＡＩ．ＣＮ", "weilidai.cn"),
        ("WEILIDAI.CN", "weilidai.cn"),
        ("weilidai.cn.", "weilidai.cn"),
    ],
)
def test_a_host_written_otherwise_is_the_same_host(one: str, other: str) -> None:
    assert target_key("domain", one) == target_key("domain", other)
    assert target_key("url", f"https://{one}/a") == target_key("url", f"https://{other}/a")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("weilidai.cn", "weilidai.com"), ("weilidai.cn", "wei1idai.cn"), ("weilidai.cn", "www.weilidai.cn"),
        ("xn--g5t065dinl.cn", "xn--g5t065dinl.com"),
    ],
)  # fmt: skip
def test_hosts_that_differ_stay_apart(one: str, other: str) -> None:
    assert target_key("domain", one) != target_key("domain", other)


@pytest.mark.parametrize("kind", ["account", "poi", "company"])
def test_names_are_one_whatever_their_blanks_width_and_case(kind: str) -> None:
    same = ("微粒贷 官方 APP", " 微粒贷\u3000官方  app ", "微粒贷 官方 ＡＰＰ", "微粒贷\t官方\nApp")
    assert len({target_key(kind, text) for text in same}) == 1
    assert target_key(kind, "微粒贷 官方") != target_key(kind, same[0])


def test_a_message_is_one_whatever_its_blanks_and_two_messages_are_two() -> None:
    assert target_key("text", "微粒贷\n强开") == target_key("text", "微粒贷  强开")
    assert target_key("text", "微粒贷 强开") != target_key("text", "微粒贷 强开！")
    assert target_key("text", "a").startswith("sha256:")


@given(st.sampled_from(KINDS), st.integers(150, 4000), st.integers(0, 9))
def test_a_long_locator_has_a_short_key_that_its_end_still_decides(kind: str, length: int, last: int) -> None:
    one, other = (f"https://a.example/{'x' * length}{end}" for end in (last, last + 1))
    assert len(target_key(kind, one)) <= LONGEST
    assert target_key(kind, one) != target_key(kind, other)


@given(st.sampled_from(KINDS), st.text(max_size=60))
def test_two_kinds_of_one_text_are_never_one_case(kind: str, text: str) -> None:
    """An account and a company of the same name are two impostors."""
    if kind not in {"domain", "url"}:
        assert case_key(kind, text, host_accused=False).startswith(f"{kind}:")


@pytest.mark.parametrize(
    ("value", "target", "ours"),
    [
        ("webank.com", "https://www.webank.com/a", True),
        ("webank.com", "https://WEBANK.COM./", True),
        ("WeBank.com", "https://m.webank.com", True),
        ("webank.com", "https://webank.com.evil.cn/", False),
        ("webank.com", "https://evilwebank.com/", False),
        ("webank.com", "https://webank.com@evil.cn/", False),
        ("webank.com", "https://evil.cn/webank.com", False),
        ("webank.com", "https://evil.cn#webank.com", False),
        ("webank.com", "https://evil.cn?webank.com", False),
        ("微众.中国", "https://xn--3oq471b.xn--fiqs8s/", True),
        ("微众.中国", "https://www.微众.中国/", True),
        ("xn--3oq471b.xn--fiqs8s", "https://微众.中国/", True),
        ("webank.com", "webank.com", False),
    ],
)
def test_the_gate_knows_our_host_in_every_spelling_and_no_other(value: str, target: str, *, ours: bool) -> None:
    channel = Channel(kind="domain", exists="yes", value=value)
    brand = Brand(id="b", owner="o", finance=True, names=Names(primary="微众"), channels=(channel,))
    assert official([brand], "url", target) is ours
    assert (own_host(host_of("url", target), brand) is not None) is ours


@pytest.mark.parametrize("dress", ["hxxp://{}", "hxxp[:]//{}", "http://{}", "HTTP://{}/", "hxxp://{}#x"])
@pytest.mark.parametrize("dot", [".", "[.]", "(.)", "[dot]"])
def test_an_address_made_harmless_meets_itself(dress: str, dot: str) -> None:
    plain = "http://wei1idai-app.cn"
    written = dress.format(f"wei1idai-app{dot}cn")
    assert target_key("url", written) == target_key("url", plain)
    assert host_of("url", written) == "wei1idai-app.cn"
    for accused in (True, False):
        assert case_key("url", written, host_accused=accused) == case_key("url", plain, host_accused=accused)
    assert target_key("domain", f"wei1idai-app{dot}cn") == "wei1idai-app.cn"


@pytest.mark.parametrize("kind", ["text", "account", "company", "poi"])
def test_words_are_never_taken_for_an_address_made_harmless(kind: str) -> None:
    assert target_key(kind, "见附件[.]和(点)") != target_key(kind, "见附件.和.")
