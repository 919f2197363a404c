"""What must be left alone: the brand's own pages, those who speak about it, honest trade with a similar name."""

from collections.abc import Callable
from dataclasses import replace

from zhengben.range.ground import Plot
from zhengben.range.hostile import HOSTILE
from zhengben.range.impostor_hosted import app_fields, hosted
from zhengben.range.impostor_sites import APK
from zhengben.range.make_apk import Extras, make_apk, signing_key
from zhengben.range.pages import Markup, anchor, comments, form, paragraphs, render
from zhengben.range.platforms import PLATFORMS
from zhengben.range.thing import Place, Thing


def _place(plot: Plot, host: str, path: str, body: bytes, *, kind: str, feed: str) -> Thing:
    locator = host if kind == "domain" else f"http://{host}{path}"
    places = tuple(Place(host=host, path=p, body=body) for p in dict.fromkeys((path, "/")))
    if kind != "domain":
        places = places[:1]
    lead = {"source": {"name": "网页监测"}} if feed == "lead" else {}
    return Thing(
        id=plot.id,
        sort=plot.sort,
        kind=kind,
        impostor=False,
        feed=feed,
        appears=plot.appears,
        locator=locator,
        lead=lead,
        places=places,
    )


def _article(group: str, title: str, text: str, *, feed: str = "lead") -> Callable[[Plot], Thing]:
    def build(plot: Plot) -> Thing:
        """Build one harmless thing of this sort from its plot."""
        say = plot.speaker("articles")
        site = plot.chance.choice(PLATFORMS[group])
        headline, body = say.say(title, plot.facts), say.some(text, 5, plot.facts)
        page = render("article", {
            "title": headline, "site": site.name, "description": body[0], "source": site.name,
            "date": f"{plot.appears:%Y-%m-%d %H:%M}",
            "author": f"记者 {say.say('surname')}某", "editor": say.say("surname") + "编",
            "paragraphs": paragraphs(body),
            "related": paragraphs(say.some("news_title", 3, plot.facts), "li"), "filing": say.say("filing_no"),
        })  # fmt: skip
        return _place(
            plot, site.host, f"/{plot.appears:%Y%m}/{plot.chance.randrange(10**7)}.html", page, kind="url", feed=feed
        )

    return build


def _article_with_login(plot: Plot) -> Thing:
    """Give a news page with what news pages have around them: a sign-in by telephone, and the paper's own app."""
    thing = _article("news", "news_title", "news_text")(plot)
    place = thing.places[0]
    host = place.host
    # A sign-in by telephone and an app to download are the very signs of a phishing page; here they are the paper's.
    around = form("/login", ["手机号", "短信验证码"], "登录") + anchor(f"http://{host}/app/news.apk", "下载新闻客户端")
    thing.places = (replace(place, body=place.body.replace(b"<footer>", around.encode() + b"<footer>")),)
    return thing


def _owner_company(plot: Plot) -> Thing:
    """Give the owner's own entry in a register of companies."""
    owner = plot.ground.brand.owner
    text = f"{owner}，主营个人与小微企业信贷，产品包括{plot.facts['brand']}等。登记状态：存续。注册地址：深圳市前海。"
    return hosted(plot, "company", title=owner, text=text)


def _thread(title: str, text: str, *, feed: str = "lead") -> Callable[[Plot], Thing]:
    def build(plot: Plot) -> Thing:
        """Build one harmless thing of this sort from its plot."""
        say = plot.speaker("articles")
        site = plot.chance.choice(PLATFORMS["post"])
        headline, body = say.say(title, plot.facts), say.some(text, 2, plot.facts)
        answers = [
            (say.say("nick"), line)
            # What readers really answer to a warning: words of fraud all over a page that accuses nobody of ours.
            for line in ("楼主报警了吗", "同问", "这种一看就是骗子", "找官方客服问问吧", "已经举报了")
        ]
        page = render("forum", {
            "title": headline, "site": site.name, "author": say.say("nick"),
            "date": f"{plot.appears:%m-%d %H:%M}", "paragraphs": paragraphs(body),
            "comments": comments(plot.chance.sample(answers, 3)), "filing": say.say("filing_no"),
        })  # fmt: skip
        thing = _place(plot, site.host, f"/t/{plot.chance.randrange(10**7)}.html", page, kind="post", feed="lead")
        thing.lead = {
            "source": {"name": site.name},
            "title": headline,
            "text": "\n".join(body),
            "developer": {"name": say.say("nick")},
        }
        thing.feed = feed
        thing.kind = "post" if feed == "lead" else "url"
        return thing

    return build


def _business(title: str, text: str, *ways: str, feed: str = "hosts", kind: str = "domain") -> Callable[[Plot], Thing]:
    def build(plot: Plot) -> Thing:
        """Build one harmless thing of this sort from its plot."""
        say = plot.speaker("articles")
        body = say.some(text, 3, plot.facts)
        slots = {
            "title": say.say(title, plot.facts),
            "description": body[0],
            "paragraphs": paragraphs(body),
            "filing": say.say("filing_no"),
            "colour": plot.colour,
        }
        return _place(plot, plot.host(*ways), "/", render("business", slots), kind=kind, feed=feed)

    return build


def _official(plot: Plot) -> Thing:
    say = plot.speaker("articles")
    # The brand's own subdomains run through the same lists: to accuse one of them is the worst of all faults.
    domain = plot.ground.brand.official("domain")[0].value
    chance = plot.chance
    heads, tails = ("www", "m", "open", "help", "news", "loan", "static"), ("", "", "2", "3", "-a", "-b")
    host = plot.ground.namer.once(lambda: f"{chance.choice(heads)}{chance.choice(tails)}.{domain}")
    body = say.some("official_text", 4, plot.facts)
    slots = {
        "title": say.say("official_title"),
        "description": body[0],
        "paragraphs": paragraphs(body),
        "filing": "粤ICP备15006931号",
        "colour": "#1d4fa0",
    }
    kind = plot.chance.choice(("domain", "url"))
    return _place(plot, host, "/", render("business", slots), kind=kind, feed="hosts" if kind == "domain" else "report")


def _parked(plot: Plot) -> Thing:
    say = plot.speaker("articles")
    page = render(
        "plain",
        {
            "title": plot.chance.choice(say.lists["parked"]),
            "paragraphs": Markup("<p>联系邮箱 sale@domain-mart.net</p>"),
        },
    )
    return _place(plot, plot.host("added", "typed", "near"), "/", page, kind="domain", feed="hosts")


def _app(title: str, text: str) -> Callable[[Plot], Thing]:
    def build(plot: Plot) -> Thing:
        """Build one harmless thing of this sort from its plot."""
        say = plot.speaker("articles")
        name = say.say(title, plot.facts)
        package = (
            f"com.{plot.chance.choice(('jizhang', 'tools', 'calc', 'shop', 'read'))}{plot.chance.randrange(99)}.app"
        )
        fields = app_fields(plot, package)
        store = plot.chance.choice(PLATFORMS["app_listing"])
        data = make_apk(
            package=package,
            labels={"": name},
            permissions=["INTERNET"],
            signer=signing_key(package),
            extras=Extras(schemes=("v2",)),
        )
        file = Place(
            host=store.host, path=f"/dl/{package}.apk", body=data, content="application/vnd.android.package-archive"
        )
        fields["download"] = file.url
        return hosted(plot, "app_listing", title=name, text=say.say(text, plot.facts), more=fields, extra=(file,))

    return build


def _host_app(plot: Plot) -> Thing:
    say = plot.speaker("articles")
    host = plot.chance.choice(
        [c.value for c in plot.ground.brand.official("app") if c.role == "host"] or ["com.tencent.mm"]
    )
    fields = app_fields(plot, host) | {"developer": {"name": "深圳市腾讯计算机系统有限公司", "id": "tencent"}}
    return hosted(
        plot, "app_listing", title="微信" if host.endswith("mm") else "QQ", text=say.say("host_text"), more=fields
    )


def _entry(kind: str, title: str, text: str) -> Callable[[Plot], Thing]:
    def build(plot: Plot) -> Thing:
        """Build one harmless thing of this sort from its plot."""
        say = plot.speaker("articles")
        return hosted(
            plot,
            kind,
            title=say.say(title, plot.facts),
            text=say.say(text, plot.facts),
            more={"developer": {"name": say.say("nick")}},
        )

    return build


def _message(text: str) -> Callable[[Plot], Thing]:
    def build(plot: Plot) -> Thing:
        """Build one harmless thing of this sort from its plot."""
        words = plot.speaker("articles").say(text, plot.facts)
        return Thing(
            id=plot.id, sort=plot.sort, kind="text", impostor=False, feed="report", appears=plot.appears, locator=words
        )

    return build


def _official_number(plot: Plot) -> Thing:
    """Give a phone book's entry of the brand's own hotline."""
    number = plot.ground.brand.official("phone")[0].value if plot.ground.brand.official("phone") else "95384"
    brand = plot.facts["brand"]
    title = plot.chance.choice((f"{brand}客服电话", f"{brand}官方客服热线", f"{brand}人工客服怎么打"))
    text = plot.chance.choice((
        f"{brand}客服热线为{number}，服务时间以官方公告为准。",
        f"问：{brand}客服电话是多少？答：{number}，别的号码都不要信。",
        f"{number} 微众银行客服，{brand}相关问题请拨打此号码。",
    ))  # fmt: skip
    return hosted(plot, "phone", title=title, text=text, more={"phones": [number]})


def _stranger_number(plot: Plot) -> Thing:
    say = plot.speaker("articles")
    title = say.say("near_title", plot.facts)
    return hosted(
        plot,
        "phone",
        title=f"{title} 电话",
        text=say.say("near_text", plot.facts),
        more={"phones": [plot.facts["phone"]]},
    )


def _stranger_file(plot: Plot) -> Thing:
    platform = plot.chance.choice(PLATFORMS["app_file"])
    name = plot.speaker("articles").say("review_title")
    data = make_apk(package=f"com.tool{plot.chance.randrange(999)}.app", labels={"": name}, signer=signing_key(name))
    place = Place(host=platform.host, path=f"/f/{plot.chance.randrange(10**6)}/tool.apk", body=data, content=APK)
    return Thing(
        id=plot.id, sort=plot.sort, kind="app_file", impostor=False, feed="lead", appears=plot.appears,
        locator=place.url, lead={"source": {"name": platform.name}, "title": name}, places=(place,),
    )  # fmt: skip


DECOYS: dict[str, Callable[[Plot], Thing]] = {
    "official_page": _official,
    "press_release": _article("news", "news_title", "news_text"),
    "reported_news": _article("news", "news_title", "news_text", feed="report"),
    "police_warning": _article("police", "police_title", "police_text"),
    "court_report": _article("court", "court_title", "court_text"),
    "comparison": _article("money", "compare_title", "compare_text"),
    "tutorial": _article("money", "tutorial_title", "tutorial_text", feed="report"),
    "victim_post": _thread("victim_title", "victim_text"),
    "victim_page": _thread("victim_title", "victim_text", feed="report"),
    "misspelling_post": _thread("forum_title", "forum_text"),
    "news_with_login": _article_with_login,
    "encyclopedia": _article("money", "encyclopedia_title", "encyclopedia_text"),
    "owner_company": _owner_company,
    "owner_message": _message("owner_sms"),
    "asking_post": _thread("asking_title", "asking_text"),
    "official_number": _official_number,
    "stranger_number": _stranger_number,
    "stranger_account": _entry("account", "near_title", "near_text"),
    "news_account": _entry("account", "news_title", "news_text"),
    "stranger_file": _stranger_file,
    **HOSTILE,
    "stranger_post": _thread("unrelated_title", "unrelated_text"),
    "sibling_page": _business("sibling_title", "sibling_text", "plain", feed="report", kind="url"),
    "other_loan": _business("loan_title", "loan_text", "plain", feed="report", kind="url"),
    "near_firm": _business("near_title", "near_text", "near"),
    "travel_agency": _business("travel_title", "travel_text", "near"),
    "stranger_site": _business("unrelated_title", "unrelated_text", "plain"),
    "parked": _parked,
    "stranger_app": _app("review_title", "review_text"),
    "host_app": _host_app,
    "other_loan_advert": _entry("search_ad", "loan_title", "loan_text"),
    "near_place": _entry("poi", "near_title", "near_text"),
    "near_company": _entry("company", "near_title", "near_text"),
    "honest_job": _entry("job", "near_job", "near_job_text"),
    "stranger_goods": _entry("listing", "unrelated_title", "unrelated_text"),
    "bank_message": _message("bank_sms"),
    "family_message": _message("rumour_sms"),
}
