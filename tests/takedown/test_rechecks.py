"""Rechecks against a real web server: what is gone is told, and what only looks gone never is."""

import http.server
import random
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from zhengben.core.fetched import FAILURES, Captured, Fetched, Seen
from zhengben.core.recheck import DOWN_STATES, STATES, UP_STATES, Observation, is_down
from zhengben.locale.words import LANGUAGES, say
from zhengben.takedown.original import Original
from zhengben.takedown.rechecks import classify, classify_capture, cloaked, control_passes, together

NAMES = ("微粒贷", "weilidai")
BAD = """<html><head><title>微粒贷官方APP下载</title></head><body><h1>微粒贷</h1><p>微粒贷强开额度，三分钟到账，
征信花也能下。填写姓名、身份证号、银行卡号即可申请，客服在线办理，先交保证金后放款。</p>
<form><input name=idcard><input name=card></form><a href="/wld.apk">立即下载</a></body></html>"""
LISTING = """<html><head><title>微粒贷借款 - 某应用商店</title></head><body><input name=q placeholder=搜索应用>
<h1>微粒贷借款</h1><p>版本 1.2.3，更新于 2026-11-01。微粒贷借款为您提供快速借款服务，额度高，放款快，随借随还。</p>
<a href="/d/1.apk">下载安装</a><div>相关搜索：贷款 借钱</div><div>用户评论：很好用，比别的快</div></body></html>"""


def wrap(title: str, *words: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{''.join(f'<p>{word}</p>' for word in words)}</body></html>"


@dataclass
class Site:
    """A web server whose one page can be changed; by client where asked."""

    status: int = 200
    body: str | bytes = BAD
    content: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    by_client: dict[str, tuple[int, str]] = field(default_factory=dict)
    url: str = ""

    def serve(self, status: int, body: str | bytes, content: str = "text/html; charset=utf-8") -> None:
        self.status, self.body, self.content = status, body, content

    def look(self, profile: str = "mobile", path: str = "/x") -> Fetched:
        """Fetch the page as the product would describe it."""
        asked = urllib.request.Request(self.url + path, headers={"User-Agent": profile})  # noqa: S310  loopback
        try:
            with urllib.request.urlopen(asked, timeout=5) as got:  # noqa: S310  loopback
                return self._fetched(profile, got)
        except urllib.error.HTTPError as got:
            with got:
                return self._fetched(profile, got)

    def _fetched(self, profile: str, got: Any) -> Fetched:
        return Fetched(
            url=f"{self.url}/x",
            final_url=got.url,
            profile=profile,
            status=got.status,
            headers=tuple(got.headers.items()),
            body=got.read(),
            address="127.0.0.1",
        )


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            client = self.headers.get("User-Agent", "")
            status, body = site.by_client.get(client, (site.status, site.body))
            raw = body.encode() if isinstance(body, str) else body
            self.send_response(status)
            self.send_header("Content-Type", site.content)
            for name, value in site.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


Look = Callable[[], str]
pytestmark = pytest.mark.sockets


@pytest.fixture
def original(site: Site) -> Original:
    return Original.of("url", Seen(fetched=(site.look(),)), NAMES)


@pytest.fixture
def listing(site: Site) -> Original:
    site.serve(200, LISTING)
    return Original.of("app_listing", Seen(fetched=(site.look(),)), NAMES)


GONE = [
    (
        "replaced",
        200,
        wrap("某花店", "本店新鲜上架，欢迎选购鲜花绿植") + "<form><input name=word placeholder=留言></form>",
    ),
    ("removed", 404, wrap("404 Not Found", "The requested URL was not found on this server.")),
    ("removed", 410, wrap("410 Gone", "The requested resource is no longer available on this server.")),
    ("removed", 404, ""),
    ("removed", 404, wrap("页面没有找到", "您访问的页面不存在") + "<form><input name=s></form>"),
    ("suspended_page", 200, wrap("网站已停用", "该网站因违反服务协议，已被服务商暂停服务。Account Suspended.")),
    (
        "suspended_page",
        200,
        wrap("Account Suspended", "This Account has been suspended. Contact your hosting provider."),
    ),
    ("sinkholed", 200, wrap("NOTICE", "This domain has been seized by the competent authority.")),
    ("replaced", 200, wrap("网站建设服务", "本站已更换经营者，提供企业网站设计与域名注册服务。")),
    (
        "replaced",
        200,
        wrap("Welcome to nginx!", "If you see this page, the nginx web server is successfully installed."),
    ),
]


@pytest.mark.parametrize(("state", "status", "body"), GONE)
def test_what_is_gone(state: str, status: int, body: str, site: Site, original: Original) -> None:
    site.serve(status, body)
    assert classify(site.look(), original) == state
    assert state in DOWN_STATES


ONLY_LOOKS_GONE = [
    ("unknown", 503, wrap("系统维护中", "系统升级维护中，预计24小时内恢复，请稍后再试")),
    ("unknown", 200, wrap("系统维护中", "系统升级维护中，预计24小时内恢复，请稍后再试")),
    ("unknown", 404, wrap("维护", "网站正在维护，请稍后再试")),
    ("unknown", 502, wrap("502 Bad Gateway", "nginx")),
    ("unknown", 521, ""),
    ("challenge", 200, wrap("安全验证", "请完成安全验证后继续访问", "拖动滑块完成拼图")),
    ("challenge", 403, wrap("Just a moment...", "Verify you are human")),
    ("challenge", 404, wrap("访问验证", "请输入验证码")),
    ("parked", 200, wrap("域名停放", "该域名由域名服务商停放 This domain is parked free of charge", "购买此域名")),
    ("blocked", 403, wrap("403 Forbidden", "nginx")),
    ("blocked", 451, wrap("Unavailable", "For legal reasons")),
    ("blocked", 429, ""),
    ("unknown", 200, ""),
    ("unknown", 200, "ok"),
    ("unknown", 200, "<div id=app></div><script src=/main.js></script>"),
    (
        "unknown",
        200,
        wrap("请稍候", "正在为您跳转，请不要关闭本页面谢谢") + "<meta http-equiv=refresh content='1;url=/y'>",
    ),
]


@pytest.mark.parametrize(("state", "status", "body"), ONLY_LOOKS_GONE)
def test_what_only_looks_gone_is_never_down(state: str, status: int, body: str, site: Site, original: Original) -> None:
    site.serve(status, body)
    assert classify(site.look(), original) == state
    assert state not in DOWN_STATES | UP_STATES


STILL_THERE = [
    ("up_changed", 200, wrap("欢迎光临", "请登录后继续浏览本站内容") + "<input type=password name=x>"),
    ("up_changed", 404, wrap("欢迎光临", "请登录后继续浏览本站内容") + "<input placeholder=身份证号>"),
    ("up_same", 200, BAD),
    ("up_same", 200, BAD.replace("三分钟", "五分钟")),
    ("up_changed", 404, BAD),
    ("up_changed", 403, BAD),
    ("up_changed", 503, BAD),
    ("up_changed", 200, wrap("微粒贷官方APP下载", "页面加载中")),
    ("up_changed", 200, wrap("新平台", "weilidai 全新上线，欢迎体验我们的服务")),
    ("up_changed", 200, wrap("好消息", "全新借款平台上线，点击下载领取额度") + "<a href='/new.apk?c=1'>下载</a>"),
    ("up_changed", 200, wrap("借款", "填写资料即可放款") + "<form><input name=idcard></form>"),
    ("up_changed", 404, wrap("错误", "微粒贷客服") + "<form><input name=idcard></form>"),
    ("up_changed", 200, wrap("网站已停用", "暂停服务") + "<a href=/wld.apk>立即下载</a>"),
]


@pytest.mark.parametrize(("state", "status", "body"), STILL_THERE)
def test_what_is_still_there(state: str, status: int, body: str, site: Site, original: Original) -> None:
    site.serve(status, body)
    assert classify(site.look(), original) == state


@pytest.mark.parametrize("failure", FAILURES)
def test_failures_are_never_down_but_for_a_name_that_is_gone(failure: str, original: Original) -> None:
    look = Fetched(url=original.url, final_url=original.url, profile="mobile", failure=failure)
    state = classify(look, original)
    assert state in STATES
    assert (state in DOWN_STATES) == (failure == "dns_gone")


def test_a_name_that_is_gone_while_its_address_still_serves_is_up(site: Site, original: Original) -> None:
    gone = Fetched(url=original.url, final_url=original.url, profile="mobile", failure="dns_gone")
    assert classify(gone, original, site.look()) == "up_changed"
    site.serve(404, wrap("404", "not found here"))
    assert classify(gone, original, site.look()) == "dns_gone"


def test_a_harmless_face_shown_all_along_is_no_removal(site: Site) -> None:
    recipe = wrap("家常菜谱", "今天教大家做一道红烧肉，先把五花肉切成小块，焯水备用。")
    site.by_client = {"desktop": (200, recipe)}
    known = Original.of("url", Seen(fetched=(site.look("desktop"), site.look("mobile"))), NAMES)
    site.by_client = {}
    site.serve(200, recipe + "<!-- new -->")
    assert classify(site.look("mobile"), known) == "up_changed"
    site.serve(404, wrap("404", "not found here"))
    assert classify(site.look("desktop"), known) == "removed"


def test_a_site_that_hides_from_one_client_is_not_down(site: Site, original: Original, now: datetime) -> None:
    site.by_client = {"desktop": (404, wrap("404", "The page was not found"))}
    looks = [
        Observation(
            at=now + timedelta(hours=hours), vantage=vantage, profile=profile, target=original.url,
            state=classify(site.look(profile), original),
        )
        for hours in (0, 12, 24, 36) for vantage in ("here", "abroad") for profile in ("mobile", "desktop")
    ]  # fmt: skip
    assert cloaked(look.state for look in looks[:2])
    assert not is_down(looks)


def test_a_removal_is_believed_after_a_day(site: Site, original: Original, now: datetime) -> None:
    site.serve(404, wrap("404", "The page was not found"))
    looks = [
        Observation(
            at=now + timedelta(hours=hours), vantage=vantage, profile=profile, target=original.url,
            state=classify(site.look(profile), original),
        )
        for hours in (0, 12, 24) for vantage in ("here", "abroad") for profile in ("mobile", "desktop")
    ]  # fmt: skip
    assert is_down(looks)
    assert not cloaked(look.state for look in looks)


def test_a_redirect_elsewhere_proves_nothing(site: Site, original: Original) -> None:
    site.serve(404, wrap("404", "The page was not found"))
    moved = replace(site.look(), final_url="https://elsewhere.example/404")
    assert classify(moved, original) == "unknown"
    site.serve(200, wrap("某公司", "我们是一家做企业服务的公司，欢迎联系。"))
    assert classify(replace(site.look(), final_url="https://elsewhere.example/"), original) == "unknown"
    assert classify(replace(site.look(), final_url="http://www.127.0.0.1/"), original) == "replaced"


@pytest.mark.parametrize(
    ("state", "status", "body"),
    [
        ("store_delisted", 404, wrap("页面不存在", "应用不存在") + "<input name=q><a href=/other.apk>下载</a>"),
        ("store_delisted", 404, ""),
        ("store_delisted", 200, wrap("应用商店", "该应用已下架", "猜你喜欢 下载安装") + "<a href=/o.apk>下载</a>"),
        (
            "store_delisted", 200,
            LISTING.replace('<a href="/d/1.apk">下载安装</a>', "<b>该应用已下架</b>").replace("很好用", "挺好的"),
        ),
        ("up_changed", 200, LISTING.replace("很好用", "听说要被下架")),
        ("up_same", 200, LISTING.replace("1.2.3", "1.2.4")),
        ("up_changed", 200, LISTING.replace("很好用", "这个应用已下架过一次，" + "骗子不要下载安装" * 30)),
        ("unknown", 200, wrap("应用商店首页", "热门应用 天气预报 音乐") + "<input name=q><a href=/o.apk>下载安装</a>"),
        ("unknown", 503, wrap("维护", "系统维护中")),
        ("challenge", 200, wrap("安全验证", "拖动滑块")),
        ("up_changed", 200, wrap("微粒贷极速版 - 某应用商店", "全新版本") + "<a href=/o.apk>下载安装</a>"),
    ],
)  # fmt: skip
def test_listings(state: str, status: int, body: str, site: Site, listing: Original) -> None:
    site.serve(status, body)
    assert classify(site.look(), listing) == state


APK = b"PK\x03\x04" + bytes(range(200))


@pytest.mark.parametrize(
    ("state", "status", "body", "content"),
    [
        ("up_same", 200, APK, "application/vnd.android.package-archive"),
        ("up_same", 200, APK, "text/html"),
        ("up_changed", 200, APK + b"new build", "application/octet-stream"),
        ("removed", 404, b"", "text/html"),
        ("blocked", 403, b"", "text/html"),
        ("unknown", 500, b"", "text/html"),
        ("removed", 200, "<p>文件已下架".encode(), "text/html; charset=utf-8"),
        ("unknown", 200, "<p>请在浏览器中打开".encode(), "text/html; charset=utf-8"),
        ("up_changed", 200, "<a href=/x.apk>文件已下架？点击备用地址".encode(), "text/html; charset=utf-8"),
        ("challenge", 200, "<p>请输入验证码".encode(), "text/html; charset=utf-8"),
    ],
)
def test_files(state: str, status: int, body: bytes, content: str, site: Site) -> None:
    site.serve(200, APK, "application/vnd.android.package-archive")
    known = Original.of("app_file", Seen(fetched=(site.look(),)), NAMES)
    site.serve(status, body, content)
    assert classify(site.look(), known) == state


def test_a_listing_whose_file_still_works_is_up() -> None:
    assert together(["store_delisted", "up_same"]) == "up_same"
    assert together(["store_delisted", "timeout"]) == "timeout"
    assert together(["store_delisted", "removed"]) == "store_delisted"
    assert together([]) == "unknown"


def test_captures_are_judged_by_the_page_scripts_left(original: Original) -> None:
    def seen(dom: str, status: int = 200, failure: str = "") -> Captured:
        return Captured(url=original.url, final_url=original.url, profile="m", status=status, dom=dom, failure=failure)

    assert classify_capture(seen(BAD), original) == "up_same"
    assert classify_capture(seen(wrap("404", "nothing here"), 404), original) == "removed"
    assert classify_capture(seen("", failure="capture_unavailable"), original) == "unknown"


def test_the_control_page_must_be_as_always(site: Site) -> None:
    site.serve(200, wrap("控制页", "正常"))
    assert control_passes(site.look(), "正常")
    assert control_passes(site.look())
    assert not control_passes(site.look(), "别的")
    site.serve(503, "")
    assert not control_passes(site.look())
    assert not control_passes(replace(site.look(), failure="timeout"))


def test_other_charsets_are_read(site: Site, original: Original) -> None:
    site.serve(200, BAD.encode("gb18030"), "text/html; charset=gbk")
    assert classify(site.look(), original) == "up_same"


def test_every_state_has_words() -> None:
    for language in LANGUAGES:
        assert all(say(f"state.recheck.{state}", language) for state in STATES)


def test_hostile_pages_do_not_stop_a_recheck(original: Original) -> None:
    chance = random.Random(3)  # noqa: S311  a seeded choice repeats
    heavy = [
        b"<div>" * 100_000,
        b"\xff" * 3_000_000,
        b"<" * 500_000,
        bytes(chance.randrange(256) for _ in range(50_000)),
    ]
    for body in heavy:
        look = Fetched(url=original.url, final_url="http://[broken", profile="m", status=200, body=body)
        assert classify(look, original) in set(STATES) - DOWN_STATES
