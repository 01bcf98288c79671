"""Joins what a remote wipe needs, with the store open and without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.config.layers import Sources
from app.domain.clock import SystemClock
from app.domain.errors import EnvironmentProblem, Refused, YichuangError
from app.domain.wipe import WipeKind
from app.profiles import kind_of
from app.server.client import GatewayClient
from app.server.headers import token_key
from app.server.visit_client import VisitClient
from app.services.remote_wipe import Confirm, RemoteWipe, Wiped, go_on
from app.settings import Settings, load
from offline_db.keys import SERVICE, safe_backend
from offline_db.profile import Profile, ProfileKind
from offline_db.wipe import KeyringSecrets, Wiper, WipeStage, forget_entry, go_on_alone, wipe_record


def token_name(device_id: str) -> str:
    """The name of the device's token in the keyring."""
    return f"gateway:{device_id}"


def remote_wipe(
    settings: Settings, profile: Profile, token: str, entries: Callable[[], tuple[str, ...]] | None = None
) -> RemoteWipe:
    """What hears the platform's orders for an open profile. entries: names of its clerks' secrets in the keyring."""
    if profile.kind is ProfileKind.DEMO:
        return RemoteWipe(None, _nobody, lambda: None)
    wiper = Wiper.of(profile, KeyringSecrets(safe_backend(), profile.id, entries), token_key(token).encode())
    return RemoteWipe(wiper, _confirm(settings, token), lambda: _forget_token(settings.device_id))


def stolen(settings: Settings, token: str, wipe: RemoteWipe) -> bool:
    """Ask the platform once, before any PIN: true when it ordered this machine wiped as stolen and its keys are gone.

    One that is to be handed back has first to send what its store holds, and that needs a PIN: the workstation hears
    that order. Never raises for the network.
    """
    client = GatewayClient(settings.gateway_url, settings.device_id, token)
    try:
        order = client.time().order
    except YichuangError:
        return False  # offline, or refused: nothing is known
    finally:
        client.close()
    return order is not None and order.kind is WipeKind.STOLEN and wipe.hear(order)


def refuse_wiped(folder: Path) -> None:
    """Refused for a folder whose wipe was begun: nothing of it may be opened, and nothing new begun in it."""
    if wipe_record(folder) is not None:
        raise Refused(
            "本机数据已清除",
            "平台已下达清除指令，本机的业务数据已按指令清除。",
            "需要重新启用的，请联系运维人员重新登记本机。",
        )


def finish_wipe(folder: Path) -> Wiped | None:
    """Go on where a wipe was broken off; None when none was ever begun. Never raises for network, keyring or disk.

    Refused: the record in the folder is not of our making; nothing is done.
    """
    record = wipe_record(folder)
    if record is None or kind_of(folder) is ProfileKind.DEMO:
        return None
    try:
        # Whatever stands there, the wipe goes on.
        settings = load(folder / "settings.toml", emulated=True, sources=Sources.of_machine())
        backend = safe_backend()
        token = backend.get_password(SERVICE, token_name(settings.device_id)) or ""
    except YichuangError:
        return Wiped(record.kind, whole=False, told=record.confirmed)
    if not token and record.stage is WipeStage.DONE:
        return Wiped(record.kind, whole=True, told=record.confirmed)
    with go_on_alone(folder, record, KeyringSecrets(backend, record.profile_id), token_key(token).encode()) as wiper:
        confirm = _confirm(settings, token) if token else _nobody
        return go_on(wiper, confirm, lambda: _forget_token(settings.device_id))


def _confirm(settings: Settings, token: str) -> Confirm:
    def tell(order_id: str, outcome: str) -> None:
        clock = SystemClock()
        client = VisitClient(settings.gateway_url, settings.device_id, token, clock=clock)
        try:
            client.confirm_wipe(order_id, outcome, clock.now())
        finally:
            client.close()

    return tell


def _nobody(order_id: str, outcome: str) -> None:
    raise EnvironmentProblem("平台连接不上", "本机没有可用的令牌", "清除已在本机完成。")


def _forget_token(device_id: str) -> None:
    forget_entry(safe_backend(), token_name(device_id))


def device_token(device_id: str) -> str:
    """The device's token for the gateway, from the OS keyring (service yichuang, name gateway:DEVICE)."""
    token = safe_backend().get_password(SERVICE, f"gateway:{device_id}")
    if not token:
        raise EnvironmentProblem(
            "本机还没有登记到平台",
            f"系统密钥环中没有设备 {device_id} 的令牌。",
            f"向管理员领取令牌后运行：keyring set {SERVICE} gateway:{device_id}",
        )
    return token
