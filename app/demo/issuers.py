"""The made-up issuers of the demo world and the licences they issue to its made-up people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.x509.oid import NameOID

from app.demo.people import Person
from app.licences.cose import Algorithm, SigningKey
from app.licences.identifier import build_identifier
from app.licences.issue import issue_eu_certificate, issue_licence
from app.licences.keys import certificate_kid


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs. uscc is made up, with valid check digits. types and regions: its scope in the trust list."""

    id: str
    name: str
    uscc: str
    types: tuple[str, ...] = ()
    regions: tuple[str, ...] = ("3305",)
    alg: Algorithm = Algorithm.ES256
    trusted: bool = True


NATURAL_RESOURCES = Issuer(
    "natural-resources", "湖州市自然资源和规划局", "11330500MB1A20264Q", ("real_estate_certificate",)
)
MARKET = Issuer("market", "湖州市市场监督管理局", "11330500MB1C202664", ("business_licence",), alg=Algorithm.EDDSA)
JIAXING = Issuer("jiaxing-police", "嘉兴市公安局", "113304000025601162", ("residence_permit",), ("3304",))
QINGPU = Issuer(
    "qingpu", "上海市青浦区规划和自然资源局", "11310118MB2F901114", ("real_estate_certificate",), ("310118",)
)
JIASHAN = Issuer("jiashan", "嘉善县自然资源和规划局", "11330421MB2F90138X", ("real_estate_certificate",), ("330421",))
WUJIANG = Issuer(
    "wujiang", "苏州市吴江区自然资源和规划局", "11320509MB1F90207W", ("real_estate_certificate",), ("320509",)
)
HUZHOU_POLICE = Issuer("huzhou-police", "湖州市公安局", "11330500002601176Q", ("residence_permit",))
"""Issues at the demo's own platform: its key is handed to the gateway."""
STRANGER = Issuer("stranger", "湖州不动产代办服务部", "11330500MB1D20267R", trusted=False)
EU_SAMPLE = Issuer("eu-sample", "Demo Health Authority (EU sample)", "", ("eu_vaccination",), regions=())
ISSUERS = (NATURAL_RESOURCES, MARKET, JIAXING, QINGPU, JIASHAN, WUJIANG, HUZHOU_POLICE, STRANGER, EU_SAMPLE)


@dataclass(frozen=True, slots=True)
class LicenceType:
    """A kind of licence. code: 21 characters, who defines it and its number there."""

    id: str
    title: str
    code: str


REAL_ESTATE = LicenceType("real_estate_certificate", "不动产权证书", "11100000MB0D20265R" + "001")
RESIDENCE_PERMIT = LicenceType("residence_permit", "居住证", "11100000000013127D" + "018")


@dataclass(frozen=True, slots=True)
class LicencePlan:
    """A licence of the demo by its name. age, life: days from now to issue and to expiry (negative: in the past)."""

    name: str
    issuer: Issuer
    holder: str
    serial: str
    about: str
    issued_days: int = -40
    expires_days: int = 365 * 5
    claims: dict[str, str] = field(default_factory=dict)
    revoked: bool = False
    type: LicenceType = REAL_ESTATE


_PREMISES = {
    "premises.address": "浙江省湖州市吴兴区衣裳街88号1幢103室",
    "premises.area": "68.50",
    "premises.certificate_number": "浙（2024）湖州市（吴兴）不动产权第0012345号",
    "premises.use_right": "own",
}
_OTHER_PREMISES = _PREMISES | {
    "premises.address": "浙江省湖州市南浔区㛃䶮镇𬭚桥村6号",
    "premises.area": "41.20",
    "premises.certificate_number": "浙（2021）湖州市（南浔）不动产权第0067890号",
}

_HMT_PREMISES = _PREMISES | {
    "premises.address": "浙江省湖州市德清县武康街道永安街88号2幢501室",
    "premises.area": "92.30",
    "premises.certificate_number": "浙（2022）德清县不动产权第0045678号",
}
_QINGPU_PREMISES = {
    "premises.address": "上海市青浦区金泽镇示范区水乡客厅路9号1幢2室",
    "premises.area": "61.00",
    "premises.certificate_number": "沪（2023）青字不动产权第0018811号",
    "premises.use_right": "own",
}
_JIASHAN_PREMISES = _QINGPU_PREMISES | {
    "premises.address": "浙江省嘉兴市嘉善县姚庄镇示范区客厅街3号101室",
    "premises.area": "44.80",
    "premises.certificate_number": "浙（2022）嘉善县不动产权第0004519号",
}
_WUJIANG_PREMISES = _QINGPU_PREMISES | {
    "premises.address": "江苏省苏州市吴江区黎里镇示范区𬭚桥路16号1幢105室",
    "premises.area": "52.30",
    "premises.certificate_number": "苏（2024）苏州市吴江区不动产权第0010233号",
}
_PERMIT = {
    "permit.permit_number": "330402GA20250117",
    "permit.permit_city": "嘉兴市",
    "permit.valid_to": "2030-06-30",
}

LICENCES = (
    LicencePlan("real-estate", NATURAL_RESOURCES, "zhang-wei", "20240012345", "本人有效", claims=_PREMISES),
    LicencePlan("expired", NATURAL_RESOURCES, "zhang-wei", "20190008811", "已到期", -800, -30, _PREMISES),
    LicencePlan("revoked", NATURAL_RESOURCES, "zhang-wei", "20220004422", "已注销", claims=_PREMISES, revoked=True),
    LicencePlan("untrusted", STRANGER, "zhang-wei", "20240099999", "签发者不受信任", claims=_PREMISES),
    LicencePlan("out-of-scope", MARKET, "zhang-wei", "20240077777", "签发者无权签发", claims=_PREMISES),
    LicencePlan("other-holder", NATURAL_RESOURCES, "wang-ji", "20210067890", "他人的证照", claims=_OTHER_PREMISES),
    LicencePlan(
        "permit-jiaxing", JIAXING, "wang-ji", "20250000117", "外市居住证", claims=_PERMIT, type=RESIDENCE_PERMIT
    ),
    LicencePlan("hmt-holder", NATURAL_RESOURCES, "chan-ka-man", "20220045678", "港澳居民本人", claims=_HMT_PREMISES),
    LicencePlan("real-estate-qingpu", QINGPU, "zhang-wei", "20230018811", "青浦签发", claims=_QINGPU_PREMISES),
    LicencePlan("real-estate-jiashan", JIASHAN, "zhang-wei", "20220004519", "嘉善签发", claims=_JIASHAN_PREMISES),
    LicencePlan("real-estate-wujiang", WUJIANG, "zhang-wei", "20240010233", "吴江签发", claims=_WUJIANG_PREMISES),
)
EU_NAME = "eu-vaccination"


def make_certificate(issuer: Issuer, key: SigningKey, now: dt.datetime) -> x509.Certificate:
    """A self-signed certificate of an issuer, valid from 5 years ago to 10 years hence."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, issuer.name),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{issuer.name} 演示签发"),
        ]
    )
    whole = now.replace(microsecond=0)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(whole - dt.timedelta(days=365 * 5))
        .not_valid_after(whole + dt.timedelta(days=365 * 10))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    private = key.private_key
    return builder.sign(private, None if isinstance(private, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def certificate_pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def signing_key(key: SigningKey, certificate: x509.Certificate) -> SigningKey:
    """The key under the identifier that its certificate gives it."""
    return SigningKey(certificate_kid(certificate), key.private_key)


def make_licence(plan: LicencePlan, key: SigningKey, person: Person, now: dt.datetime) -> str:
    """The signed code of a planned licence."""
    return issue_licence(
        key,
        issuer=plan.issuer.name,
        identifier=build_identifier(plan.type.code, plan.issuer.uscc, plan.serial),
        type_id=plan.type.id,
        title=plan.type.title,
        holder={"name": person.card.name or "", "id_number": person.card.number or ""},
        claims=plan.claims,
        issued=now + dt.timedelta(days=plan.issued_days),
        expires=now + dt.timedelta(days=plan.expires_days),
    )


def licence_identifier(plan: LicencePlan) -> str:
    """The identifier of a planned licence, for the list of revoked ones."""
    return str(build_identifier(plan.type.code, plan.issuer.uscc, plan.serial))


def make_eu_certificate(key: SigningKey, person: Person, now: dt.datetime) -> str:
    """An EU-style vaccination certificate of a made-up foreigner."""
    family, _, given = (person.card.name_en or "").partition(", ")
    day = (now - dt.timedelta(days=200)).date().isoformat()
    entry: dict[str, Any] = {
        "tg": "840539006", "vp": "1119349007", "mp": "EU/1/20/1528", "ma": "ORG-100030215", "dn": 2, "sd": 2,
        "dt": day, "co": "DE", "is": EU_SAMPLE.name, "ci": "URN:UVCI:01DE/YICHUANGDEMO/1A2B3C4D#S",
    }  # fmt: skip
    name = {"fn": family.title(), "gn": given.title(), "fnt": family.replace(" ", "<"), "gnt": given.replace(" ", "<")}
    certificate = {"ver": "1.3.0", "nam": name, "dob": person.card.birth, "v": [entry]}
    return issue_eu_certificate(
        key,
        country="DE",
        certificate=certificate,
        issued=now - dt.timedelta(days=10),
        expires=now + dt.timedelta(days=355),
    )
