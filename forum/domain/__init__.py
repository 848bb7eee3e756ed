"""The nouns and their rules: no SQL, no GraphQL, no clock, no network. Text and numbers in, data or a refusal out."""
