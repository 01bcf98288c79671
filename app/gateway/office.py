"""The back office 后台: a page in the browser where a trainer acts as the departments.

Server-rendered, no script: cases are decided, firms' matters moved on, bad ratings answered. Small enough that a
template engine would be more to look after than the page. A wrong password costs time; every form carries a mark that
only a page of ours knows.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
import urllib.parse
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from app.domain.clock import shanghai
from app.domain.errors import YichuangError
from app.domain.matter import Act, Role
from app.gateway import office_roster
from app.gateway.cases import Decision, Stage
from app.gateway.core import Gateway
from app.gateway.forms import LOCKED_DOWN, form_of
from app.gateway.office_html import STYLE, login_page, office_page, whole
from app.materials.workdays import add_working_days

PATH = "/office"
_COOKIE = "yichuang-office"
SHORTEST = 6
"""Characters of the password."""
_HOURS = 12
"""How long a sign-in lasts."""
_CORRECT_DAYS = 5
"""Working days that an applicant is given to put something right."""
_FAILURES, _PAUSE = 5, 30.0
"""So many wrong passwords, and nobody is let in for so many seconds."""


class Office:
    """The page of one gateway. password: of whoever acts as the departments; ValueError: shorter than SHORTEST."""

    def __init__(self, gateway: Gateway, password: str) -> None:
        if len(password) < SHORTEST:
            raise ValueError("the back office's password is too short")
        self._gateway = gateway
        # From the password, so that several processes of a hall take each other's cookies.
        self._key = hashlib.scrypt(password.encode(), salt=b"yichuang-office", n=1 << 14, r=8, p=1)
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0

    def route(self) -> BaseRoute:
        """Where it hangs in the gateway."""
        return Mount(
            PATH,
            routes=[
                Route("/", self._show, methods=["GET"]),
                Route("/roster", self._show_roster, methods=["GET"]),
                Route("/style.css", self._style, methods=["GET"]),
                Route("/login", self._login, methods=["POST"]),
                Route("/logout", self._logout, methods=["POST"]),
                Route("/act", self._act, methods=["POST"]),
            ],
        )

    # ------------------------------------------------------------------------------------------------ requests

    async def _show(self, request: Request) -> Response:
        if not self._known(request):
            return _page(login_page(""))
        said = request.query_params.get("said", "")[:300]
        return await run_in_threadpool(lambda: _page(office_page(self._gateway, self._mark(request), said)))

    async def _show_roster(self, request: Request) -> Response:
        if not self._known(request):
            return _page(login_page(""))
        said, week = request.query_params.get("said", "")[:300], request.query_params.get("week", "")[:10]

        def made() -> Response:
            body = office_roster.roster_page(self._gateway, self._mark(request), said, week)
            return _page(whole("驻点排班", body))

        return await run_in_threadpool(made)

    async def _style(self, request: Request) -> Response:
        return PlainTextResponse(STYLE, media_type="text/css", headers=LOCKED_DOWN)

    async def _login(self, request: Request) -> Response:
        given = (await form_of(request)).get("password", "")
        if not await run_in_threadpool(self._right, given):
            return _page(login_page("口令不对，或者输错太多次，请半分钟后再试。"), 403)
        until = str(int(time.time()) + _HOURS * 3600)
        answer = RedirectResponse(PATH + "/", 303, LOCKED_DOWN)
        answer.set_cookie(
            _COOKIE,
            f"{until}.{self._signed('session', until)}",
            max_age=_HOURS * 3600,
            path=PATH,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    async def _logout(self, request: Request) -> Response:
        answer = RedirectResponse(PATH + "/", 303, LOCKED_DOWN)
        answer.delete_cookie(_COOKIE, path=PATH)
        return answer

    async def _act(self, request: Request) -> Response:
        form = await form_of(request)
        if not self._known(request) or not hmac.compare_digest(form.get("mark", ""), self._mark(request)):
            return _page(login_page("请重新登录。"), 403)
        said = await run_in_threadpool(self._do, form)
        page = "roster" if form.get("what") == "roster" else ""
        return RedirectResponse(f"{PATH}/{page}?said={urllib.parse.quote(said)}", 303, LOCKED_DOWN)

    # -------------------------------------------------------------------------------------------------- deeds

    def _do(self, form: Mapping[str, str]) -> str:
        """Do what a form asks; what is said of it."""
        what, key, words = form.get("what", ""), form.get("id", ""), form.get("words", "").strip()[:1000]
        by = form.get("by", "").strip()[:100] or "后台"
        try:
            if what == "case":
                self._decide(key, form.get("act", ""), words)
            elif what == "matter":
                self._move(key, form.get("act", ""), by, words, form)
            elif what == "handover":
                self._gateway.handovers.retry_now()
            elif what == "roster":
                return office_roster.do(self._gateway, form)
            elif what == "order":
                if not words:
                    return "没有办：整改结果要写明。"
                self._gateway.ratings.close_order(key, words)
            else:
                return "没有办：不认识的操作。"
        except YichuangError as error:
            return f"没有办：{error.title}：{error.what}"
        except (KeyError, ValueError):
            return "没有办：已不在清单里，请刷新。"
        return "已办。"

    def _decide(self, case_id: str, act: str, words: str) -> None:
        if act == "review":
            self._gateway.cases.advance(case_id, Stage.UNDER_REVIEW)
        elif act == "grant":
            self._gateway.cases.advance(case_id, Stage.DECIDED, Decision(words, result="准予许可"))
        elif act == "refuse":
            self._gateway.cases.advance(case_id, Stage.DECIDED, Decision(words, result="不予许可"))
        elif act == "withdraw":
            self._gateway.cases.advance(case_id, Stage.UNDER_REVIEW, Decision(words or "决定已撤回，重新审核。"))
        elif act == "correct":
            due = add_working_days(shanghai(self._gateway.clock.now()).date(), _CORRECT_DAYS)
            self._gateway.cases.advance(case_id, Stage.CORRECTION, Decision(words or "请补正材料。", due))
        else:
            raise ValueError(act)

    def _move(self, matter_id: str, act: str, by: str, words: str, form: Mapping[str, str]) -> None:
        role = Role(form["role"]) if form.get("role") else None
        stars = int(form.get("stars") or 0)
        self._gateway.matters.act(matter_id, Act(act), by, words, role=role, stars=stars)

    # ------------------------------------------------------------------------------------------------- sign-in

    def _right(self, given: str) -> bool:
        with self._lock:
            if time.monotonic() < self._closed_until:
                return False
        made = hashlib.scrypt(given.encode()[:1000], salt=b"yichuang-office", n=1 << 14, r=8, p=1)
        right = hmac.compare_digest(made, self._key)
        with self._lock:
            self._failures = 0 if right else self._failures + 1
            if self._failures >= _FAILURES:
                self._failures, self._closed_until = 0, time.monotonic() + _PAUSE
        return right

    def _known(self, request: Request) -> bool:
        until, _, signature = request.cookies.get(_COOKIE, "").partition(".")
        if not until.isascii() or not until.isdigit() or len(until) > 12:
            return False
        return hmac.compare_digest(signature, self._signed("session", until)) and int(until) > time.time()

    def _mark(self, request: Request) -> str:
        """What a form of this sign-in carries, so that no other page can send it."""
        return self._signed("form", request.cookies.get(_COOKIE, ""))

    def _signed(self, purpose: str, text: str) -> str:
        return hmac.new(self._key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def _page(text: str, status: int = 200) -> Response:
    return HTMLResponse(text, status, LOCKED_DOWN)
