"""Carries out a wish on the devices: waits for the owner's thread without holding the loop, and gives least data."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import threading
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import numpy as np

from app.bridge.lines import EachFrame, Lines, Work
from app.bridge.listed import card_listed_as, own_fields, zone_listed_as
from app.bridge.loans import LISTS, TERMS, Lent, Loan, Wish
from app.bridge.masking import Chosen, card_data, licence_data, zone_data
from app.bridge.papers import pdf_of, strip_of
from app.documents.signature_picture import png
from app.domain import ink
from app.domain.clock import Clock, shanghai
from app.domain.licence import LicenceReading
from app.domain.person import mask
from app.domain.signature import Signature
from app.identity.lists import ListedDocument
from app.identity.verification import Answer, Line
from app.licences.decode import decode
from app.materials.page import encode_page, find_page
from devices.base import Picture
from devices.outcome import Outcome, Reply

_SETTLE = 4
"""Frames that a camera is given to find its light."""
_GRACE = 5.0
"""Seconds that a driver may take over its own time before it is told to stop."""
_STUCK = 5.0
"""And before its silence is the answer."""
_LOOK = 0.25
"""Seconds between two looks whether the clerk has checked the visitor."""
Listed = Callable[[ListedDocument | None], Line]
Verdicts = Callable[[str], Mapping[str, Any] | None]
"""Gives a system by name what may leave of the check of the visitor at the window; None while there is none."""


class Lender:
    """judge: what a code is worth; slow, for a thread. counter: this window's name. clerk: who serves. listed: what the
    list of lost and revoked documents says of one; for a thread. identity: the check of the visitor; None where no
    clerk sits at a window."""

    def __init__(
        self,
        lines: Lines,
        judge: Callable[[str], LicenceReading],
        counter: str,
        clerk: Callable[[], str],
        listed: Listed,
        clock: Clock,
        identity: Verdicts | None = None,
    ) -> None:
        self.lines = lines
        self._listed = listed
        self._clock = clock
        self._judge = judge
        self._counter = counter
        self._clerk = clerk
        self._identity = identity
        self._seen: dict[str, Picture] = {}
        self._do = {
            Loan.ID_CARD: self._id_card,
            Loan.PASSPORT: self._passport,
            Loan.CODE: self._code,
            Loan.VERIFY: self._verify,
            Loan.IDENTITY: self._verdicts,
            Loan.PAGE: self._page,
            Loan.PORTRAIT: self._portrait,
            Loan.SIGNATURE: self._signature,
            Loan.PRINT: self._print,
            Loan.RECEIPT: self._receipt,
            Loan.CALL: self._call,
            Loan.RATING: self._rating,
        }

    def slot_for(self, wish: Wish) -> str:
        """The first of its places where a device stands; the usual one where none does, "" where none is needed."""
        if wish.options.get("side"):
            return "document_camera_side"
        there = {state.slot for state in self.lines.states()}
        slots = TERMS[wish.loan].slots
        return next((slot for slot in slots if slot in there), slots[0] if slots else "")

    async def lend(self, wish: Wish, system: str) -> Lent:
        """Carry it out. Cancelling this task calls the device off. Problem: what was sent to print is no PDF."""
        return await self._do[wish.loan](wish, self.slot_for(wish), system)

    async def _id_card(self, wish: Wish, slot: str, system: str) -> Lent:
        reply = await self.call(slot, lambda device: device.read_card(wish.seconds), wish.seconds)
        if not reply.ok:
            return _failed(reply, slot)
        reading = reply.unwrap()
        trace = {"number": mask(reading.card.number or "")}
        listed = await asyncio.to_thread(self._listed, card_listed_as(reading))
        return _read(card_data(reading, own_fields(wish), wish.full), wish, slot, trace, listed)

    async def _passport(self, wish: Wish, slot: str, system: str) -> Lent:
        reply = await self.call(slot, lambda device: device.read_zone(wish.seconds), wish.seconds)
        if not reply.ok:
            return _failed(reply, slot)
        reading = reply.unwrap()
        today = shanghai(self._clock.now()).date()
        listed = await asyncio.to_thread(lambda: self._listed(zone_listed_as(reading, today)))
        return _read(zone_data(reading, own_fields(wish), wish.full), wish, slot, {}, listed)

    async def _code(self, wish: Wish, slot: str, system: str) -> Lent:
        if slot == "camera":
            reply = await self._code_in_view(slot, wish.seconds)
        else:
            scanned = await self.call(slot, lambda device: device.read_code(wish.seconds), wish.seconds)
            reply = Reply(scanned.outcome, scanned.unwrap().text if scanned.ok else None, scanned.detail)
        return await self._judged(wish, reply.unwrap(), slot) if reply.ok else _failed(reply, slot)

    async def _verify(self, wish: Wish, slot: str, system: str) -> Lent:
        return await self._judged(wish, wish.options["text"], "")

    async def _verdicts(self, wish: Wish, slot: str, system: str) -> Lent:
        """Wait for the clerk's check of the visitor at the window. It is on record before it is here."""
        until = time.monotonic() + wish.seconds
        while self._identity is not None:
            found = await asyncio.to_thread(self._identity, system)
            if found is not None:
                trace = {"record": str(found["record"]), "conclusion": str(found["conclusion"])}
                return _lent(({name: found[name] for name in wish.fields}, ()), "", trace)
            if time.monotonic() >= until:
                return Lent(str(Outcome.TIMEOUT), "窗口人员还没有核验来访者")
            await asyncio.sleep(_LOOK)
        return Lent(str(Outcome.NOT_PRESENT), "这里没有窗口人员，不能核验身份")

    async def _judged(self, wish: Wish, text: str, slot: str) -> Lent:
        reading = await asyncio.to_thread(self._judge, text)
        trace = {"kind": str(reading.kind), "verdict": str(reading.verdict)}
        return _lent(licence_data(reading, text, wish.fields, wish.full), slot, trace)

    async def _page(self, wish: Wish, slot: str, system: str) -> Lent:
        reply = await self.picture(slot, wish.seconds)
        if not reply.ok:
            return _failed(reply, slot)

        def develop() -> tuple[bytes, bool]:
            picture = _turned(reply.unwrap(), wish.options.get("rotate", 0))
            page = find_page(picture) if wish.options.get("cut", True) else None
            return encode_page(page.picture if page else picture, wish.options.get("quality", 88)), page is not None

        data, cut = await asyncio.to_thread(develop)
        return _lent(({"jpeg": _base64(data), "cut": cut}, ()), slot)

    async def _portrait(self, wish: Wish, slot: str, system: str) -> Lent:
        reply = await self.picture(slot, wish.seconds)
        if not reply.ok:
            return _failed(reply, slot)
        data = await asyncio.to_thread(encode_page, reply.unwrap(), wish.options.get("quality", 88))
        return _lent(({"jpeg": _base64(data)}, ()), slot)

    async def _signature(self, wish: Wish, slot: str, system: str) -> Lent:
        prompt = f"{system}：{wish.purpose}"
        reply = await self.call(slot, lambda device: device.sign(prompt, wish.seconds), wish.seconds)
        return _lent((_signed(reply.unwrap(), wish.fields), ()), slot) if reply.ok else _failed(reply, slot)

    async def _print(self, wish: Wish, slot: str, system: str) -> Lent:
        pdf, job = await asyncio.to_thread(pdf_of, wish.options["pdf"]), _job(system, wish)
        title = f"{system} {wish.options.get('title', '')}".strip()
        reply = await self.call(slot, lambda device: device.print_pdf(pdf, job, title), wish.seconds)
        return _printed(reply, slot)

    async def _receipt(self, wish: Wish, slot: str, system: str) -> Lent:
        job = _job(system, wish)

        def burn(device: Any) -> Reply[str]:
            # Made on the printer's own thread: it alone knows how wide the head is.
            picture = strip_of(wish.options["title"], wish.options["lines"], device.width_dots)
            reply: Reply[str] = device.print_picture(picture, job)
            return reply

        return _printed(await self.call(slot, burn, wish.seconds), slot)

    async def _call(self, wish: Wish, slot: str, system: str) -> Lent:
        number, again = wish.options["number"], wish.options.get("again", False)
        reply = await self.call(slot, lambda device: device.call_number(number, self._counter, again), wish.seconds)
        return _printed(reply, slot)

    async def _rating(self, wish: Wish, slot: str, system: str) -> Lent:
        item, clerk = wish.options.get("item", ""), self._clerk()
        reply = await self.call(slot, lambda device: device.ask_rating(clerk, item, wish.seconds), wish.seconds)
        return _lent(({"score": reply.unwrap()}, ()), slot) if reply.ok else _failed(reply, slot)

    async def call(self, slot: str, work: Work, seconds: float) -> Reply[Any]:
        """work(device) on its owner's thread; TIMEOUT when it takes longer and does not stop when told."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[Reply[Any]] = loop.create_future()
        cancel = self.lines.call(slot, work, _handing(loop, ended))
        return await _until(ended, cancel, seconds)

    async def picture(self, slot: str, seconds: float) -> Reply[Picture]:
        """One picture of a camera, after it has found its light; of one that is looked through, the latest."""
        if slot in self._seen:
            return Reply(Outcome.OK, self._seen[slot])
        taken: list[Picture] = []
        seen = 0

        def each(picture: Picture) -> bool:
            nonlocal seen
            seen += 1
            taken[:] = [picture]
            return seen >= _SETTLE

        reply = await self._watch(slot, each, seconds)
        # A picture laid before the camera as a file is over after one frame.
        if taken and reply.outcome in (Outcome.OK, Outcome.NOT_PRESENT):
            return Reply(Outcome.OK, taken[0])
        return Reply(reply.outcome if not reply.ok else Outcome.FAULT, detail=reply.detail)

    async def view(self, slot: str, seconds: float, show: Callable[[Picture], Awaitable[None]]) -> Reply[Any]:
        """Hand the pictures of a camera to `show`, the freshest first, until it is cancelled or the time is over."""
        loop = asyncio.get_running_loop()
        come = asyncio.Event()
        fresh: list[Picture] = []

        def each(picture: Picture) -> bool:
            fresh[:] = [picture]
            if not loop.is_closed():
                loop.call_soon_threadsafe(come.set)
            return False

        async def pass_on() -> None:
            while True:
                await come.wait()
                come.clear()
                self._seen[slot] = fresh[0]
                await show(fresh[0])

        passing = asyncio.create_task(pass_on())
        watching = asyncio.create_task(self._watch(slot, each, seconds))
        try:
            await asyncio.wait({passing, watching}, return_when=asyncio.FIRST_COMPLETED)
            return watching.result() if watching.done() else Reply(Outcome.CANCELLED)
        finally:
            passing.cancel()
            watching.cancel()
            self._seen.pop(slot, None)
            await asyncio.gather(passing, watching, return_exceptions=True)

    async def _code_in_view(self, slot: str, seconds: float) -> Reply[str]:
        """The first code that comes into view; looked for on the freshest frame, off the camera's own thread."""
        fresh: list[Picture] = []
        come = threading.Semaphore(0)
        found: list[str] = []

        def each(picture: Picture) -> bool:
            fresh[:] = [picture]
            come.release()
            return bool(found)

        def search(until: threading.Event) -> None:
            while not until.is_set() and not found:
                if come.acquire(timeout=0.2) and fresh:
                    found.extend(code.text for code in decode(fresh.pop())[:1])

        over = threading.Event()
        looking = asyncio.create_task(asyncio.to_thread(search, over))
        try:
            reply = await self._watch(slot, each, seconds)
        finally:
            over.set()
            await asyncio.shield(looking)
        if found:
            return Reply(Outcome.OK, found[0])
        if reply.outcome in (Outcome.OK, Outcome.TIMEOUT):
            return Reply(Outcome.NOT_PRESENT, detail="没有看到二维码")
        return Reply(reply.outcome, detail=reply.detail)

    async def _watch(self, slot: str, each: EachFrame, seconds: float) -> Reply[Any]:
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[Reply[Any]] = loop.create_future()
        cancel = self.lines.watch(slot, each, _handing(loop, ended))
        return await _until(ended, cancel, seconds, grace=0.0)


def _handing(loop: asyncio.AbstractEventLoop, ended: asyncio.Future[Reply[Any]]) -> Callable[[Reply[Any]], None]:
    """Brings a reply from whatever thread to the loop. Nobody may wait any more, nor the loop run."""

    def land(reply: Reply[Any]) -> None:
        if not ended.done():
            ended.set_result(reply)

    def hand(reply: Reply[Any]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(land, reply)

    return hand


async def _until(
    ended: asyncio.Future[Reply[Any]], cancel: Callable[[], None], seconds: float, grace: float = _GRACE
) -> Reply[Any]:
    """The reply, or TIMEOUT. The device is told to stop when the time is over, and when nobody waits any more."""
    try:
        done, _ = await asyncio.wait({ended}, timeout=seconds + grace)
        if not done:
            cancel()
            done, _ = await asyncio.wait({ended}, timeout=_STUCK)
            late = ended.result() if done else None
            if late is not None and late.outcome is not Outcome.CANCELLED:
                return late
            return Reply(Outcome.TIMEOUT, detail="设备没有在规定时间内完成")
        return ended.result()
    except asyncio.CancelledError:
        cancel()
        raise


def _lent(chosen: Chosen, slot: str, trace: dict[str, str] | None = None) -> Lent:
    data, masked = chosen
    return Lent(str(Outcome.OK), "", data, masked, slot, trace or {})


def _read(chosen: Chosen, wish: Wish, slot: str, trace: dict[str, str], listed: Line) -> Lent:
    """A document that was read, with what the list says of it: to the page as far as it asked, on record when named."""
    data, masked = chosen
    if LISTS in wish.fields:
        data[LISTS] = {"answer": listed.answer.value, "ground": listed.ground.value}
    if listed.answer is Answer.NO:
        trace |= {"listed": listed.ground.value, "list": listed.detail}
    return Lent(str(Outcome.OK), "", data, masked, slot, trace, listed)


def _failed(reply: Reply[Any], slot: str) -> Lent:
    return Lent(str(reply.outcome), reply.detail, device=slot)


def _printed(reply: Reply[Any], slot: str) -> Lent:
    return Lent(str(reply.outcome), reply.detail, {} if reply.ok else None, device=slot)


def _job(system: str, wish: Wish) -> str:
    """The same job of the same system is printed once, however often it is sent; without one each is another."""
    own = wish.options.get("job") or uuid.uuid4().hex
    return "bridge-" + hashlib.sha256(f"{system}\n{own}".encode()).hexdigest()[:24]


def _signed(signature: Signature, fields: tuple[str, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if "picture" in fields:
        data["picture"] = _base64(png(signature))
    if "strokes" in fields:
        data["strokes"] = ink.document(signature)
    return data


def _turned(picture: Picture, degrees: int) -> Picture:
    """Turned clockwise by so many quarters."""
    return np.ascontiguousarray(np.rot90(picture, -(degrees // 90) % 4)) if degrees % 360 else picture


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
