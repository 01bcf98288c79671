"""The client of the e-licences that the platform issues. Errors as app.server.shared_client."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.domain.clock import parse_iso
from app.domain.issuing import IssuedLicence, IssuedState
from app.server import issue_schemas as schemas
from app.server.checking import BadDocument, check_against
from app.server.errors import Unreachable
from app.server.transport import AskingClient

ENDED = "licence-ended-"
"""Entities of the feed `policies`: a licence that was taken back or converted, so that windows know it offline."""
COUNTING = "licence-counts-"
"""Entities of the feed: one that was converted and counts again, because what stood in its place was taken back."""


class IssueClient(AskingClient):
    """Fetches what was issued for this device's cases."""

    def fetch(self, case_id: str, scenario: str, purpose: str, clerk: str) -> IssuedLicence:
        """POST /v1/licences:fetch: the licence of a case of this device. Rejected 403 without a grant, 404 when there
        is none."""
        document = {"case_id": case_id, "scenario": scenario, "purpose": purpose, "clerk": clerk}
        answer = self._http.call("POST", "/v1/licences:fetch", document=document).document
        try:
            check_against(schemas.FETCHED, answer)
            made = IssuedLicence(
                answer["case_id"],
                answer["version"],
                IssuedState(answer["state"]),
                answer["type"],
                answer["title"],
                answer["code"],
                parse_iso(answer["issued_at"]),
                parse_iso(answer["expires_at"]),
                answer["reference"],
            )
            if made.case_id != case_id or bool(made.code) is not (made.state is IssuedState.ISSUED):
                raise ValueError("another case's, or a code without a licence")
        except (BadDocument, ValueError) as error:
            raise Unreachable("应答无法读取") from error
        return made


def read_ended(rows: Iterable[dict[str, Any]]) -> dict[str, IssuedState]:
    """hash -> why, of the rows of the feed `policies` that say so; others, and what breaks the contract, are no end.
    A row that only breaks in what it says besides still ends its licence: a revocation is never passed over."""
    found = {}
    for row in rows:
        name = str(row.get("id", ""))
        if not name.startswith(ENDED):
            continue
        try:
            check_against(schemas.EVERY_END, row)
            found[row["hash"]] = IssuedState(row["state"])
        except BadDocument:
            found[name.removeprefix(ENDED)] = IssuedState.WITHDRAWN
    return found
