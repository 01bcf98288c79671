"""What a window's papers stand on: its signing key, the keys that count, the renderer, the keeping of certificates."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from app.documents.offers import Offers
from app.documents.rate_link import RateLinks
from app.documents.render import PaperRenderer
from app.documents.trust import PaperTrust, own_certificate
from app.domain.clock import Clock
from app.domain.item import Catalog
from app.identity.photo.rules import photo_rules
from app.licences.cose import Algorithm, SigningKey
from app.licences.trust_keeper import TrustKeeper
from app.materials.opening import Opening
from app.profiles import paper_trust
from app.server.client import GatewayClient
from app.server.issue_client import IssueClient
from app.server.photo_client import PhotoClient
from app.server.resident_client import ResidentClient
from app.server.shared_client import SharedDataClient
from app.services.archive_case import ArchiveCase
from app.services.book_ahead import BookAhead
from app.services.check_papers import CheckPapers
from app.services.check_signature import CheckSignature
from app.services.clerk_key import ClerkKeys
from app.services.clerks import Clerks
from app.services.collect_face import CollectFace
from app.services.collect_result import CollectResult
from app.services.counter import Counter
from app.services.document_lists import DocumentLists
from app.services.duty import Duty
from app.services.express import Express
from app.services.heed_lists import HeedLists
from app.services.id_photo import IdPhotos
from app.services.issue_paper import IssuePaper
from app.services.issued import IssuedLicences
from app.services.my_cases import MyCases
from app.services.pins import Pins
from app.services.print_papers import PrintPapers
from app.services.residents import Residents
from app.services.shared_photos import SharedPhotos
from app.services.sign_paper import CheckPaperSignature, SignPaper
from app.services.verify_identity import VerifyIdentity
from app.settings import Settings
from app.sync.document_lists import DocumentListUpkeep
from app.sync.engine import CLOCK_OFFSET
from app.sync.paper_keys import PaperKeyUpkeep
from devices.drivers.identity.card_photo import CardPhotos
from offline_db.store import Store
from offline_db.vault import Vault

SIGNER_SETTING = "papers.signing_key"


class WindowPapers:
    """Of one open profile."""

    def __init__(self, settings: Settings, store: Store, folder: Path, clock: Clock) -> None:
        self._settings = settings
        self._store = store
        self._folder = folder
        self._clock = clock
        self._signer = _signer(store, folder)
        self.opening = Opening(settings.hours)
        """When this desk is open."""
        self._lists = DocumentLists(store, lambda: self.trust().roots)

    def renderer(self, catalog: Catalog) -> PaperRenderer:
        """Makes this window's papers."""
        return PaperRenderer(
            self._signer,
            self._settings.window.hall,
            catalog=catalog,
            glyphs=self._folder / "glyphs",
            certificate=partial(own_certificate, self._folder, self._signer.kid),
            offers=Offers(
                RateLinks(self._signer, self._settings.ratings.url, self._settings.ratings.days),
                self.opening,
            ),
        )

    def trust(self) -> PaperTrust:
        """Whose papers count now."""
        return paper_trust(None, str(self._folder))

    def archive(self, vault: Vault, catalog: Catalog, cases: MyCases, duty: Duty, demo: bool) -> ArchiveCase:
        """Exports cases as packages that this window signs, and checks such packages."""
        return ArchiveCase(
            self._store,
            vault,
            catalog,
            cases,
            self._signer,
            lambda kid: self.trust().unrevoked(kid),
            self._clock,
            duty,
            self._settings.device_id,
            demo,
        )

    def identity(self, duty: Duty) -> VerifyIdentity:
        """Checks visitors' identities, against the platform's list of lost documents too."""
        return VerifyIdentity(self._store, self._clock, duty, self._lists.standing)

    def residents(self, duty: Duty, token: str, stack: ExitStack) -> Residents:
        """Registers and serves foreign residents by their personal codes, which the platform signs."""
        settings = self._settings
        line = ResidentClient(settings.gateway_url, settings.device_id, token)
        stack.callback(line.close)
        return Residents(self._store, line, self._clock, duty, settings.window, lambda: self.trust().roots)

    def issued(self, trust: TrustKeeper, duty: Duty, token: str, stack: ExitStack) -> IssuedLicences:
        """Fetches, shows and hands over the e-licences that the platform issues for this window's cases."""
        line = IssueClient(self._settings.gateway_url, self._settings.device_id, token, clock=self._clock)
        stack.callback(line.close)
        return IssuedLicences(self._store, line, trust, self._clock, duty, lambda: self.trust().roots)

    def book_ahead(self, counter: Counter, issue: IssuePaper, line: SharedDataClient, stack: ExitStack) -> BookAhead:
        """Books the next visit, over a line of its own: its dialog asks while a card is looked up."""
        stack.callback(line.close)
        return BookAhead(line, counter, issue)

    def photos(self, vault: Vault, duty: Duty, token: str, stack: ExitStack) -> IdPhotos:
        """Photographs people, and shares the shots with other windows where they agree to it."""
        settings = self._settings
        line = PhotoClient(settings.gateway_url, settings.device_id, token, clock=self._clock)
        stack.callback(line.close)
        shared = SharedPhotos(self._store, line, self._clock, duty, settings.window)
        return IdPhotos(self._store, vault, self._clock, duty, photo_rules(), shared)

    def checks(self, vault: Vault) -> CheckPapers:
        """Checks papers by the keys that count now, and signatures under papers of this machine."""
        return CheckPapers(self.trust, CheckPaperSignature(self._store, vault))

    def sign(self, counter: Counter, issue: IssuePaper) -> SignPaper:
        """Has papers signed on a pad."""
        return SignPaper(counter, issue)

    def collect(
        self,
        counter: Counter,
        catalog: Catalog,
        issue: IssuePaper,
        sign: SignPaper,
        papers: PrintPapers,
        identity: VerifyIdentity,
        express: Express | None,
    ) -> CollectResult:
        """Hands out printed results at the self-service screen."""
        lists = HeedLists(self._store, identity, counter.clock, counter.duty)
        rules = self._settings.face
        face = CollectFace(counter, CardPhotos(rules.card_photo).decode) if rules.collect else None
        return CollectResult(counter, catalog, issue, sign, papers, lists, express, face)

    def signatures(self, vault: Vault, catalog: Catalog) -> CheckSignature:
        """Checks whether signatures stand."""
        return CheckSignature(self._store, vault, catalog)

    def upkeep(self, client: GatewayClient) -> tuple[PaperKeyUpkeep, DocumentListUpkeep]:
        """Has the key certified and keeps the others'; then, with the platform's key, the list of lost documents."""
        settings = self._settings
        window = f"{settings.window.hall} {settings.window.name}"
        keys = PaperKeyUpkeep(
            self._store,
            client,
            self._signer,
            self._folder,
            self._clock,
            settings.device_id,
            window,
            settings.paper_root,
        )
        return keys, DocumentListUpkeep(self._store, client, self._lists, self._folder)


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


def clerks_of(settings: Settings, store: Store, clock: Clock, duty: Duty, pins: Pins) -> tuple[Clerks, ClerkKeys]:
    """Who works at this window, and their hardware keys."""
    clerks, rules = Clerks(store, clock, duty, settings.window.id, pins), settings.clerk_key
    return clerks, ClerkKeys(
        store,
        clerks,
        clock,
        duty,
        settings.device_id,
        required=rules.required,
        authority=Path(rules.authority) if rules.authority else None,
        offset_setting=CLOCK_OFFSET,
    )
