"""Identity providers: who answers for a person that signs in (OpenID Connect Core 1.0)."""
