"""Impostors on other people's platforms: store listings, numbers, places, accounts, posts, goods, adverts, jobs."""

from collections.abc import Callable, Mapping

from zhengben.range.ground import HOSTERS, Plot
from zhengben.range.impostor_sites import APK, apply_page, fake_apk
from zhengben.range.make_apk_sign import signing_key
from zhengben.range.make_app_hap import make_hap
from zhengben.range.make_app_ios import make_ipa
from zhengben.range.pages import Markup, anchor, drawing, paragraphs, render, rows
from zhengben.range.platforms import PLATFORMS, Platform
from zhengben.range.thing import Place, Thing

CONTENTS = {"apk": APK, "ipa": "application/octet-stream", "hap": "application/octet-stream"}


def hosted(
    plot: Plot,
    kind: str,
    *,
    title: str,
    text: str,
    more: Mapping[str, object] | None = None,
    extra: tuple[Place, ...] = (),
) -> Thing:
    """Plant one entry on a platform of its kind: a page there, and the `lead.v1` fields a monitor would hand over."""
    platform = plot.chance.choice(PLATFORMS[kind])
    path = f"/{plot.chance.choice(('detail', 'item', 'p', 'view'))}/{plot.chance.randrange(10**6, 10**8)}.html"
    action = anchor(extra[0].url, "下载安装") if extra else Markup("")
    page = Place(host=platform.host, path=path, body=entry_page(platform, title, text, more or {}, action))
    picture = drawing(title[:3], plot.colour, 96, 96)
    icon = Place(host=platform.host, path=path.replace(".html", ".svg"), body=picture, content="image/svg+xml")
    # Behind the first page of results as well: a monitor reads further than people do.
    rank = plot.chance.randrange(1, 40)
    source = {"name": platform.name, "query": plot.ground.brand.names.primary, "rank": rank}
    lead = {"source": source, "title": title, "text": text, **(more or {})}
    return Thing(
        id=plot.id, sort=plot.sort, kind=kind, impostor=plot.impostor, feed="lead", appears=plot.appears,
        locator=page.url, lead=lead, places=(page, icon, *extra), addressee=platform.mailbox, temper=plot.temper,
    )  # fmt: skip


def entry_page(platform: Platform, title: str, text: str, more: Mapping[str, object], action: Markup) -> bytes:
    """Give the page a platform shows for one entry."""
    developer = more.get("developer")
    byline = str(developer.get("name", "")) if isinstance(developer, dict) else ""
    table = [
        (name, str(more[key]))
        for key, name in (
            ("package", "包名"),
            ("version", "版本"),
            ("downloads", "下载量"),
            ("price", "价格"),
            ("region", "地区"),
        )
        if key in more
    ]
    return render("listing", {
        "title": title, "site": platform.name, "icon": "/icon.svg", "byline": byline,
        "paragraphs": paragraphs(text.split("\n")),
        "rows": rows(table), "action": action, "filing": "京ICP备2021000000号",
    })  # fmt: skip


def _developer(plot: Plot) -> dict[str, object]:
    say = plot.speaker("common")
    return {"name": say.fill("{city}{stem}{firm_tail}", {}), "id": f"dev{plot.chance.randrange(10**4, 10**6)}"}


def app_fields(plot: Plot, package: str) -> dict[str, object]:
    """Give what a store says of an app beside its title and text."""
    chance = plot.chance
    return {
        "developer": _developer(plot),
        "package": package,
        "version": f"{chance.randrange(1, 4)}.{chance.randrange(10)}.{chance.randrange(10)}",
        "downloads": chance.choice(("1000+", "3.2万", "500+", "12万", "不足100")),
        "state": "live",
    }


def _app(plot: Plot, *, with_file: bool) -> Thing:
    say = plot.speaker("platforms")
    pick = plot.chance.choice
    stem = f"{pick(('wldai', 'xinyong', 'jiekuan', 'loan', 'jsd'))}{plot.chance.randrange(10, 999)}"
    package = f"com.{stem}.{pick(('android', 'app', 'h5'))}"
    fields = app_fields(plot, package)
    extra: tuple[Place, ...] = ()
    if with_file:
        store = plot.chance.choice(PLATFORMS["app_listing"])
        file = Place(host=store.host, path=f"/dl/{package}.apk", body=fake_apk(plot, plot.host("junk")), content=APK)
        extra, fields["download"] = (file,), file.url
    return hosted(
        plot,
        "app_listing",
        title=say.say("app_name", plot.facts),
        text=say.say("app_text", plot.facts),
        more=fields,
        extra=extra,
    )


def _apk(plot: Plot) -> tuple[str, bytes]:
    return "apk", fake_apk(plot, plot.host("junk"))


def _ipa(plot: Plot) -> tuple[str, bytes]:
    bundle = f"com.{plot.chance.choice(('loan', 'wld', 'dk'))}{plot.chance.randrange(10, 999)}.ios"
    team = plot.speaker("common").fill("{stem}{firm_tail}", {})
    signer = signing_key(f"maker-{plot.ground.seed}-{plot.chance.randrange(7)}", team)
    names = plot.chance.choice(({"": plot.facts["brand"]}, {"": "Loan", "zh-Hans": plot.facts["brand"]}))
    return "ipa", make_ipa(bundle=bundle, names=names, signer=signer, way="enterprise", team=team)


def _hap(plot: Plot) -> tuple[str, bytes]:
    bundle = f"com.{plot.chance.choice(('loan', 'wld', 'dk'))}{plot.chance.randrange(10, 999)}.hm"
    signer = signing_key(f"maker-{plot.ground.seed}-{plot.chance.randrange(7)}", "Harmony")
    return "hap", make_hap(bundle=bundle, labels={"": plot.facts["brand"]}, signer=signer)


def _file(plot: Plot, build: Callable[[Plot], tuple[str, bytes]]) -> Thing:
    platform = plot.chance.choice(PLATFORMS["app_file"])
    ending, body = build(plot)
    name = f"{plot.chance.choice(('wld', 'base', 'release', 'v2', 'jieqian'))}.{ending}"
    path = f"/f/{plot.chance.randrange(10**6)}/{name}"
    place = Place(host=platform.host, path=path, body=body, content=CONTENTS[ending])
    return Thing(
        id=plot.id, sort=plot.sort, kind="app_file", impostor=True, feed="lead", appears=plot.appears,
        locator=place.url,         lead={"source": {"name": platform.name}, "title": name},
        places=(place,), addressee=platform.mailbox, temper=plot.temper,
    )  # fmt: skip


def _entry(
    kind: str, title: str, text: str, more: Callable[[Plot], Mapping[str, object]] | None = None
) -> Callable[[Plot], Thing]:
    def build(plot: Plot) -> Thing:
        """Build one thing of this sort from its plot."""
        say = plot.speaker("platforms")
        plot.facts["act"] = say.say("act")
        return hosted(
            plot,
            kind,
            title=say.say(title, plot.facts),
            text=say.say(text, plot.facts),
            more=more(plot) if more else {},
        )

    return build


def _phone(plot: Plot) -> Thing:
    say = plot.speaker("platforms")
    return hosted(
        plot,
        "phone",
        title=say.say("phone_title", plot.facts),
        text=say.say("phone_text", plot.facts),
        more={"phones": [plot.facts["phone"]]},
    )


def _text(plot: Plot) -> Thing:
    say = plot.speaker("platforms")
    host, path = plot.host("junk", "added"), f"/{plot.chance.choice('abkz')}{plot.chance.randrange(999)}"
    plot.facts |= {"host": host, "link": f"http://{host}{path}"}
    text = say.say("sms", plot.facts)
    places = (Place(host=host, path=path, body=apply_page(plot)),) if host in text else ()
    return Thing(
        id=plot.id, sort=plot.sort, kind="text", impostor=True, feed="report", appears=plot.appears, locator=text,
        places=places, addressee=plot.chance.choice(HOSTERS) if places else "", temper="none",
    )  # fmt: skip


HOSTED: dict[str, Callable[[Plot], Thing]] = {
    "app": lambda plot: _app(plot, with_file=True),
    "app_words": lambda plot: _app(plot, with_file=False),
    "app_file": lambda plot: _file(plot, _apk),
    "app_file_ios": lambda plot: _file(plot, _ipa),
    "app_file_harmony": lambda plot: _file(plot, _hap),
    "phone": _phone,
    "poi": _entry("poi", "poi_name", "poi_text", lambda p: {"phones": [p.facts["phone"]], "region": "CN-42"}),
    "account": _entry(
        "account", "account_name", "account_text", lambda p: {"developer": {"name": p.speaker("common").say("nick")}}
    ),
    "post": _entry(
        "post", "post_title", "post_text", lambda p: {"developer": {"name": p.speaker("common").say("nick")}}
    ),
    "goods": _entry(
        "listing",
        "goods_title",
        "goods_text",
        lambda p: {
            "price": f"{p.chance.randrange(9, 999)}.00",
            "developer": {"name": p.speaker("common").fill("{stem}小店", {})},
        },
    ),
    "advert": _entry("search_ad", "ad_title", "ad_text", lambda p: {"developer": _developer(p)}),
    "job": _entry("job", "job_title", "job_text", lambda p: {"developer": _developer(p)}),
    "company": _entry("company", "company_name", "company_text"),
    "sms": _text,
}
