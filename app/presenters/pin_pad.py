"""The keys turned to the applicant: a telephone number typed by its owner, and the PIN of a social-security card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QObject

from app.domain.item import ElementType
from app.domain.person import mask_name
from app.identity.social_card import PinCheck, SocialCard, check_pin, read_social_card
from app.presenters.desk import Desk
from app.services.fill_form import FillForm
from app.services.social_card import UseSocialCard
from app.workers.device_thread import Call, DeviceThread
from devices.kinds.entry import Pin
from devices.outcome import Outcome, Reply
from widgets.form_panel import FormPanel
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.who import WhoPanel

KEY_SECONDS = 60.0
CARD_SECONDS = 8.0
PHONE_LENGTH = (7, 12)
"""A local number without its area to one with it; mobile ones have 11."""
PIN_LENGTH = (6, 6)


class PinPadPresenter(QObject):
    """Nobody waits for the pad: the clerk goes on, Esc takes the question back. A PIN is held for one call."""

    def __init__(
        self,
        form: FormPanel,
        who: WhoPanel,
        desk: Desk,
        fill: FillForm,
        social: UseSocialCard,
        pad: DeviceThread,
        reader: DeviceThread,
        open_now: Callable[[], bool],
    ) -> None:
        """reader: of social-security cards. Either may be absent. open_now: may the visit be changed?"""
        super().__init__()
        self._form, self._who, self._desk = form, who, desk
        self._fill, self._social = fill, social
        self._pad, self._reader = pad, reader
        self._open_now = open_now
        self._call: Call | None = None
        desk.replaced.connect(self.stop)

    def may_ask_phone(self) -> bool:
        """Is there a pad, and a telephone number to ask for?"""
        return not self._pad.absent and self._open_now() and self._phone() is not None

    def may_read_card(self) -> bool:
        return not self._reader.absent and self._open_now()

    def stop(self) -> None:
        """Esc, or the next visitor: nobody is asked any more."""
        if self._call is not None:
            self._call.cancel()

    def ask_phone(self) -> None:
        """Let the applicant type the number in hand, or the first one that is asked for."""
        key = self._phone()
        if key is None or self._call is not None:
            return
        visit_id = self._desk.visit.visit_id
        title = core_words(self._form.field_row(key).title)

        def typed(reply: Reply[Pin]) -> None:
            self._call = None
            if not self._desk.still(visit_id) or not self._open_now():
                return
            if reply.ok:
                self._desk.change(self._fill.keyed(self._desk.visit, key, reply.unwrap().digits()))
                self._form.focus_field(key)
                words = self.tr("请与申请人口头核对一遍。")
                self._desk.tell(Tone.SUCCESS, self.tr("已收到申请人按的{0}").format(title), words, "")
            else:
                self._tell_none(self.tr("没有收到{0}").format(title), reply)

        short, long = PHONE_LENGTH
        prompt = self.tr("请按{0}").format(title)
        self._desk.tell(
            Tone.INFO,
            self.tr("请申请人在密码键盘上按{0}").format(title),
            self.tr("按好后自动填入；Esc 取消，窗口可以接着办。"),
            "",
        )
        self._call = self._pad.call(lambda pad: pad.read_pin(prompt, short, long, KEY_SECONDS), typed)

    def read_card(self) -> None:
        """Shift+F3: the card's public data against the visitor's; then its PIN, where there is a pad for it."""
        if self._call is not None:
            return
        visit_id = self._desk.visit.visit_id
        self._who.set_waiting(self.tr("正在读社保卡，请插卡或放卡…"))

        def read(reply: Reply[SocialCard]) -> None:
            self._call = None
            self._who.set_waiting(None)
            if not self._desk.still(visit_id) or not self._open_now():
                return
            if not reply.ok:
                self._tell_none(self.tr("没有读到社保卡"), reply)
                return
            self._take_card(reply.unwrap())

        self._call = self._reader.call(lambda reader: read_social_card(reader, CARD_SECONDS), read)

    def _take_card(self, card: SocialCard) -> None:
        same = self._social.same_person(self._desk.visit, card)
        self._desk.change(self._social.read(self._desk.visit, card))
        name = mask_name(card.name or "")
        title = self.tr("社保卡：{0}").format(name) if name else self.tr("社保卡：卡片不公开持卡人")
        if same is False:
            todo = self.tr("不要当作本人的卡使用；请问明情况。")
            self._desk.tell(Tone.ERROR, title, self.tr("持卡人与来访人不是同一人！"), todo)
            return
        words = self.tr("与来访人是同一人。") if same else self.tr("还没有可比对的身份证，只作参考。")
        if self._pad.absent:
            self._desk.tell(Tone.SUCCESS if same else Tone.INFO, title, words, "")
            return
        todo = self.tr("请持卡人在密码键盘上按社保卡密码；不验密码按 Esc。")
        self._desk.tell(Tone.INFO, title, words, todo)
        self._ask_pin(card)

    def _ask_pin(self, card: SocialCard) -> None:
        visit_id = self._desk.visit.visit_id
        prompt, (short, long) = self.tr("请按社保卡密码"), PIN_LENGTH

        def typed(reply: Reply[Pin]) -> None:
            self._call = None
            if not self._desk.still(visit_id) or not self._open_now():
                return
            if not reply.ok:
                self._tell_none(self.tr("没有验证社保卡密码"), reply)
                return
            pin = reply.unwrap()
            # One try for one typing: a second one without the holder would bring the card nearer to being blocked.
            self._call = self._reader.call(
                lambda reader: check_pin(reader, card, pin.digits(), CARD_SECONDS), lambda said: checked(said)
            )

        def checked(said: Reply[PinCheck]) -> None:
            self._call = None
            if not self._desk.still(visit_id) or not self._open_now():
                return
            if not said.ok:
                self._tell_none(self.tr("社保卡密码没有验成"), said)
                return
            self._tell_check(card, said.unwrap())

        self._call = self._pad.call(lambda pad: pad.read_pin(prompt, short, long, KEY_SECONDS), typed)

    def _tell_check(self, card: SocialCard, check: PinCheck) -> None:
        self._desk.change(self._social.pin(self._desk.visit, card, check))
        if check.right:
            self._desk.tell(Tone.SUCCESS, self.tr("社保卡密码正确"), self.tr("已记入办理记录。"), "")
        elif check.blocked:
            todo = self.tr("请持卡人到社保卡服务网点重置密码。")
            self._desk.tell(Tone.ERROR, self.tr("社保卡密码已锁定"), "", todo)
        else:
            left = check.tries_left
            words = self.tr("还可以试 {0} 次。").format(left) if left is not None else ""
            todo = self.tr("请持卡人想好再试：按 Shift+F3 重新读卡。")
            self._desk.tell(Tone.WARNING, self.tr("社保卡密码不对"), words, todo)

    def _tell_none(self, title: str, reply: Reply[Any]) -> None:
        if reply.outcome is Outcome.CANCELLED:
            self._desk.tell(Tone.INFO, title, self.tr("已取消。"), "")
        else:
            self._desk.tell(Tone.WARNING, title, core_words(reply.detail), "")

    def _phone(self) -> str | None:
        """The telephone number in hand; else the first that is empty, else the first."""
        form = self._desk.visit.form
        asked = form.asked()
        phones = (field.key for field in form.definition.fields if field.element.type is ElementType.PHONE)
        keys = [key for key in phones if key in asked]
        here = self._form.current_field()
        empty = [key for key in keys if not form.state(key).value]
        return here if here in keys else next(iter(empty or keys), None)
