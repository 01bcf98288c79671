"""What `yichuang gateway` can be told."""

from __future__ import annotations

import argparse


def positive(text: str) -> int:
    """A whole number from 1 on; argparse says which option has another."""
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def add_gateway_options(sub: argparse.ArgumentParser) -> None:
    """Options of serving, and of the things that are done to a gateway's database instead."""
    sub.add_argument(
        "--db",
        metavar="URL",
        help="sqlite:///PATH or postgresql://… (default: $YICHUANG_GATEWAY_DB, else sqlite:///gateway.db); created or "
        "migrated at the start",
    )
    sub.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    sub.add_argument("--port", type=int, default=8760)
    sub.add_argument("--workers", type=positive, default=1, metavar="N", help="processes that share the port")
    sub.add_argument(
        "--connections", type=positive, default=16, metavar="N", help="to the database at most, per process"
    )
    sub.add_argument("--cert", metavar="PEM", help="serve TLS with this certificate; needs --key")
    sub.add_argument("--key", metavar="PEM", help="its private key")
    sub.add_argument("--files", metavar="DIR", default="gateway-files")
    sub.add_argument("--data", metavar="DIR", help="take in shared data, grants and bookings from YAML files first")
    sub.add_argument("--documents", metavar="CSV", help="put this list of lost and revoked documents in force and end")
    sub.add_argument(
        "--silence",
        type=positive,
        default=7,
        metavar="DAYS",
        help="with --documents: how long what it leaves out is clear",
    )
    sub.add_argument("--trust", metavar="FILE", help="hand out this signed trust list; needs --trust-key")
    sub.add_argument("--trust-key", metavar="KEY", help="the public key of its publisher")
    sub.add_argument("--publish-update", metavar="FILE", help="hand out this signed version of the program and end")
    sub.add_argument("--update-key", metavar="KEY", help="with --publish-update: the public key of its publisher")
    sub.add_argument(
        "--package", action="append", default=[], metavar="FILE", help="with it: a package that it names (repeatable)"
    )
    sub.add_argument("--import-packet", metavar="FILE", help="take in a packet from a window's stick and end")
    sub.add_argument("--answer", metavar="FILE", help="where its answer goes (default: beside the packet)")
    sub.add_argument("--enrol", metavar="DEVICE", help="print a new token for this device and end")
    sub.add_argument("--office", metavar="FILE", help="serve the back office at /office/, with the password in FILE")
    sub.add_argument("--files-kept-twice", action="store_true", help="--files lies on redundant storage")
    sub.add_argument("--mark-backup", metavar="TIME", help="a backup begun then is complete and elsewhere; then end")
    sub.add_argument("--files-only", action="store_true", help="with --mark-backup: the backup holds --files only")
    sub.add_argument("--migrate-to", metavar="REVISION", help="bring the tables to this version (or head) and end")
    sub.add_argument("--new-epoch", action="store_true", help="after a restore from backup: say so to the windows, end")
    sub.add_argument("--wipe", metavar="DEVICE", help="have this device wiped at its next contact and end")
    sub.add_argument(
        "--stolen", action="store_true", help="with --wipe: at once, without waiting for what it has not sent"
    )
    sub.add_argument("--cancel", action="store_true", help="with --wipe: take the order back")
    sub.add_argument("--clerk-ca", metavar="PEM", help="the authority of clerks' hardware keys; put in force, then end")
    sub.add_argument("--clerk-crl", metavar="PEM", help="with --clerk-ca: its list of revoked certificates")
    sub.add_argument("--signed-calls", action="store_true", help="with --clerk-ca: refuse calls that no key signed")
    sub.add_argument(
        "--issuing",
        metavar="CATALOGUE",
        help="issue the e-licences of its items; print the keys for the trust list, then end",
    )
    sub.add_argument("--revoke-papers", metavar="DEVICE", help="papers signed by this device count no more; then end")
