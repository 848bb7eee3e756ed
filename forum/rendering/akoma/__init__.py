"""Papers as Akoma Ntoso 3.0, the United Nations' own way to keep documents as data (OASIS LegalDocML)."""
