"""The gallery's states of what goes on beside the visit: the upload paused, behind a portal, under way; printing."""

from __future__ import annotations

from collections.abc import Callable

import print_samples

from widgets.views import Tone
from widgets.window import MainWindow

Fill = Callable[[MainWindow], None]


def states(empty: Fill, filling: Fill) -> dict[str, Fill]:
    """name -> what fills the window."""

    def paused(window: MainWindow) -> None:
        empty(window)
        window.status.set_outbox(1204, 1, "上传已暂停", attention=True)
        window.notice.show(Tone.WARNING, "上传已暂停 4 小时", "办件都在本机，平台还没有收到。", "按 Ctrl+F9 继续上传。")

    def portal(window: MainWindow) -> None:
        empty(window)
        window.status.set_connection("portal", "10:05 起，可继续受理")
        window.status.set_outbox(3, 0, "只传办件")
        todo = "请用浏览器打开任一网页，登录本地网络；业务照常受理，登录后自动上报。"
        window.notice.show(Tone.WARNING, "网络要求先登录", "应答不是来自一窗平台。", todo)

    def uploading(window: MainWindow) -> None:
        filling(window)
        window.status.set_outbox(11_204, 0, "上传中 约 15 分钟")

    return {
        "a-upload-paused": paused,
        "a-portal": portal,
        "a-uploading": uploading,
        **print_samples.states(empty),
    }
