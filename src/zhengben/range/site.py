"""Who answers what: hosts, addresses and pages of the small internet, as things stand at this moment."""

import zlib
from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

from zhengben.range.pages import Markup, paragraphs, render
from zhengben.range.platforms import Platform, all_platforms
from zhengben.range.thing import Place, Thing
from zhengben.range.web import Answered, Asked

APK = "application/vnd.android.package-archive"
NAMELESS = frozenset({"waiting", "no_name", "name_hidden"})


def _page(status: int, title: str, *words: str) -> Answered:
    return Answered(status, render("plain", {"title": title, "paragraphs": paragraphs(words)}))


MISSING = _page(404, "404 Not Found", "您访问的页面不存在或已被删除")
BY_MODE: dict[str, Answered] = {
    "removed": _page(404, "404 Not Found", "The requested URL was not found on this server."),
    "gone": _page(410, "410 Gone", "The requested resource is no longer available on this server."),
    "no_name": _page(404, "404 Not Found"),
    "suspended": _page(200, "网站已停用", "该网站因违反服务协议，已被服务商暂停服务。Account Suspended.",
        "如有疑问请联系服务商客服"),
    "delisted": _page(404, "内容已下架", "抱歉，您查看的内容因违规已被平台下架"),
    "maintenance": _page(503, "系统维护中", "系统升级维护中，预计24小时内恢复，请稍后再试"),
    "captcha": _page(200, "安全验证", "请完成安全验证后继续访问", "拖动滑块完成拼图"),
    "parked": _page(200, "域名停放", "该域名由域名服务商停放 This domain is parked free of charge",
        "购买此域名 / 相关搜索：贷款 信用卡 保险"),
    "forbidden": _page(403, "403 Forbidden", "nginx"),
    "drop": Answered(0),
}  # fmt: skip


def _by_place(things: tuple[Thing, ...]) -> dict[tuple[str, str], tuple[Thing, Place]]:
    return {(place.host, place.path): (thing, place) for thing in things for place in thing.places}


class Internet:
    """Answers for every host. `clock` gives the world's own time."""

    def __init__(
        self,
        things: tuple[Thing, ...],
        noise: tuple[str, ...],
        addresses: tuple[str, ...],
        clock: Callable[[], datetime],
    ) -> None:
        """Index everything by host and path."""
        self._clock, self._addresses = clock, addresses
        self._platforms: dict[str, Platform] = {platform.host: platform for platform in all_platforms()}
        self._places = _by_place(things)
        # A platform's host belongs to nobody of the makers: it stays when one of its entries falls.
        self._owners = {host: thing for thing in things for host in thing.hosts if host not in self._platforms}
        # Every third host of no interest is registered and not used.
        self._noise = {host for host in noise if zlib.crc32(host.encode()) % 3}
        self.mailboxes = {host: platform.mailbox for host, platform in self._platforms.items()}
        self.mailboxes |= {host: thing.addressee for host, thing in self._owners.items() if thing.addressee}
        self.known_mailboxes = frozenset(self.mailboxes.values())
        self.control = f"http://{next(iter(self._platforms))}/"

    def address(self, host: str) -> str:
        """Give a host's address now, or an empty string where the name does not exist."""
        owner = self._owners.get(host)
        # NXDOMAIN for all else: a world in which every name resolves would hide a recheck that never asks.
        if owner is None and host not in self._platforms and host not in self._noise:
            return ""
        if owner is not None and owner.mode(self._clock()) in NAMELESS:
            return ""
        return self._addresses[zlib.crc32(host.encode()) % len(self._addresses)]

    def spellings(self, thing: Thing) -> tuple[str, ...]:
        """Give the ways a letter may name a thing: its addresses, for a site of its own also its host."""
        names = [thing.locator, *(place.url for place in thing.places)]
        if thing.owns_host:
            names += [*thing.hosts, *(_shown(host) for host in thing.hosts)]
        return tuple(dict.fromkeys(name.lower() for name in names))

    def answer(self, asked: Asked) -> Answered:
        """Answer one question."""
        found = self._places.get((asked.host, unquote(asked.path)))
        owner = found[0] if found else self._owners.get(asked.host)
        if owner is None:
            return self._bystander(asked)
        mode = owner.mode(self._clock())
        if mode == "replaced":
            return Answered(200, _REPLACED)
        if mode in BY_MODE:
            return BY_MODE[mode]
        return _hidden(mode, asked, found) or _served(found, asked.client)

    def _bystander(self, asked: Asked) -> Answered:
        platform = self._platforms.get(asked.host)
        if platform and asked.path == "/":
            return _page(200, platform.name, f"欢迎来到{platform.name}", "首页 分类 排行 关于我们 侵权投诉")
        if asked.host in self._noise and asked.path == "/":
            return _page(200, "欢迎光临", "本店新鲜上架，欢迎选购", "联系我们 关于我们")
        return MISSING


_REPLACED = render(
    "business",
    {
        "title": "网站建设服务",
        "colour": "#555",
        "paragraphs": Markup("<p>本站已更换经营者，提供企业网站设计与域名注册服务。</p>"),
        "filing": "",
    },
)


def _hidden(mode: str, asked: Asked, found: tuple[Thing, Place] | None) -> Answered | None:
    """Give what those see who are not meant to see it, or None for the others."""
    if mode == "abroad_only" and asked.vantage == "home":
        return MISSING
    if mode == "mobile_only" and asked.client == "desktop":
        return MISSING
    if mode == "link_alive" and found and found[1].content != APK:
        return BY_MODE["delisted"]
    return None


def _served(found: tuple[Thing, Place] | None, client: str) -> Answered:
    if found is None:
        return MISSING
    place = found[1]
    if place.moved:
        return Answered(302, b"", location=place.moved)
    body = place.variants.get(client, place.body) if place.variants else place.body
    return MISSING if body is None else Answered(200, body * place.times, place.content)


def _shown(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
