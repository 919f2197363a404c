"""The name a page carries at its head where its title is nobody's: 用户登录 above the brand's name alone.

False pages about a loan that cannot be paid out are titled with its state (提现异常处理) and signed at the head.
"""

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.detect.mention import mentions
from zhengben.detect.page_names import folded, is_about, is_service, self_name, words
from zhengben.detect.page_owner import is_lender
from zhengben.names.api import Pack

BELOW = 3  # lines below the first in which a till shows other ways to pay, and a list other lenders


def masthead(page: PageFacts, brand: Brand, names: Pack) -> tuple[str, str]:
    """Give the first line of a page that asks for something and its name in it, or two empty strings.

    Only under a title that is all words of a service, and not where other ways to pay or lenders stand below the name.
    """
    lines = page.text.split("\n", BELOW + 1)
    if not page.asks or page.published or mentions(page.title, brand, names) or not is_service(page.title):
        return "", ""
    if any(one.where == "meta" and is_about(one.words) for one in page.told):
        return "", ""  # what it tells those who link to it speaks about the name
    matched = self_name(lines[0], brand, names)
    others = any(
        is_lender(line, brand, names) or words("owner", "tender").search(folded(line)) for line in lines[1 : BELOW + 1]
    )
    return (lines[0], matched) if matched and not others else ("", "")
