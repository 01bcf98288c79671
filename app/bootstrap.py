"""The only place where concrete classes are built and joined."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from cryptography.hazmat.primitives import serialization

import resources
from app.catalog.load import load_catalog
from app.catalog.search import SearchIndex
from app.demo.scenario import Scenario
from app.demo.world import DemoWorld
from app.documents.render import PaperRenderer
from app.domain.case import Window
from app.domain.clock import SystemClock, shanghai
from app.domain.errors import EnvironmentProblem
from app.domain.item import Catalog
from app.gateway.app import create_app
from app.gateway.core import Gateway
from app.gateway.server import GatewayServer, serve
from app.licences.cose import Algorithm, SigningKey
from app.licences.trust import TrustList
from app.presenters.station import Services, Workstation
from app.server.client import GatewayClient
from app.services.accept_case import AcceptCase
from app.services.capture_material import CaptureMaterial
from app.services.choose_items import ChooseItems
from app.services.fill_form import FillForm
from app.services.identify import Identify
from app.services.print_papers import PrintPapers
from app.services.scan_licence import ScanLicence
from app.settings import EXAMPLE, Settings, as_toml, load, profile_folder
from app.sync.engine import SyncEngine
from offline_db.keys import SERVICE, DemoKeys, KeyProvider, KeyringKeys, safe_backend
from offline_db.profile import Profile, ProfileKind
from offline_db.store import Store
from offline_db.vault import open_vault

SIGNER_SETTING = "papers.signing_key"
DEMO_TOKEN = "demo-device-token"  # noqa: S105 - opens the demo's own loopback gateway, nothing else
DEMO_DEVICE = "demo"
DEMO_WINDOW = Window("Y03", "综合窗口 03（演示）", "湖州市南浔区政务服务中心", "330503")


def _build(
    settings: Settings,
    profile: Profile,
    keys: KeyProvider,
    token: str,
    stack: ExitStack,
    gateway: GatewayServer | None = None,
) -> Workstation:
    """Join everything that belongs to one open profile; stack closes it in the right order."""
    clock = SystemClock()
    vault = open_vault(profile, keys)
    store = Store.open(profile, keys, clock, vault=vault)
    stack.callback(store.close)
    catalog = load_catalog(settings.catalog or resources.path("catalog"))
    trust = trust_list(settings.trust, str(profile.folder))
    client = GatewayClient(settings.gateway_url, settings.device_id, token)
    demo = profile.kind is ProfileKind.DEMO
    clerk = settings.clerk
    fill = FillForm(clock)
    accept = AcceptCase(
        store=store,
        vault=vault,
        catalog=catalog,
        renderer=PaperRenderer(_signer(store, profile.folder), settings.window.hall, catalog=catalog),
        fill=fill,
        clock=clock,
        window=settings.window,
        clerk=clerk,
        demo=demo,
    )
    services = Services(
        identify=Identify(clock, clerk),
        scan=ScanLicence(clock, clerk, trust),
        choose=ChooseItems(catalog, SearchIndex(catalog), clock, clerk),
        fill=fill,
        capture=CaptureMaterial(vault, clock),
        accept=accept,
        papers=PrintPapers(store),
    )
    chain = f"{settings.device_id}.{profile.id}"
    sync = SyncEngine(store, vault, client, clock, random.SystemRandom(), audit_chain=chain)
    return Workstation(settings, clock, demo, store, vault, catalog, sync, services, gateway, stack.pop_all().close)


def _folder(profile: str | None) -> Path:
    return Path(profile) if profile else profile_folder("work")


def _kind(folder: Path) -> ProfileKind:
    """What the folder says it is; Profile itself checks that the rest agrees."""
    try:
        return ProfileKind(json.loads((folder / "profile.json").read_text("utf-8"))["kind"])
    except (OSError, ValueError, KeyError, TypeError):
        return ProfileKind.WORK


def load_settings(profile: str | None) -> Settings:
    """The settings of a profile (default: the working one)."""
    return load(_folder(profile) / "settings.toml")


def write_example_settings(profile: str | None) -> Path:
    """Put an example settings.toml into the profile; never over one that is there."""
    path = _folder(profile) / "settings.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(EXAMPLE)
    except FileExistsError:
        raise EnvironmentProblem("设置文件已存在", str(path), "直接编辑它即可。") from None
    return path


def open_workstation(profile: str | None) -> Workstation:
    """Open an existing profile, or the working profile for the first time. Refused while another program has it."""
    folder = _folder(profile)
    settings = load(folder / "settings.toml")
    kind = _kind(folder)
    with ExitStack() as stack:
        opened = stack.enter_context(Profile(folder, kind))
        keys: KeyProvider = DemoKeys(folder) if kind is ProfileKind.DEMO else KeyringKeys(opened.id)
        token = DEMO_TOKEN if kind is ProfileKind.DEMO else _device_token(settings.device_id)
        return _build(settings, opened, keys, token, stack)


def _device_token(device_id: str) -> str:
    """The device's token for the gateway, from the OS keyring (service yichuang, name gateway:DEVICE)."""
    token = safe_backend().get_password(SERVICE, f"gateway:{device_id}")
    if not token:
        raise EnvironmentProblem(
            "本机还没有登记到平台",
            f"系统密钥环中没有设备 {device_id} 的令牌。",
            f"向管理员领取令牌后运行：keyring set {SERVICE} gateway:{device_id}",
        )
    return token


def _signer(store: Store, folder: Path) -> SigningKey:
    """The workstation's own signing key, kept in the encrypted store; its public half lies open in keys/."""
    pem = store.setting(SIGNER_SETTING)
    if pem is None:
        pem = SigningKey.generate(Algorithm.EDDSA).to_pem().decode()
        store.set_setting(SIGNER_SETTING, pem)
    signer = SigningKey.from_pem(pem.encode())
    public = folder / "keys" / f"{signer.kid.hex()}.pem"
    if not public.exists():
        public.parent.mkdir(exist_ok=True)
        public.write_bytes(
            signer.public_key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )
    return signer


def trust_list(folder: str | Path | None, profile: str | None) -> TrustList:
    """The trust list in force: the folder given, or `trust` inside the profile; empty when there is none."""
    if folder is not None:
        return TrustList.load(Path(folder))
    default = _folder(profile) / "trust"
    return TrustList.load(default) if default.is_dir() else TrustList((), shanghai(SystemClock().now()).date())


def paper_keys(folder: str | None, profile: str | None) -> Callable[[bytes], Sequence[Any]]:
    """Finds the key that signed a paper: in the folder given, or among this profile's own keys."""
    return TrustList.load(Path(folder) if folder else _folder(profile) / "keys").find


def catalog_of(profile: str | None) -> Catalog:
    """The catalogue in force: the profile's own if its settings name one, else the one shipped."""
    folder = resources.path("catalog")
    if (_folder(profile) / "settings.toml").is_file():
        folder = load_settings(profile).catalog or folder
    return load_catalog(folder)


def serve_gateway(db: str, port: int, files: Path) -> int:
    """Run the reference gateway until it is interrupted."""
    serve(db, files, port=port)
    return 0


def enrol(db: str, files: Path, device_id: str) -> str:
    """Let a device call this gateway; gives its new token, which is shown once and stored only as a hash."""
    app = create_app(db, files)
    gateway: Gateway = app.state.gateway
    return gateway.devices.enrol(device_id)


def open_demo(folder: Path | None, scenario: Scenario, *, fresh: bool = False, out: Path | None = None) -> Workstation:
    """A demo profile with its world, its emulated devices and its own gateway on the loopback.

    fresh: start from an empty store (a demo profile only). out: where the emulated printers put their paper.
    """
    folder = folder or profile_folder("demo")
    clock = SystemClock()
    with ExitStack() as stack:
        profile = stack.enter_context(Profile(folder, ProfileKind.DEMO))
        if fresh:
            profile.start_afresh(keep={"world"})
        world = DemoWorld(folder / "world", clock)
        gateway = GatewayServer(
            db_url=f"sqlite:///{(folder / 'gateway.db').resolve()}",
            files_folder=folder / "gateway-files",
            devices={DEMO_DEVICE: DEMO_TOKEN},
        )
        gateway.start()
        # The address is needed even when the lesson plays without a gateway: then nobody answers there.
        if scenario.gateway == "down":
            gateway.stop()
        else:
            stack.callback(gateway.stop)
        settings = _demo_settings(gateway.url, world, scenario, (out or folder / "paper").resolve())
        # The command line's other commands find the demo's gateway and devices there.
        (folder / "settings.toml").write_text(as_toml(settings), encoding="utf-8")
        return _build(settings, profile, DemoKeys(folder), DEMO_TOKEN, stack, gateway)


def _demo_settings(url: str, world: DemoWorld, scenario: Scenario, paper: Path) -> Settings:
    def emulated(kind: str, **query: object) -> str:
        return f"emulated://{kind}?" + "&".join(f"{key}={quote(str(value), safe='')}" for key, value in query.items())

    devices: Mapping[str, str] = {
        "id_reader": emulated("id-reader", person=scenario.person, after=0.4),
        "camera": emulated("camera", clip=world.licence_clip(scenario.licence)),
        "document_camera": emulated("camera", clip=world.page_picture(scenario.page)),
        "receipt_printer": emulated("receipt-printer", out=paper / "receipts"),
        "printer": emulated("printer", out=paper / "printed"),
    }
    return Settings(
        window=DEMO_WINDOW,
        clerk="演示员",
        gateway_url=url,
        device_id=DEMO_DEVICE,
        devices=MappingProxyType(devices),
        trust=world.trust_folder,
    )
