"""Impostors with a website of their own: application forms, frozen payouts, downloads, pages that hide."""

from collections.abc import Callable, Mapping

from zhengben.range.ground import HOSTERS, Plot
from zhengben.range.make_apk import Extras, make_apk, signing_key
from zhengben.range.make_app_ios import make_mobileconfig
from zhengben.range.pages import Markup, drawing, form, paragraphs, render, rows
from zhengben.range.thing import Place, Thing

ROBBERS = ("READ_SMS", "READ_CONTACTS", "INTERNET", "CAMERA", "READ_CALL_LOG", "ACCESS_FINE_LOCATION")
APK = "application/vnd.android.package-archive"
DEEP = ("/h5/apply", "/m/index.html", "/loan/step1", "/wap/", "/user/reg", "/s/k3f9", "/index/loan")


def fake_apk(plot: Plot, home: str) -> bytes:
    """Build a small signed app that bears the brand's name in some place a phone shows."""
    chance, brand = plot.chance, plot.facts["brand"]
    suffix = chance.choice(("", "", "借款", "极速版", "Pro"))
    labels = chance.choice(({"": brand + suffix}, {"": "Loan", "zh": brand + suffix}, {"": brand, "zh-rTW": brand}))
    stem = f"{chance.choice(('wld', 'loan', 'jk', 'qb', 'fast'))}{chance.randrange(10, 9999)}"
    package = f"{chance.choice(('com', 'cn', 'io'))}.{stem}.app"
    return make_apk(
        package=package,
        labels=labels,
        permissions=chance.sample(ROBBERS, 4),
        urls=[f"http://{home}/api/v{chance.randrange(1, 4)}/"],
        # Seven keys a seed, shared by chance: makers reuse theirs, and kinship by signer has something to find.
        signer=signing_key(f"maker-{plot.ground.seed}-{chance.randrange(7)}", "Android"),
        extras=Extras(version=f"1.{chance.randrange(9)}.{chance.randrange(9)}", schemes=("v2",)),
    )


def _slots(plot: Plot) -> dict[str, str]:
    say, facts = plot.speaker("sites"), plot.facts
    fields = plot.chance.choice(say.lists["field_sets"]).split("|")
    host = plot.facts["host"]
    action = plot.chance.choice((f"http://{host}/api/submit", "/submit.php", f"http://{plot.host('junk')}/collect", ""))
    return {
        "colour": plot.colour,
        "title": say.say("title", facts),
        "description": say.say("sell", facts),
        "hero": say.say("hero", facts),
        "sub": say.say("sell", facts),
        "logo_alt": plot.chance.choice((facts["brand"], "logo", "")),
        "points": paragraphs(say.some("sell", 4, facts), "li"),
        "steps": paragraphs(say.some("steps", 4, facts), "li"),
        "form_intro": say.say("form_intro", facts),
        "form": form(action, fields, say.say("button"), by_placeholder=plot.chance.random() < 0.5),
        "contact": say.say("contact", facts),
        "footer": say.say("footer", facts),
    }


def apply_page(plot: Plot) -> bytes:
    """Give a page that offers the brand's loan and asks for what an application asks for."""
    slots = _slots(plot)
    # Chance may draw a title and a hero that both leave the brand out; that is another sort (`site_quiet`).
    if plot.facts["brand"] not in slots["title"] + slots["hero"]:
        slots["title"] = plot.speaker("sites").say("title", plot.facts)
    return render("form", slots)


def _quiet_page(plot: Plot) -> bytes:
    """Give a page whose title and headings say nothing: the name stands only in the running text."""
    slots = _slots(plot)
    say = plot.speaker("sites")
    slots |= {"title": say.say("quiet_title"), "hero": say.say("quiet_title"), "logo_alt": ""}
    slots["points"] = paragraphs(
        [*say.some("sell", 3, plot.facts), say.fill("欢迎使用{brand}，资金由微众银行提供", plot.facts)], "li"
    )
    return render("form", slots)


def _blocked_page(plot: Plot) -> bytes:
    slots, say = _slots(plot), plot.speaker("sites")
    slots |= {"title": say.say("blocked_title", plot.facts), "hero": plot.facts["brand"]}
    table = [
        ("借款人", f"{say.say('surname')}**"),
        ("借款金额", say.say("amount_loan")),
        ("状态", "提现失败"),
        ("合同编号", say.fill("{d9}", {})),
    ]
    slots |= {"rows": rows(table), "points_plain": paragraphs(say.some("blocked", 3, plot.facts))}
    return render("blocked", slots)


def _picture_page(plot: Plot) -> bytes:
    slots, say = _slots(plot), plot.speaker("sites")
    brand = plot.facts["brand"]
    slots |= {
        "title": say.say("quiet_title"),
        "logo_alt": brand,
        "image_alt": f"{brand} {say.say('image_hero', plot.facts)}",
        "footer": "",
    }
    return render("picture", slots)


def _site(
    plot: Plot,
    page: bytes,
    *,
    kind: str,
    feed: str,
    extra: tuple[Place, ...] = (),
    hide: Mapping[str, bytes | None] | None = None,
) -> Thing:
    host = plot.facts["host"]
    # A hostname list leads to the front page; a reported link leads somewhere inside.
    deep = "/" if kind == "domain" else plot.chance.choice(DEEP)
    paths = dict.fromkeys((deep, "/"))
    places = [Place(host=host, path=path, body=page, variants=hide or {}) for path in paths]
    brand = plot.facts["brand"]
    for name, words, size in (
        ("logo", brand, (160, 40)),
        ("banner", brand, (750, 360)),
        ("steps", "三步到账", (750, 300)),
    ):
        places.append(
            Place(
                host=host, path=f"/static/{name}.svg", body=drawing(words, plot.colour, *size), content="image/svg+xml"
            )
        )
    return Thing(
        id=plot.id, sort=plot.sort, kind=kind, impostor=True, feed=feed, appears=plot.appears,
        locator=host if kind == "domain" else f"http://{host}{deep}",
        places=(*places, *extra), addressee=plot.chance.choice(HOSTERS), temper=plot.temper,
    )  # fmt: skip


def _hide(plot: Plot, page: bytes) -> Mapping[str, bytes | None]:
    blank = render("plain", {"title": "404 Not Found", "paragraphs": Markup("<hr><p>nginx</p>")})
    ways: dict[str, Mapping[str, bytes | None]] = {
        "none": {},
        # None is a 404: to a desktop the page does not exist, which is the commonest way to hide from scanners.
        "mobile": {"desktop": None},
        "mobile_blank": {"desktop": blank},
        "wechat": {"desktop": None, "mobile": blank, "wechat": page},
    }
    return ways[plot.cloak()]


def _by_host(*ways: str) -> Callable[[Plot], Thing]:
    def build(plot: Plot) -> Thing:
        """Build one site of this sort from its plot."""
        plot.facts["host"] = plot.host(*ways)
        make = plot.chance.choice((apply_page, apply_page, _blocked_page, _quiet_page))
        page = make(plot)
        return _site(plot, page, kind="domain", feed="hosts", hide=_hide(plot, page))

    return build


def _reported(make: Callable[[Plot], bytes]) -> Callable[[Plot], Thing]:
    def build(plot: Plot) -> Thing:
        """Build one site of this sort from its plot."""
        plot.facts["host"] = plot.host("junk")
        page = make(plot)
        return _site(plot, page, kind="url", feed="report", hide=_hide(plot, page))

    return build


def _mobile_only(plot: Plot) -> Thing:
    plot.facts["host"] = plot.host("junk", "added")
    page = apply_page(plot)
    return _site(plot, page, kind="url", feed="report", hide={"desktop": None})


def _download(plot: Plot) -> Thing:
    host = plot.facts["host"] = plot.host("added", "junk", "levels")
    say, slots = plot.speaker("sites"), _slots(plot)
    pick = plot.chance.choice
    name = f"{pick(('wld', 'loan', 'release', 'app'))}_{plot.chance.randrange(100)}.apk"
    file = f"/{pick(('down', 'apk', 'pkg', 'app'))}/{name}"
    slots |= {
        "title": say.say("download_title", plot.facts),
        "paragraphs": paragraphs(say.some("download", 3, plot.facts)),
        "link": file,
        "button": plot.chance.choice(("立即下载", "安卓下载", "点击安装", "Android 安装")),
    }
    place = Place(host=host, path=file, body=fake_apk(plot, host), content=APK)
    return _site(plot, render("download", slots), kind="url", feed="report", extra=(place,))


def _profile(plot: Plot) -> Thing:
    """Give a page for iPhones that hands out a profile: a web page on the home screen with the brand's name."""
    host = plot.facts["host"] = plot.host("added", "junk")
    say, slots = plot.speaker("sites"), _slots(plot)
    file = f"/ios/{plot.chance.choice(('install', 'app', 'wld'))}.mobileconfig"
    slots |= {
        "title": say.say("download_title", plot.facts),
        "paragraphs": paragraphs(say.some("download", 3, plot.facts)),
        "link": file,
        "button": plot.chance.choice(("苹果安装", "iOS安装", "安装描述文件")),
    }
    body = make_mobileconfig(label=plot.facts["brand"], url=f"http://{host}/h5/", organisation="Mobile Service")
    place = Place(host=host, path=file, body=body, content="application/x-apple-aspen-config")
    return _site(plot, render("download", slots), kind="url", feed="report", extra=(place,))


def _short_link(plot: Plot) -> Thing:
    """Give a short link, as false messages carry one, that leads to the page by way of a second host."""
    plot.facts["host"] = plot.host("junk")
    thing = _reported(apply_page)(plot)
    short, between = plot.host("junk"), plot.host("junk")
    code = f"/{plot.chance.choice('abcdkmz')}{plot.chance.randrange(10**4)}"
    hops = (
        Place(host=short, path=code, body=b"", moved=f"http://{between}/go?c={plot.chance.randrange(99)}"),
        Place(host=between, path="/go", body=b"", moved=thing.locator),
    )
    thing.places, thing.locator = (*thing.places, *hops), hops[0].url
    return thing


SITES: dict[str, Callable[[Plot], Thing]] = {
    "site_added": _by_host("added"),
    "site_typed": _by_host("typed"),
    "site_script": _by_host("script"),
    "site_levels": _by_host("levels"),
    "site_junk": _reported(apply_page),
    "site_quiet": _reported(_quiet_page),
    "site_picture": _reported(_picture_page),
    "site_blocked": _reported(_blocked_page),
    "site_mobile": _mobile_only,
    "site_download": _download,
    "site_profile": _profile,
    "site_short": _short_link,
}
