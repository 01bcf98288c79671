"""Two contract types for import-linter: what a package may import, and who may import a library.

import-linter's own `forbidden` names what is not allowed, so a library added tomorrow is allowed by silence, and its
`protected` refuses to name a package that is not written yet. These two name what IS allowed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

STDLIB = "stdlib"
"""Stands for the whole standard library in `may_import`."""


def _within(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


class OnlyContract(Contract):
    """`package` may import directly only itself and what `may_import` names.

    Direct imports suffice: what is allowed is bound by a contract of its own. `any_library` lets every third-party
    package in, so that only the project's own packages are counted.
    """

    type_name = "only"

    package: Any = fields.StringField()
    may_import: Any = fields.SetField(subfield=fields.StringField(), required=False)
    any_library: Any = fields.BooleanField(required=False, default=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        package = str(self.package)
        allowed = {package, *(self.may_import or ())}
        own = {str(name).partition(".")[0] for name in self.session_options["root_packages"]}
        offences = []
        for module in sorted(m for m in graph.modules if _within(m, [package])):
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                top = imported.partition(".")[0]
                if _within(imported, allowed) or (STDLIB in allowed and top in sys.stdlib_module_names):
                    continue
                if self.any_library and top not in own:
                    continue
                offences.append(_described(graph, module, imported))
        return ContractCheck(kept=not offences, metadata={"offences": offences})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for offence in check.metadata["offences"]:
            output.print_error(offence)


class ReservedContract(Contract):
    """The third-party `libraries` are imported by `importers` only; everybody else goes through them."""

    type_name = "reserved"

    libraries: Any = fields.SetField(subfield=fields.StringField())
    importers: Any = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        offences: list[str] = []
        for library in sorted(self.libraries & graph.modules):
            importers = sorted(graph.find_modules_that_directly_import(library))
            offences += [_described(graph, m, library) for m in importers if not _within(m, self.importers)]
        return ContractCheck(kept=not offences, metadata={"offences": offences})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for offence in check.metadata["offences"]:
            output.print_error(offence)


def _described(graph: ImportGraph, importer: str, imported: str) -> str:
    lines = sorted({d["line_number"] for d in graph.get_import_details(importer=importer, imported=imported)})
    return f"{importer} imports {imported} (line {', '.join(map(str, lines))})"
