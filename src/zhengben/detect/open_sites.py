"""Sites where anybody's words or apps stand: app stores, news, forums, search.

A link to one is nobody's bait by itself and proves nothing either: what lies behind it must be looked at.
"""

STORES = (
    "apple.com", "play.google.com", "huawei.com", "mi.com", "sj.qq.com", "a.app.qq.com", "oppomobile.com",
    "heytapmobi.com", "vivo.com.cn", "hihonor.com", "wandoujia.com", "shouji.baidu.com", "zhushou.360.cn",
    "samsung.com",
)  # fmt: skip
_READ = (
    "zhihu.com", "mp.weixin.qq.com", "weibo.com", "baike.baidu.com", "zhidao.baidu.com", "baijiahao.baidu.com",
    "tieba.baidu.com", "toutiao.com", "xiaohongshu.com", "bilibili.com", "douban.com", "sina.com.cn", "sina.cn",
    "sohu.com", "163.com", "ifeng.com", "thepaper.cn", "caixin.com", "36kr.com", "qq.com", "wikipedia.org",
    "com.tencent.mm",  # WeChat's package: it reads like a host under Myanmar's .mm
)  # fmt: skip
# anybody gets a page of his own there, with forms and files: a link to one is bait like any other
_NOT = ("docs.qq.com", "wj.qq.com", "qm.qq.com", "jq.qq.com", "url.cn", "share.weiyun.com", "wpa.qq.com", "qun.qq.com")


def of_others(host: str) -> bool:
    """Tell whether a host only carries what others publish.

    >>> of_others("www.zhihu.com"), of_others("docs.qq.com"), of_others("zhihu.com.evil.top")
    (True, False, False)
    """
    name = host.lower()
    if any(name == site or name.endswith(f".{site}") for site in _NOT):
        return False
    return any(name == site or name.endswith(f".{site}") for site in STORES + _READ)
