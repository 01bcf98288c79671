"""States of signing in, by PIN and by a clerk's hardware key; of keys in the very words that the window says."""

from __future__ import annotations

import desk_samples as d
from PyQt6.QtCore import QCoreApplication

from app.domain.errors import Refused
from app.presenters.desk import error_line
from widgets.dialogs.sign_in import KeyView, SignInDialog, SignInMode
from widgets.views import Tone

_PLACE = "湖州市政务服务中心　A03 综合窗口"
_HOLDER = "李敏（0231）"


def dialogs() -> dict[str, SignInDialog]:
    return {
        "d-sign-in": _by_pin(SignInMode.SIGN_IN),
        "d-sign-in-wrong": _by_pin(
            SignInMode.SIGN_IN, "口令不对：已输错 3 次。请在 30 秒后再试；忘记口令请找负责人重设。"
        ),
        "d-sign-in-first": _by_pin(SignInMode.FIRST),
        "d-sign-in-new-pin": _by_pin(SignInMode.NEW_PIN),
        "d-sign-in-locked": _by_pin(SignInMode.LOCKED),
        "d-sign-in-recover": _by_pin(
            SignInMode.RECOVER, "恢复码有误：第 3 组“ZZ4QA”不对。请对照纸上的恢复码改正这一组。"
        ),
        **_before_a_key(),
        **_wrong_pins(),
        **_refused(),
        **_locked(),
    }


def _before_a_key() -> dict[str, SignInDialog]:
    ready = KeyView(_whose(), True, False, hint=_words("演示钥匙口令 {0}").format("246810"))
    own = _by_key(SignInMode.SIGN_IN, ready)
    own._turn_key()
    nowhere = KeyView(_words("本窗口要用钥匙登录，还没有配置钥匙：请找运维人员。"), False, True, Tone.ERROR)
    return {
        "d-key-absent": _by_key(SignInMode.SIGN_IN, KeyView(_words("请插上您的钥匙"), False, True, Tone.INFO)),
        "d-key-no-port": _by_key(SignInMode.SIGN_IN, nowhere),
        "d-key-pin": _by_key(SignInMode.SIGN_IN, ready, typed="24681"),
        "d-key-own-pin": own,
    }


def _wrong_pins() -> dict[str, SignInDialog]:
    low, last = (
        KeyView(_words("；").join((_whose(), _words(words))), True, True, Tone.WARNING)
        for words in ("钥匙口令输错过", "再输错一次钥匙就会锁死")
    )
    dead = _words("钥匙已锁死：口令输错次数太多。请到发证机构解锁，其间请负责人安排。")
    return {
        "d-key-wrong": _by_key(
            SignInMode.SIGN_IN, low, _words("钥匙口令不对：请重新输入。错的次数由钥匙记着，多次输错会锁死。")
        ),
        "d-key-last": _by_key(
            SignInMode.SIGN_IN,
            last,
            _words("钥匙口令不对：只剩最后一次，再输错钥匙就会锁死。想不起来请先找发证机构。"),
        ),
        "d-key-dead": _by_key(SignInMode.SIGN_IN, KeyView(dead, False, True, Tone.ERROR)),
    }


def _refused() -> dict[str, SignInDialog]:
    foreign = (
        "不认可这把钥匙",
        f"{_HOLDER}的证书不是本平台认可的机构发的。",
        "请插平台发的钥匙；刚换过发证机构的，请先联网同步。",
    )
    expired = ("钥匙的证书已过期", f"{_HOLDER}的证书有效期到 2026-07-31。", "请到发证机构换发证书。")
    revoked = ("钥匙的证书已吊销", f"{_HOLDER}的证书在吊销名单上。", "不能再用这把钥匙，请找发证机构换发。")
    unknown = ("没有这位窗口人员", f"钥匙是{_HOLDER}的，本窗口没有登记。", "请负责人登记，或换一把钥匙。")
    return {
        **{
            name: _by_key(SignInMode.SIGN_IN, KeyView(error_line(Refused(*why)), False, required, Tone.ERROR))
            for name, why, required in (
                ("d-key-foreign", foreign, True),
                ("d-key-foreign-either", foreign, False),
                ("d-key-expired", expired, True),
                ("d-key-revoked", revoked, True),
            )
        },
        "d-key-unknown": _by_key(SignInMode.SIGN_IN, KeyView(_whose(), True, True), error_line(Refused(*unknown))),
    }


def _locked() -> dict[str, SignInDialog]:
    pulled = _words("钥匙已拔出，屏幕随即锁定。插回后输入钥匙口令。")
    either = _words("钥匙已拔出，屏幕随即锁定。插回后输入钥匙口令，或直接输入自己的口令。")
    return {
        "d-key-locked": _by_key(SignInMode.LOCKED, KeyView(_whose(), True, True)),
        "d-key-locked-either": _by_key(SignInMode.LOCKED, KeyView(_whose(), True, False)),
        "d-key-pulled": _by_key(SignInMode.LOCKED, KeyView(pulled, False, True, Tone.WARNING)),
        "d-key-pulled-either": _by_key(SignInMode.LOCKED, KeyView(either, False, False, Tone.WARNING)),
    }


def _words(text: str) -> str:
    return QCoreApplication.translate("KeyPresenter", text)


def _whose() -> str:
    return _words("{0}的钥匙　工号 {1}").format("李敏", "0231")


def _by_pin(mode: SignInMode, said: str = "") -> SignInDialog:
    dialog = SignInDialog()
    several = (SignInMode.SIGN_IN, SignInMode.RECOVER)
    clerks = () if mode is SignInMode.FIRST else d.CLERKS if mode in several else d.CLERKS[:1]
    dialog.set_mode(mode, clerks, _PLACE, "演示口令 250801" if mode is SignInMode.LOCKED else "")
    dialog.offer_recovery(True)
    if mode is SignInMode.RECOVER:
        dialog.code.setText("7k3mx 00f21 zz4qa 9t8rb h2j3c v5w6d 1234e")
    dialog.say(said)
    return dialog


def _by_key(mode: SignInMode, key: KeyView, said: str = "", typed: str = "") -> SignInDialog:
    dialog = SignInDialog()
    dialog.set_mode(mode, d.CLERKS if mode is SignInMode.SIGN_IN else d.CLERKS[:1], _PLACE)
    dialog.set_key(key)
    dialog.pin.setText(typed)
    dialog.say(said)
    return dialog
