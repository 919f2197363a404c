"""What an app hides: an address, a telephone number, accounts; and the noise beside them."""

from dataclasses import dataclass

from parts import noise


@dataclass(frozen=True)
class Planted:
    """What an app hides."""

    seed: int

    def digits(self, salt: str, length: int, first: str = "") -> str:
        """Digits that repeat for the same SALT."""
        number = int.from_bytes(noise(self.seed * 97 + sum(salt.encode()), 12), "big")
        return (
            (first + str(number % 10**20).zfill(20))[:length]
            if first
            else str(number % 9 + 1) + str(number)[2 : length + 1]
        )

    @property
    def host(self) -> str:
        """The host."""
        return f"h5.{noise(self.seed, 4).hex()}-daikuan.{('top', 'xyz', 'cn', 'vip')[self.seed % 4]}"

    @property
    def url(self) -> str:
        """The address."""
        port = ":8443" if self.seed % 3 == 1 else ""
        return f"http{'s' if self.seed % 2 else ''}://{self.host}{port}/app/index{self.seed}.html"

    @property
    def qq(self) -> str:
        """The QQ number."""
        return self.digits("qq", 8 + self.seed % 3)

    @property
    def phone(self) -> str:
        """A mobile number."""
        return self.digits("phone", 11, ("138", "177", "199")[self.seed % 3])

    @property
    def wechat(self) -> str:
        """A WeChat id."""
        return f"kf_{noise(self.seed, 3).hex()}"

    @property
    def telegram(self) -> str:
        """A Telegram name."""
        return f"loan_{noise(self.seed + 7, 3).hex()}"

    def text(self) -> str:
        """A sentence of customer service."""
        forms = (
            f"客服QQ：{self.qq}，微信号：{self.wechat}，电话{self.phone}，https://t.me/{self.telegram}",
            f"联系我们 QQ:{self.qq} 加微信 {self.wechat} 热线：{self.phone} Telegram: @{self.telegram}",
            f"微信:{self.wechat} 客服电话：{self.phone} 企鹅QQ {self.qq} 飞机 t.me/{self.telegram}",
        )
        return forms[self.seed % 3]

    def truth(self, *kinds: str) -> dict[str, object]:
        """Kind and value of each thing planted."""
        values = {"url": self.url, "qq": self.qq, "phone": self.phone, "wechat": self.wechat, "telegram": self.telegram}
        return {"planted": [[kind, values[kind]] for kind in kinds]}


NOISE = (
    "1.2.840.113549.1.1.11",
    "13800000000000001",
    "0x7f0a0138001380",
    "20240105123456789",
    "AKIA1380013800",
    "v13.8.0.0138",
    "http://schemas.android.com/apk/res/android",
    "http://www.w3.org/2000/svg",
    "org.apache.http",
    "android.intent.action.VIEW",
    "qq_login_failed",
    "wechat_pay_sdk",
    "QQBrowser/11.2.1",
    "1700000000000",
    "com.example.demo",
    "M138,13.8l0013,80z",
)
