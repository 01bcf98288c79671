"""The printed papers 文书: layout, signing, checking, receipt strips."""
