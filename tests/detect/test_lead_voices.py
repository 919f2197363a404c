"""Voices outsiders wrote and we had not: dialects, cards held to a telephone, faces filmed, shops that take the brand.

Each sentence is ours, written for the class and not taken from any set that reports a figure.
"""

from collections.abc import Callable

import pytest

from zhengben.core.brand import Brand
from zhengben.core.judge import judge
from zhengben.core.verdict import Coverage, Label
from zhengben.detect.lexicon import listed, phrases
from zhengben.detect.masked import mask
from zhengben.detect.registry import detect_all
from zhengben.examine.text import examine_text

ACCUSED = {Label.IMPERSONATION, Label.SCAM}

IMPOSTORS = [
    "喂，我系微粒贷嘅同事，你张卡俾人盗用紧，你将啲钱过去我哋个安全户口先啦",
    "微粒贷客服，您的卡要升级，请把银行卡贴在手机背面，然后输密码",
    "微粒贷工作人员：请录制点头眨眼视频发我微信 wzkf_0092，人脸才能通过",
    "微粒贷代注销，注销后大数据变好，100一个，QQ 2938110442",
    "姐妹们，我表哥在微粒贷里面上班，可以帮开，需要的留个微信",
    "微粒贷漏洞能多下三千，教程五十，懂的滴滴 QQ 3847261955",
    "微粒贷内部通道，强下三万，下款收十个点，加V ghj88231",
]
HONEST = [
    "喂，阿妈，微粒贷打嚟话要我过数去安全户口，我知系骗人嘅，即刻收线",
    "把银行卡贴在手机背面就能用NFC坐地铁，微粒贷的还款卡也行",
    "出iPhone13 128G，2600，微粒贷可，同城面交",
    "健身卡1288，微粒贷也可以付，找教练微信 fit_abc12",
    "牙齿矫正可以微粒贷分期12期免息，咨询电话 028-87654321",
    "【正义律所】您咨询的微粒贷逾期一事，律师已回复，请周五来所面谈，电话 0755-82334455",
    "【正义律所】您委托我们代理的微粒贷借款合同纠纷一案已立案，请周五来所签字，电话 0755-82334455",
    "微粒贷提额、代还、套现都不要碰，有困难找王老师 13711112222",
    "微粒贷银企对接会周四在管委会三楼举行，企业报名电话 0769-22334455",
]


@pytest.fixture
def labelled(brand: Brand) -> Callable[[str], Label]:
    def told(words: str) -> Label:
        sighting = examine_text(words)
        return judge(brand.id, detect_all(sighting, (brand,))[brand.id], Coverage(sighting.missing)).label

    return told


@pytest.mark.parametrize("words", IMPOSTORS)
def test_whoever_deceives_in_another_voice_is_accused(labelled: Callable[[str], Label], words: str) -> None:
    assert labelled(words) in ACCUSED


@pytest.mark.parametrize("words", HONEST)
def test_what_only_sounds_like_it_is_not(labelled: Callable[[str], Label], words: str) -> None:
    assert labelled(words) not in ACCUSED


@pytest.mark.parametrize("handle", ["ghj88231", "ip14_xx", "wang_8876"])
def test_a_bare_handle_is_one(handle: str) -> None:
    assert phrases("acts", "handle").search(mask(f"找我 {handle}", ()).text)


@pytest.mark.parametrize("model", ["iPhone14", "Redmi12", "Galaxy23", "iPad10"])
def test_the_model_of_a_telephone_is_no_handle(model: str) -> None:
    assert phrases("acts", "handle").search(mask(f"出 {model}，九成新", ()).text) is None


@pytest.mark.parametrize("words", ["WeBank hotline", "微眾銀行服務熱線", "Customer Care", "helpline"])
def test_a_service_number_is_told_in_other_scripts(words: str) -> None:
    assert listed("number_of_service").search(words)


@pytest.mark.parametrize("words", ["Supporters of the team", "王记面馆"])
def test_other_words_are_no_service_number(words: str) -> None:
    assert listed("number_of_service").search(words) is None
