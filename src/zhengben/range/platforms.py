"""The invented platforms of the small internet, by what people find there, and the mailbox that hears complaints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform: its host, its name, and the mailbox for complaints."""

    host: str
    name: str

    @property
    def mailbox(self) -> str:
        """Give the address for complaints."""
        return f"jubao@{self.host.split('.', 1)[1]}"


PLATFORMS: dict[str, tuple[Platform, ...]] = {
    "app_listing": (
        Platform("app.qinghemarket.cn", "青禾应用市场"),
        Platform("www.yuntuoapk.com", "云陀下载站"),
        Platform("store.leduoapps.cn", "乐多应用"),
    ),
    "app_file": (Platform("pan.dakuaifile.cn", "大块网盘"), Platform("f.fenfaapp.cc", "分发内测")),
    "account": (Platform("mp.duihuaquan.cn", "对话圈"), Platform("www.kuaikanshi.cn", "快看视频")),
    "post": (Platform("bbs.shiguangyu.cn", "拾光语社区"), Platform("tie.zatanba.cn", "杂谈吧")),
    "listing": (Platform("item.huiyouji.cn", "惠友集"), Platform("shop.xianzhijie.cn", "闲置街")),
    "search_ad": (Platform("s.zhixunso.cn", "知寻搜索"),),
    "poi": (Platform("ditu.baichuanmap.cn", "百川地图"),),
    "job": (Platform("www.qiaozhipin.cn", "巧职聘"),),
    "company": (Platform("www.shangshicha.cn", "商事查"),),
    "phone": (Platform("www.haomaben114.cn", "号码本"), Platform("wenda.zhidaole.cn", "知道了问答")),
    "news": (Platform("news.jiangchaobao.cn", "江潮报"), Platform("www.caijingxian.cn", "财经线"),
        Platform("m.ribaowang.cn", "日报网")),
    "police": (Platform("www.linhegongan.cn", "临河公安"), Platform("fanzha.nanpingwangjing.cn", "南坪网警")),
    "court": (Platform("wenshu.anlitong.cn", "案例通"),),
    "money": (Platform("www.licaibijiao.cn", "理财比较"), Platform("www.daikuanzhinan.cn", "贷款指南")),
}  # fmt: skip


def all_platforms() -> tuple[Platform, ...]:
    """Give every platform once."""
    return tuple(platform for group in PLATFORMS.values() for platform in group)
