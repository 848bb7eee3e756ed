"""Bodies and people: organisations, forums and what they are for, participations, mandates."""

import sqlalchemy as sa

from ...domain.admission import ApplicationState
from ...domain.agreement import AgreementBasis, AgreementPurpose, AgreementState
from ...domain.body import ForumKind, Layer, OrganisationKind, ParticipationStatus, Power
from ...domain.mandate import GivenBy, Office, Role
from ...domain.token import TokenIssuer
from .columns import day, flag, ident, instant, one_of, ref, rule, table, text, words

LAYERS, FORUM_KINDS, POWERS = Layer.words(), ForumKind.words(), Power.words()
STATUSES, OFFICES, ROLES = ParticipationStatus.words(), Office.words(), Role.words()

organisation = table(
    "organisation",
    ident(),
    text("name"),
    text("short_name", null=True),
    text("kind"),
    text("country_code", null=True),  # ISO 3166-1 alpha-2, of states only
    words("name_keys"),  # its names, folded: by these twins are found
    one_of("kind", OrganisationKind.words()),
    rule("country", "country_code is null or country_code ~ '^[A-Z]{2}$'"),
    sa.UniqueConstraint("name"),
)

person = table(
    "person",
    ident(),
    text("subject"),  # the token's `sub`
    text("name"),
    flag("came_in"),  # whether they ever signed in or used a token: neither when nor how often
    sa.UniqueConstraint("subject"),
)

# Tokens that the service issued. Each names its subject as the string that is signed does: one may be issued before the
# person is entered. The signed string itself is kept nowhere.
token = table(
    "token",
    ident(),
    text("subject"),
    text("purpose"),
    text("issued_by"),
    instant("issued_at"),
    instant("expires_at"),
    instant("revoked_at", null=True),
    one_of("issued_by", TokenIssuer.words()),
    rule("expires_after_issue", "expires_at > issued_at"),
    sa.Index("ix_token_subject", "subject"),
)

forum = table(
    "forum",
    ident(),
    text("slug"),
    text("name"),
    text("acronym", null=True),
    text("layer"),
    text("kind"),
    text("power", default="none"),
    ref("parent_id", "forum", null=True),
    text("periodicity", null=True),
    text("mechanism_code", null=True),
    text("terms_of_reference", null=True),
    text("template", null=True),  # the body of its parent's process that it follows
    text("zone", default="Europe/Zurich"),
    flag("registrar"),
    one_of("layer", LAYERS),
    one_of("kind", FORUM_KINDS),
    one_of("power", POWERS),
    sa.UniqueConstraint("slug"),
)

# States, civil society, business and mayors are built in; the list is data, youth has joined them.
mechanism = table(
    "mechanism",
    ident(),
    text("code"),
    text("name"),
    ref("forum_id", "forum", null=True),
    sa.UniqueConstraint("code"),
)

convenor = table(
    "convenor",
    ident(),
    ref("forum_id", "forum", index=False),
    ref("convened_by_id", "forum"),
    sa.UniqueConstraint("forum_id", "convened_by_id"),
)

participation = table(
    "participation",
    ident(),
    ref("forum_id", "forum", index=False),
    ref("organisation_id", "organisation"),
    text("status"),
    words("mechanisms"),
    instant("starts_at"),
    instant("ends_at", null=True),
    text("end_reason", null=True),
    one_of("status", STATUSES),
    rule("ends_after_start", "ends_at is null or ends_at > starts_at"),
    sa.UniqueConstraint("forum_id", "organisation_id", "starts_at"),
)

# What a body is for and may do, from a date on: the newest in force counts, the earlier ones stay on the record.
terms_of_reference = table(
    "terms_of_reference",
    ident(),
    ref("forum_id", "forum", index=False),
    text("text"),
    text("power"),
    instant("starts_at"),
    instant("ends_at", null=True),
    text("reason", null=True),
    day("decided_on", null=True),
    one_of("power", POWERS),
    rule("ends_after_start", "ends_at is null or ends_at > starts_at"),
    sa.UniqueConstraint("forum_id", "starts_at"),
)

# An organisation holds an office for a term; a person acts for it in a role with a scope.
mandate = table(
    "mandate",
    ident(),
    ref("organisation_id", "organisation", null=True),
    ref("person_id", "person", null=True),
    text("office", null=True),
    text("role", null=True),
    ref("forum_id", "forum", null=True),
    ref("edition_id", "edition", null=True),
    ref("track_id", "track", null=True),
    text("mechanism_code", null=True),
    instant("starts_at"),
    instant("ends_at", null=True),
    text("zone", default="Europe/Zurich"),
    text("given_by", default=GivenBy.OPERATOR),
    ref("given_by_forum_id", "forum", null=True),
    instant("proposed_at", null=True),
    instant("accepted_at", null=True),  # null: it waits, or was declined; nobody acts under it
    instant("declined_at", null=True),
    text("end_reason", null=True),
    one_of("given_by", GivenBy.words()),
    rule("answered_once", "accepted_at is null or declined_at is null"),
    rule("given_by_a_forum", "(given_by = 'forum') = (given_by_forum_id is not null)"),
    one_of("office", OFFICES),
    one_of("role", ROLES),
    rule("office_or_role", "(office is null) <> (role is null)"),
    rule("office_has_holder", "office is null or (organisation_id is not null and person_id is null)"),
    rule("role_has_person", "role is null or person_id is not null"),
    rule("ends_after_start", "ends_at is null or ends_at > starts_at"),
)

# What a body agreed to for another that names it or sends it texts; kept when it is declined or over.
agreement = table(
    "agreement",
    ident(),
    ref("asking_id", "forum"),
    ref("named_id", "forum"),
    text("purpose"),
    text("edition_name", null=True),  # of the asking body; it need not be open yet
    text("track_name", null=True),
    text("state", default=AgreementState.PROPOSED),
    text("basis", default=AgreementBasis.PROPOSAL),
    instant("proposed_at"),
    ref("proposed_by_id", "person", null=True, index=False),
    instant("answered_at", null=True),
    ref("answered_by_id", "person", null=True, index=False),
    instant("ended_at", null=True),
    ref("ended_by_id", "person", null=True, index=False),
    text("reason", null=True),
    one_of("purpose", AgreementPurpose.words()),
    one_of("state", AgreementState.words()),
    one_of("basis", AgreementBasis.words()),
    rule("two_bodies", "asking_id <> named_id"),
    rule("track_of_edition", "track_name is null or edition_name is not null"),
    rule("answered", "state not in ('agreed', 'declined') or answered_at is not null"),
    rule("ended", "(state = 'ended') = (ended_at is not null)"),
    sa.Index(
        "uq_agreement_open",
        "asking_id",
        "named_id",
        "purpose",
        "edition_name",
        "track_name",
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("state in ('proposed', 'agreed')"),
    ),
)

# A person asks that their organisation be admitted; read by that person and the registrar alone.
application = table(
    "application",
    ident(),
    ref("forum_id", "forum"),
    ref("person_id", "person"),
    text("name"),
    text("short_name", null=True),
    text("kind"),
    text("country_code", null=True),
    text("about"),
    words("name_keys"),
    text("state", default=ApplicationState.WAITING),
    instant("made_at"),
    instant("answered_at", null=True),
    text("reason", null=True),
    ref("organisation_id", "organisation", null=True),
    one_of("kind", OrganisationKind.words()),
    one_of("state", ApplicationState.words()),
    rule("answered", "(state = 'waiting') = (answered_at is null)"),
    rule("admitted", "(state = 'admitted') = (organisation_id is not null)"),
)
