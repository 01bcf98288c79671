"""The page on a visitor's own phone: rate a service once 评价, or say what is not well done 我要找茬.

Server-rendered, no script, Chinese. The code in the address is the whole right to it: nothing is signed in, no cookie
is set, and the page says of the person no more than the code does.
"""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections import deque
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from app.documents.rating_points import points
from app.domain.rating import Grade
from app.gateway.core import Gateway
from app.gateway.forms import LOCKED_DOWN, form_of
from app.gateway.problems import Problem
from app.gateway.rate_codes import LONGEST_WORDS, Worth
from app.gateway.rate_html import STYLE, fault_page, rate_page, said_page, standing_page

PATH = "/rate"
_STATUS = {Worth.READY: 200, Worth.FORGED: 404, Worth.NOT_YET: 425}
"""Of the others 410: there was such a code."""
_MOST, _HOUR = 60, 3600.0
"""So many faults in an hour from all phones together and one process; more are asked to come to the window."""


class RatePages:
    """The pages of one gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._lock = threading.Lock()
        self._lately: deque[float] = deque()

    def route(self) -> BaseRoute:
        """Where they hang in the gateway."""
        return Mount(
            PATH,
            routes=[
                Route("/style.css", self._style, methods=["GET"]),
                Route("/fault", self._fault, methods=["GET"]),
                Route("/fault", self._find_fault, methods=["POST"]),
                Route("/{code}", self._show, methods=["GET"]),
                Route("/{code}", self._take, methods=["POST"]),
            ],
        )

    async def _style(self, request: Request) -> Response:
        return PlainTextResponse(STYLE, media_type="text/css", headers=LOCKED_DOWN)

    async def _show(self, request: Request) -> Response:
        code = request.path_params["code"]
        return await run_in_threadpool(lambda: self._standing(code, ""))

    async def _take(self, request: Request) -> Response:
        code, form = request.path_params["code"], await form_of(request)
        return await run_in_threadpool(lambda: self._rated(code, form))

    async def _fault(self, request: Request) -> Response:
        page = fault_page(request.query_params.get("code", "")[:1000], secrets.token_hex(16), "", {})
        return HTMLResponse(page, headers=LOCKED_DOWN)

    async def _find_fault(self, request: Request) -> Response:
        form = await form_of(request)
        return await run_in_threadpool(lambda: self._found(form))

    # -------------------------------------------------------------------------------------------------- deeds

    def _standing(self, code: str, wrong: str) -> Response:
        looked = self._gateway.rate_codes.look(code)
        if looked.worth is Worth.READY:
            return _page(rate_page(code, looked, wrong), 422 if wrong else 200)
        return _page(standing_page(code, looked), _STATUS.get(looked.worth, 410))

    def _rated(self, code: str, form: Mapping[str, str]) -> Response:
        grade = form.get("grade", "")
        if grade not in {str(int(one)) for one in Grade}:
            return self._standing(code, "请先选一个评价等级。")
        chosen = Grade(int(grade))
        # A browser sends what was ticked under another grade as well.
        details = [ident for ident, _ in points(chosen) if f"tick-{ident}" in form]
        words = form.get("words", "").strip()[:LONGEST_WORDS]
        looked = self._gateway.rate_codes.rate(code, chosen, details, words)
        if looked.worth is not Worth.READY:
            return _page(standing_page(code, looked), _STATUS.get(looked.worth, 410))
        below = "部门会核实整改并回访，办理窗口看不到您评了几分。" if chosen.bad else "办理窗口看不到您评了几分。"
        return _page(said_page("谢谢您的评价", below))

    def _found(self, form: Mapping[str, str]) -> Response:
        words, once, code = form.get("words", "").strip()[:2000], form.get("once", ""), form.get("code", "")[:1000]
        name, phone = form.get("name", "").strip()[:40], form.get("phone", "").strip()[:20]
        wrong = ""
        if not words:
            wrong = "请写明哪里不好办、哪里不合理。"
        elif phone and not (phone.isascii() and phone.replace("-", "").isdigit() and len(phone) >= 7):
            wrong = "电话号码不对，请核对；也可以不留。"
        elif not _is_once(once):
            once, wrong = secrets.token_hex(16), "页面已过时，请再点一次“提交”。"
        if wrong:
            return _page(fault_page(code, once, wrong, form), 422)
        if not self._room():
            return _page(said_page("现在反映的人太多", "请过一会儿再来，或者到窗口告诉工作人员。"), 429)
        try:
            matter = self._gateway.rate_codes.find_fault(words, name, phone, once, code)
        except Problem:
            return _page(said_page("没有收到", "请过一会儿再来，或者到窗口告诉工作人员。"), 503)
        answer = "留了电话的，整改后会回访。" if phone else "没有留电话，整改结果由窗口公布。"
        return _page(said_page("已收到，谢谢您指出来", f"编号 {matter.number}。{answer}"))

    def _room(self) -> bool:
        """Anybody may open the page: it must not become a way to flood the offices."""
        now = time.monotonic()
        with self._lock:
            while self._lately and self._lately[0] < now - _HOUR:
                self._lately.popleft()
            if len(self._lately) >= _MOST:
                return False
            self._lately.append(now)
            return True


def _is_once(text: str) -> bool:
    try:
        return uuid.UUID(text).hex == text
    except ValueError:
        return False


def _page(text: str, status: int = 200) -> Response:
    return HTMLResponse(text, status, LOCKED_DOWN)
