"""The gateway as the workstation sees it: wire documents, errors, client."""
