"""Electronic licences: find codes on pictures, recognise their kind, verify them offline, turn them into facts."""
