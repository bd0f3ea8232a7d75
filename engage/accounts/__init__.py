"""People: contacts, sign-in, roles, consent, training."""
