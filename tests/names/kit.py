"""Brands for the tests of the confusion model: the shipped ones by their names, and one of another kind."""

from zhengben.core.brand import Brand, Channel, Names


def brand(key: str, primary: str, *latin: str, **more: tuple[str, ...]) -> Brand:
    """Give a dossier with just its names and one official domain."""
    domain = str(more.pop("domain", ("official.example",))[0])
    names = Names(primary=primary, latin=latin, **more)
    return Brand(
        id=key, owner=key, finance=True, names=names, channels=(Channel(kind="domain", exists="yes", value=domain),)
    )


WEILIDAI = brand(
    "weilidai",
    "微粒贷",
    "weilidai",
    short=("wld",),
    siblings=("微业贷", "微车贷"),
    keywords=("代开", "强开"),
    domain=("webank.com",),
)
WEBANK = brand("webank", "微众银行", "webank", siblings=("微粒贷",), domain=("webank.com",))
HUABEI = brand("huabei", "花呗", "huabei", siblings=("借呗", "花吧"), domain=("alipay.com",))
JIEBEI = brand("jiebei", "借呗", "jiebei", siblings=("花呗",), domain=("alipay.com",))
ALL = (WEILIDAI, WEBANK, HUABEI, JIEBEI)
