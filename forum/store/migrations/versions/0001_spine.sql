CREATE TABLE clock (
    id INTEGER NOT NULL,
    shift INTERVAL DEFAULT '0' NOT NULL,
    CONSTRAINT pk_clock PRIMARY KEY (id),
    CONSTRAINT ck_clock_one_row CHECK (id = 1)
);

CREATE TABLE forum (
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    acronym TEXT,
    layer TEXT NOT NULL,
    kind TEXT NOT NULL,
    power TEXT DEFAULT 'none' NOT NULL,
    parent_id UUID,
    periodicity TEXT,
    mechanism_code TEXT,
    terms_of_reference TEXT,
    zone TEXT DEFAULT 'Europe/Zurich' NOT NULL,
    CONSTRAINT pk_forum PRIMARY KEY (id),
    CONSTRAINT ck_forum_layer CHECK (layer in ('local', 'national', 'regional', 'gfmd', 'global')),
    CONSTRAINT ck_forum_kind CHECK (kind in ('forum', 'mechanism', 'steering_group', 'working_group', 'task_force', 'roundtable', 'regional_consultation', 'friends', 'support_unit', 'advisory_group')),
    CONSTRAINT ck_forum_power CHECK (power in ('advises', 'endorses', 'assists', 'none')),
    CONSTRAINT uq_forum_slug UNIQUE (slug),
    CONSTRAINT fk_forum_parent_id FOREIGN KEY(parent_id) REFERENCES forum (id)
);

CREATE INDEX ix_forum_parent_id ON forum (parent_id);

CREATE TABLE organisation (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT,
    kind TEXT NOT NULL,
    country_code TEXT,
    CONSTRAINT pk_organisation PRIMARY KEY (id),
    CONSTRAINT ck_organisation_kind CHECK (kind in ('state', 'local_authority', 'civil_society', 'business', 'agency', 'academia', 'other')),
    CONSTRAINT ck_organisation_country CHECK (country_code is null or country_code ~ '^[A-Z]{2}$'),
    CONSTRAINT uq_organisation_name UNIQUE (name)
);

CREATE TABLE person (
    id UUID NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT uq_person_subject UNIQUE (subject)
);

CREATE TABLE process_definition (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    hash TEXT NOT NULL,
    text TEXT NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_process_definition PRIMARY KEY (id),
    CONSTRAINT uq_process_definition_hash UNIQUE (hash)
);

CREATE TABLE request_key (
    hash BYTEA NOT NULL,
    body_hash BYTEA NOT NULL,
    outcome TEXT NOT NULL,
    on_day DATE NOT NULL,
    CONSTRAINT pk_request_key PRIMARY KEY (hash)
);

CREATE TABLE snapshot (
    id UUID NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    content TEXT NOT NULL,
    salt BYTEA NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_snapshot PRIMARY KEY (id),
    CONSTRAINT ck_snapshot_subject_kind CHECK (subject_kind in ('contribution', 'revision'))
);

CREATE INDEX ix_snapshot_subject_id ON snapshot (subject_id);

CREATE TABLE convenor (
    id UUID NOT NULL,
    forum_id UUID NOT NULL,
    convened_by_id UUID NOT NULL,
    CONSTRAINT pk_convenor PRIMARY KEY (id),
    CONSTRAINT uq_convenor_forum_id_convened_by_id UNIQUE (forum_id, convened_by_id),
    CONSTRAINT fk_convenor_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id),
    CONSTRAINT fk_convenor_convened_by_id FOREIGN KEY(convened_by_id) REFERENCES forum (id)
);

CREATE INDEX ix_convenor_convened_by_id ON convenor (convened_by_id);

CREATE TABLE edition (
    id UUID NOT NULL,
    forum_id UUID NOT NULL,
    name TEXT NOT NULL,
    theme TEXT,
    state TEXT DEFAULT 'running' NOT NULL,
    summit_at TIMESTAMP WITH TIME ZONE,
    zone TEXT NOT NULL,
    process_id UUID,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_edition PRIMARY KEY (id),
    CONSTRAINT ck_edition_state CHECK (state in ('running', 'recorded', 'closed')),
    CONSTRAINT ck_edition_pinned CHECK (state <> 'running' or process_id is not null),
    CONSTRAINT uq_edition_forum_id_name UNIQUE (forum_id, name),
    CONSTRAINT fk_edition_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id),
    CONSTRAINT fk_edition_process_id FOREIGN KEY(process_id) REFERENCES process_definition (id)
);

CREATE INDEX ix_edition_process_id ON edition (process_id);

CREATE TABLE mechanism (
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    forum_id UUID,
    CONSTRAINT pk_mechanism PRIMARY KEY (id),
    CONSTRAINT uq_mechanism_code UNIQUE (code),
    CONSTRAINT fk_mechanism_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id)
);

CREATE INDEX ix_mechanism_forum_id ON mechanism (forum_id);

CREATE TABLE participation (
    id UUID NOT NULL,
    forum_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    status TEXT NOT NULL,
    mechanisms TEXT[] DEFAULT '{}' NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_participation PRIMARY KEY (id),
    CONSTRAINT ck_participation_status CHECK (status in ('member', 'observer', 'participant')),
    CONSTRAINT ck_participation_ends_after_start CHECK (ends_at is null or ends_at > starts_at),
    CONSTRAINT uq_participation_forum_id_organisation_id_starts_at UNIQUE (forum_id, organisation_id, starts_at),
    CONSTRAINT fk_participation_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id),
    CONSTRAINT fk_participation_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);

CREATE INDEX ix_participation_organisation_id ON participation (organisation_id);

CREATE TABLE theme (
    id UUID NOT NULL,
    edition_id UUID NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    resource_person_id UUID,
    CONSTRAINT pk_theme PRIMARY KEY (id),
    CONSTRAINT uq_theme_edition_id_code UNIQUE (edition_id, code),
    CONSTRAINT fk_theme_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_theme_resource_person_id FOREIGN KEY(resource_person_id) REFERENCES person (id)
);

CREATE INDEX ix_theme_resource_person_id ON theme (resource_person_id);

CREATE TABLE track (
    id UUID NOT NULL,
    edition_id UUID NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    definition TEXT NOT NULL,
    stage TEXT NOT NULL,
    convened_as_id UUID,
    stage_since TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_track PRIMARY KEY (id),
    CONSTRAINT uq_track_edition_id_name UNIQUE (edition_id, name),
    CONSTRAINT fk_track_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_track_convened_as_id FOREIGN KEY(convened_as_id) REFERENCES forum (id)
);

CREATE INDEX ix_track_convened_as_id ON track (convened_as_id);

CREATE TABLE call (
    id UUID NOT NULL,
    track_id UUID NOT NULL,
    edition_id UUID NOT NULL,
    forum_id UUID NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    opens_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closes_at TIMESTAMP WITH TIME ZONE NOT NULL,
    zone TEXT NOT NULL,
    languages TEXT[] DEFAULT '{}' NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_call PRIMARY KEY (id),
    CONSTRAINT ck_call_state CHECK (state in ('open', 'closed')),
    CONSTRAINT ck_call_closes_after_open CHECK (closes_at > opens_at),
    CONSTRAINT fk_call_track_id FOREIGN KEY(track_id) REFERENCES track (id),
    CONSTRAINT fk_call_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_call_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id)
);

CREATE INDEX ix_call_edition_id ON call (edition_id);

CREATE INDEX ix_call_forum_id ON call (forum_id);

CREATE INDEX ix_call_open ON call (closes_at) WHERE state = 'open';

CREATE INDEX ix_call_track_id ON call (track_id);

CREATE TABLE mandate (
    id UUID NOT NULL,
    organisation_id UUID,
    person_id UUID,
    office TEXT,
    role TEXT,
    forum_id UUID,
    edition_id UUID,
    track_id UUID,
    mechanism_code TEXT,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE,
    zone TEXT DEFAULT 'Europe/Zurich' NOT NULL,
    CONSTRAINT pk_mandate PRIMARY KEY (id),
    CONSTRAINT ck_mandate_office CHECK (office in ('chair', 'co_chair', 'member')),
    CONSTRAINT ck_mandate_role CHECK (role in ('secretariat', 'penholder', 'coordinator', 'national_focal_point', 'delegate', 'representative', 'resource_person', 'note_taker', 'moderator', 'liaison')),
    CONSTRAINT ck_mandate_office_or_role CHECK ((office is null) <> (role is null)),
    CONSTRAINT ck_mandate_office_has_holder CHECK (office is null or (organisation_id is not null and person_id is null)),
    CONSTRAINT ck_mandate_role_has_person CHECK (role is null or person_id is not null),
    CONSTRAINT ck_mandate_ends_after_start CHECK (ends_at is null or ends_at > starts_at),
    CONSTRAINT fk_mandate_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT fk_mandate_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_mandate_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id),
    CONSTRAINT fk_mandate_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_mandate_track_id FOREIGN KEY(track_id) REFERENCES track (id)
);

CREATE INDEX ix_mandate_edition_id ON mandate (edition_id);

CREATE INDEX ix_mandate_forum_id ON mandate (forum_id);

CREATE INDEX ix_mandate_organisation_id ON mandate (organisation_id);

CREATE INDEX ix_mandate_person_id ON mandate (person_id);

CREATE INDEX ix_mandate_track_id ON mandate (track_id);

CREATE TABLE meeting (
    id UUID NOT NULL,
    track_id UUID NOT NULL,
    edition_id UUID NOT NULL,
    series TEXT NOT NULL,
    ordinal INTEGER,
    label TEXT NOT NULL,
    title TEXT NOT NULL,
    theme TEXT,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    venue TEXT NOT NULL,
    city TEXT NOT NULL,
    CONSTRAINT pk_meeting PRIMARY KEY (id),
    CONSTRAINT ck_meeting_ends_after_start CHECK (ends_on >= starts_on),
    CONSTRAINT fk_meeting_track_id FOREIGN KEY(track_id) REFERENCES track (id),
    CONSTRAINT fk_meeting_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id)
);

CREATE INDEX ix_meeting_edition_id ON meeting (edition_id);

CREATE INDEX ix_meeting_track_id ON meeting (track_id);

CREATE TABLE track_theme (
    id UUID NOT NULL,
    track_id UUID NOT NULL,
    theme_id UUID NOT NULL,
    CONSTRAINT pk_track_theme PRIMARY KEY (id),
    CONSTRAINT uq_track_theme_track_id_theme_id UNIQUE (track_id, theme_id),
    CONSTRAINT fk_track_theme_track_id FOREIGN KEY(track_id) REFERENCES track (id),
    CONSTRAINT fk_track_theme_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id)
);

CREATE INDEX ix_track_theme_theme_id ON track_theme (theme_id);

CREATE TABLE addressee (
    id UUID NOT NULL,
    call_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    answer TEXT DEFAULT 'none_yet' NOT NULL,
    reason TEXT,
    answered_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_addressee PRIMARY KEY (id),
    CONSTRAINT ck_addressee_answer CHECK (answer in ('none_yet', 'sent', 'no_input_this_time')),
    CONSTRAINT uq_addressee_call_id_organisation_id UNIQUE (call_id, organisation_id),
    CONSTRAINT fk_addressee_call_id FOREIGN KEY(call_id) REFERENCES call (id),
    CONSTRAINT fk_addressee_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);

CREATE INDEX ix_addressee_organisation_id ON addressee (organisation_id);

CREATE TABLE authorship (
    subject_id UUID NOT NULL,
    subject_kind TEXT NOT NULL,
    author_kind TEXT,
    organisation_id UUID,
    mechanism_code TEXT,
    forum_id UUID,
    person_id UUID,
    mandate_id UUID,
    released_by_id UUID,
    written_at TIMESTAMP WITH TIME ZONE NOT NULL,
    submitted_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_authorship PRIMARY KEY (subject_id),
    CONSTRAINT ck_authorship_subject_kind CHECK (subject_kind in ('contribution', 'comment', 'history')),
    CONSTRAINT ck_authorship_author_kind CHECK (author_kind in ('state', 'organisation', 'mechanism', 'forum')),
    CONSTRAINT fk_authorship_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT fk_authorship_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id),
    CONSTRAINT fk_authorship_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_authorship_mandate_id FOREIGN KEY(mandate_id) REFERENCES mandate (id),
    CONSTRAINT fk_authorship_released_by_id FOREIGN KEY(released_by_id) REFERENCES person (id)
);

CREATE INDEX ix_authorship_forum_id ON authorship (forum_id);

CREATE INDEX ix_authorship_mechanism_code ON authorship (mechanism_code);

CREATE INDEX ix_authorship_organisation_id ON authorship (organisation_id);

CREATE TABLE call_section (
    id UUID NOT NULL,
    call_id UUID NOT NULL,
    ordinal INTEGER NOT NULL,
    code TEXT NOT NULL,
    prompt TEXT NOT NULL,
    min_length INTEGER NOT NULL,
    max_length INTEGER NOT NULL,
    unit TEXT NOT NULL,
    required BOOLEAN DEFAULT true NOT NULL,
    CONSTRAINT pk_call_section PRIMARY KEY (id),
    CONSTRAINT ck_call_section_unit CHECK (unit in ('words', 'characters')),
    CONSTRAINT ck_call_section_length CHECK (min_length >= 0 and max_length >= min_length),
    CONSTRAINT uq_call_section_call_id_ordinal UNIQUE (call_id, ordinal),
    CONSTRAINT uq_call_section_call_id_code UNIQUE (call_id, code),
    CONSTRAINT fk_call_section_call_id FOREIGN KEY(call_id) REFERENCES call (id)
);

CREATE TABLE contribution (
    id UUID NOT NULL,
    track_id UUID NOT NULL,
    edition_id UUID NOT NULL,
    forum_id UUID NOT NULL,
    call_id UUID,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    visibility TEXT NOT NULL,
    attribution TEXT NOT NULL,
    named_organisation_id UUID,
    named_mechanism TEXT,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    on_behalf BOOLEAN DEFAULT false NOT NULL,
    late BOOLEAN DEFAULT false NOT NULL,
    revision INTEGER DEFAULT '1' NOT NULL,
    released_revision INTEGER,
    length INTEGER DEFAULT '0' NOT NULL,
    submitted_at TIMESTAMP WITH TIME ZONE,
    receipt_number TEXT,
    receipt_hash TEXT,
    return_reason TEXT,
    CONSTRAINT pk_contribution PRIMARY KEY (id),
    CONSTRAINT ck_contribution_state CHECK (state in ('draft', 'released', 'submitted', 'admitted', 'returned', 'withdrawn')),
    CONSTRAINT ck_contribution_visibility CHECK (visibility in ('public', 'participants', 'secretariat')),
    CONSTRAINT ck_contribution_attribution CHECK (attribution in ('organisation', 'mechanism', 'forum', 'none')),
    CONSTRAINT ck_contribution_kind CHECK (kind in ('input', 'collective', 'practices', 'received')),
    CONSTRAINT ck_contribution_nothing_to_leak CHECK (attribution <> 'none' or (named_organisation_id is null and named_mechanism is null and submitted_at is null)),
    CONSTRAINT ck_contribution_mechanism_only CHECK (attribution <> 'mechanism' or named_organisation_id is null),
    CONSTRAINT ck_contribution_received_has_receipt CHECK (state not in ('submitted', 'admitted') or receipt_number is not null),
    CONSTRAINT uq_contribution_receipt_number UNIQUE (receipt_number),
    CONSTRAINT fk_contribution_track_id FOREIGN KEY(track_id) REFERENCES track (id),
    CONSTRAINT fk_contribution_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_contribution_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id),
    CONSTRAINT fk_contribution_call_id FOREIGN KEY(call_id) REFERENCES call (id),
    CONSTRAINT fk_contribution_named_organisation_id FOREIGN KEY(named_organisation_id) REFERENCES organisation (id)
);

CREATE INDEX ix_contribution_call_id ON contribution (call_id);

CREATE INDEX ix_contribution_edition_page ON contribution (edition_id, id) INCLUDE (state, visibility, forum_id);

CREATE INDEX ix_contribution_forum_id ON contribution (forum_id);

CREATE INDEX ix_contribution_mechanism_page ON contribution (named_mechanism, id) INCLUDE (state, visibility, forum_id);

CREATE INDEX ix_contribution_named_organisation_id ON contribution (named_organisation_id);

CREATE INDEX ix_contribution_track_page ON contribution (track_id, id) INCLUDE (state, visibility, forum_id);

CREATE TABLE document (
    id UUID NOT NULL,
    track_id UUID NOT NULL,
    edition_id UUID NOT NULL,
    forum_id UUID NOT NULL,
    meeting_id UUID,
    kind TEXT NOT NULL,
    symbol TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT DEFAULT 'draft' NOT NULL,
    audience TEXT DEFAULT 'team' NOT NULL,
    version_label TEXT NOT NULL,
    revision INTEGER DEFAULT '1' NOT NULL,
    comments_open_at TIMESTAMP WITH TIME ZONE,
    comments_close_at TIMESTAMP WITH TIME ZONE,
    closing TEXT,
    closing_words TEXT,
    closed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT ck_document_state CHECK (state in ('draft', 'circulated', 'silence', 'issued', 'endorsed', 'adopted')),
    CONSTRAINT ck_document_audience CHECK (audience in ('team', 'participants', 'public')),
    CONSTRAINT uq_document_symbol UNIQUE (symbol),
    CONSTRAINT fk_document_track_id FOREIGN KEY(track_id) REFERENCES track (id),
    CONSTRAINT fk_document_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_document_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id),
    CONSTRAINT fk_document_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);

CREATE INDEX ix_document_edition_id ON document (edition_id);

CREATE INDEX ix_document_forum_id ON document (forum_id);

CREATE INDEX ix_document_meeting_id ON document (meeting_id);

CREATE INDEX ix_document_track_id ON document (track_id);

CREATE TABLE figure (
    id UUID NOT NULL,
    meeting_id UUID NOT NULL,
    what TEXT NOT NULL,
    computed INTEGER,
    stated_value INTEGER,
    stated_text TEXT,
    rule TEXT,
    CONSTRAINT pk_figure PRIMARY KEY (id),
    CONSTRAINT uq_figure_meeting_id_what UNIQUE (meeting_id, what),
    CONSTRAINT fk_figure_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);

CREATE TABLE history (
    id UUID NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    edition_id UUID,
    act TEXT NOT NULL,
    actor_id UUID,
    mandate_id UUID,
    at TIMESTAMP WITH TIME ZONE,
    detail TEXT NOT NULL,
    leaf BYTEA NOT NULL,
    CONSTRAINT pk_history PRIMARY KEY (id),
    CONSTRAINT fk_history_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_history_actor_id FOREIGN KEY(actor_id) REFERENCES person (id),
    CONSTRAINT fk_history_mandate_id FOREIGN KEY(mandate_id) REFERENCES mandate (id)
);

CREATE INDEX ix_history_edition_id ON history (edition_id);

CREATE INDEX ix_history_subject_id ON history (subject_id);

CREATE TABLE meeting_fault (
    id UUID NOT NULL,
    meeting_id UUID NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    message TEXT NOT NULL,
    CONSTRAINT pk_meeting_fault PRIMARY KEY (id),
    CONSTRAINT fk_meeting_fault_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);

CREATE INDEX ix_meeting_fault_meeting_id ON meeting_fault (meeting_id);

CREATE TABLE session (
    id UUID NOT NULL,
    meeting_id UUID NOT NULL,
    ordinal INTEGER NOT NULL,
    number INTEGER,
    title TEXT NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (id),
    CONSTRAINT uq_session_meeting_id_ordinal UNIQUE (meeting_id, ordinal),
    CONSTRAINT fk_session_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);

CREATE TABLE panel (
    id UUID NOT NULL,
    session_id UUID NOT NULL,
    meeting_id UUID NOT NULL,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER,
    title TEXT NOT NULL,
    held_on DATE,
    time_as_written TEXT,
    description TEXT,
    questions TEXT[] DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_panel PRIMARY KEY (id),
    CONSTRAINT uq_panel_session_id_ordinal UNIQUE (session_id, ordinal),
    CONSTRAINT fk_panel_session_id FOREIGN KEY(session_id) REFERENCES session (id),
    CONSTRAINT fk_panel_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
);

CREATE INDEX ix_panel_meeting_id ON panel (meeting_id);

CREATE TABLE part (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    ordinal INTEGER NOT NULL,
    number TEXT NOT NULL,
    heading TEXT NOT NULL,
    CONSTRAINT pk_part PRIMARY KEY (id),
    CONSTRAINT uq_part_document_id_ordinal UNIQUE (document_id, ordinal),
    CONSTRAINT fk_part_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);

CREATE TABLE practice (
    id UUID NOT NULL,
    contribution_id UUID NOT NULL,
    ordinal INTEGER NOT NULL,
    section_label TEXT,
    name TEXT NOT NULL,
    url TEXT,
    dates_as_written TEXT NOT NULL,
    start_year INTEGER,
    end_year INTEGER,
    status TEXT,
    place TEXT NOT NULL,
    aim TEXT NOT NULL,
    partners TEXT NOT NULL,
    sdg_as_written TEXT NOT NULL,
    CONSTRAINT pk_practice PRIMARY KEY (id),
    CONSTRAINT ck_practice_status CHECK (status in ('current', 'ended', 'planned')),
    CONSTRAINT uq_practice_contribution_id_ordinal UNIQUE (contribution_id, ordinal),
    CONSTRAINT fk_practice_contribution_id FOREIGN KEY(contribution_id) REFERENCES contribution (id)
);

CREATE TABLE recommendation (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    ordinal INTEGER NOT NULL,
    heading TEXT NOT NULL,
    addressee TEXT,
    fate TEXT,
    CONSTRAINT pk_recommendation PRIMARY KEY (id),
    CONSTRAINT uq_recommendation_document_id_ordinal UNIQUE (document_id, ordinal),
    CONSTRAINT fk_recommendation_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);

CREATE TABLE revision (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    initials TEXT,
    hash TEXT NOT NULL,
    salt BYTEA NOT NULL,
    frozen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_revision PRIMARY KEY (id),
    CONSTRAINT uq_revision_document_id_number UNIQUE (document_id, number),
    CONSTRAINT fk_revision_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);

CREATE TABLE paragraph (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    part_id UUID,
    parent_id UUID,
    recommendation_id UUID,
    kind TEXT DEFAULT 'paragraph' NOT NULL,
    ordinal INTEGER NOT NULL,
    w_id TEXT NOT NULL,
    e_id TEXT NOT NULL,
    number TEXT,
    markdown TEXT NOT NULL,
    weight TEXT,
    revision INTEGER DEFAULT '1' NOT NULL,
    withdrawn BOOLEAN DEFAULT false NOT NULL,
    CONSTRAINT pk_paragraph PRIMARY KEY (id),
    CONSTRAINT ck_paragraph_kind CHECK (kind in ('paragraph', 'preamble', 'conclusion', 'bullet', 'closing', 'box', 'quote')),
    CONSTRAINT uq_paragraph_document_id_w_id UNIQUE (document_id, w_id),
    CONSTRAINT fk_paragraph_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_paragraph_part_id FOREIGN KEY(part_id) REFERENCES part (id),
    CONSTRAINT fk_paragraph_parent_id FOREIGN KEY(parent_id) REFERENCES paragraph (id),
    CONSTRAINT fk_paragraph_recommendation_id FOREIGN KEY(recommendation_id) REFERENCES recommendation (id)
);

CREATE INDEX ix_paragraph_order ON paragraph (document_id, ordinal);

CREATE INDEX ix_paragraph_parent_id ON paragraph (parent_id);

CREATE INDEX ix_paragraph_part_id ON paragraph (part_id);

CREATE INDEX ix_paragraph_recommendation_id ON paragraph (recommendation_id);

CREATE TABLE silence (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    revision_id UUID NOT NULL,
    body_id UUID NOT NULL,
    state TEXT DEFAULT 'running' NOT NULL,
    hours INTEGER NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    words TEXT,
    CONSTRAINT pk_silence PRIMARY KEY (id),
    CONSTRAINT ck_silence_state CHECK (state in ('running', 'passed', 'broken')),
    CONSTRAINT ck_silence_hours CHECK (hours between 1 and 2000),
    CONSTRAINT fk_silence_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_silence_revision_id FOREIGN KEY(revision_id) REFERENCES revision (id),
    CONSTRAINT fk_silence_body_id FOREIGN KEY(body_id) REFERENCES forum (id)
);

CREATE INDEX ix_silence_body_id ON silence (body_id);

CREATE INDEX ix_silence_document_id ON silence (document_id);

CREATE INDEX ix_silence_revision_id ON silence (revision_id);

CREATE INDEX ix_silence_running ON silence (ends_at) WHERE state = 'running';

CREATE UNIQUE INDEX uq_silence_running ON silence (document_id) WHERE state = 'running';

CREATE TABLE speaker (
    id UUID NOT NULL,
    panel_id UUID NOT NULL,
    ordinal INTEGER NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    function TEXT,
    organisation TEXT,
    country TEXT,
    note TEXT,
    CONSTRAINT pk_speaker PRIMARY KEY (id),
    CONSTRAINT uq_speaker_panel_id_ordinal UNIQUE (panel_id, ordinal),
    CONSTRAINT fk_speaker_panel_id FOREIGN KEY(panel_id) REFERENCES panel (id)
);

CREATE TABLE tag (
    id UUID NOT NULL,
    contribution_id UUID NOT NULL,
    practice_id UUID,
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    CONSTRAINT pk_tag PRIMARY KEY (id),
    CONSTRAINT ck_tag_scheme CHECK (scheme in ('sdg', 'gcm', 'theme')),
    CONSTRAINT fk_tag_contribution_id FOREIGN KEY(contribution_id) REFERENCES contribution (id),
    CONSTRAINT fk_tag_practice_id FOREIGN KEY(practice_id) REFERENCES practice (id)
);

CREATE INDEX ix_tag_code ON tag (scheme, code, contribution_id);

CREATE INDEX ix_tag_contribution ON tag (contribution_id, scheme, code);

CREATE INDEX ix_tag_practice_id ON tag (practice_id);

CREATE UNIQUE INDEX uq_tag_once ON tag (contribution_id, scheme, code, coalesce(practice_id, contribution_id));

CREATE TABLE transmission (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    revision_id UUID NOT NULL,
    kind TEXT NOT NULL,
    to_track_id UUID,
    contribution_id UUID,
    outside_name TEXT,
    outside_symbol TEXT,
    outside_person TEXT,
    delivered_on DATE,
    outcome TEXT,
    hash TEXT NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_transmission PRIMARY KEY (id),
    CONSTRAINT ck_transmission_kind CHECK (kind in ('contribution', 'outside')),
    CONSTRAINT ck_transmission_contribution_has_track CHECK (kind <> 'contribution' or (to_track_id is not null and contribution_id is not null)),
    CONSTRAINT ck_transmission_outside_has_name CHECK (kind <> 'outside' or outside_name is not null),
    CONSTRAINT uq_transmission_contribution_id UNIQUE (contribution_id),
    CONSTRAINT fk_transmission_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_transmission_revision_id FOREIGN KEY(revision_id) REFERENCES revision (id),
    CONSTRAINT fk_transmission_to_track_id FOREIGN KEY(to_track_id) REFERENCES track (id),
    CONSTRAINT fk_transmission_contribution_id FOREIGN KEY(contribution_id) REFERENCES contribution (id)
);

CREATE INDEX ix_transmission_contribution_id ON transmission (contribution_id);

CREATE INDEX ix_transmission_document_id ON transmission (document_id);

CREATE INDEX ix_transmission_revision_id ON transmission (revision_id);

CREATE INDEX ix_transmission_to_track_id ON transmission (to_track_id);

CREATE TABLE comment (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    paragraph_id UUID,
    revision_id UUID,
    markdown TEXT NOT NULL,
    proposed_text TEXT,
    audience TEXT NOT NULL,
    attribution TEXT NOT NULL,
    named_organisation_id UUID,
    named_mechanism TEXT,
    label TEXT NOT NULL,
    written_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_comment PRIMARY KEY (id),
    CONSTRAINT ck_comment_audience CHECK (audience in ('team', 'participants', 'public')),
    CONSTRAINT ck_comment_attribution CHECK (attribution in ('organisation', 'mechanism', 'forum', 'none')),
    CONSTRAINT ck_comment_nothing_to_leak CHECK (attribution <> 'none' or (named_organisation_id is null and named_mechanism is null and written_at is null)),
    CONSTRAINT fk_comment_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_comment_paragraph_id FOREIGN KEY(paragraph_id) REFERENCES paragraph (id),
    CONSTRAINT fk_comment_revision_id FOREIGN KEY(revision_id) REFERENCES revision (id),
    CONSTRAINT fk_comment_named_organisation_id FOREIGN KEY(named_organisation_id) REFERENCES organisation (id)
);

CREATE INDEX ix_comment_document_page ON comment (document_id, id);

CREATE INDEX ix_comment_named_organisation_id ON comment (named_organisation_id);

CREATE INDEX ix_comment_paragraph_page ON comment (paragraph_id, id);

CREATE INDEX ix_comment_revision_id ON comment (revision_id);

CREATE TABLE contribution_section (
    id UUID NOT NULL,
    contribution_id UUID NOT NULL,
    ordinal INTEGER NOT NULL,
    code TEXT NOT NULL,
    heading TEXT NOT NULL,
    markdown TEXT NOT NULL,
    origin_paragraph_id UUID,
    CONSTRAINT pk_contribution_section PRIMARY KEY (id),
    CONSTRAINT uq_contribution_section_contribution_id_ordinal UNIQUE (contribution_id, ordinal),
    CONSTRAINT fk_contribution_section_contribution_id FOREIGN KEY(contribution_id) REFERENCES contribution (id),
    CONSTRAINT fk_contribution_section_origin_paragraph_id FOREIGN KEY(origin_paragraph_id) REFERENCES paragraph (id)
);

CREATE INDEX ix_contribution_section_origin_paragraph_id ON contribution_section (origin_paragraph_id);

CREATE TABLE objection (
    id UUID NOT NULL,
    silence_id UUID NOT NULL,
    paragraph_id UUID,
    organisation_id UUID NOT NULL,
    reason TEXT NOT NULL,
    proposed_text TEXT,
    broken_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_objection PRIMARY KEY (id),
    CONSTRAINT fk_objection_silence_id FOREIGN KEY(silence_id) REFERENCES silence (id),
    CONSTRAINT fk_objection_paragraph_id FOREIGN KEY(paragraph_id) REFERENCES paragraph (id),
    CONSTRAINT fk_objection_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);

CREATE INDEX ix_objection_organisation_id ON objection (organisation_id);

CREATE INDEX ix_objection_paragraph_id ON objection (paragraph_id);

CREATE INDEX ix_objection_silence_id ON objection (silence_id);

CREATE TABLE disposition (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    contribution_id UUID,
    comment_id UUID,
    recommendation_id UUID,
    word TEXT NOT NULL,
    words TEXT NOT NULL,
    reason TEXT,
    paragraph_id UUID,
    noted_together_id UUID,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_disposition PRIMARY KEY (id),
    CONSTRAINT ck_disposition_one_subject CHECK (num_nonnulls(contribution_id, comment_id, recommendation_id) = 1),
    CONSTRAINT ck_disposition_together_has_reason CHECK (noted_together_id is null or reason is not null),
    CONSTRAINT fk_disposition_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_disposition_contribution_id FOREIGN KEY(contribution_id) REFERENCES contribution (id),
    CONSTRAINT fk_disposition_comment_id FOREIGN KEY(comment_id) REFERENCES comment (id),
    CONSTRAINT fk_disposition_recommendation_id FOREIGN KEY(recommendation_id) REFERENCES recommendation (id),
    CONSTRAINT fk_disposition_paragraph_id FOREIGN KEY(paragraph_id) REFERENCES paragraph (id)
);

CREATE INDEX ix_disposition_comment_id ON disposition (comment_id);

CREATE INDEX ix_disposition_contribution_id ON disposition (contribution_id);

CREATE INDEX ix_disposition_document_id ON disposition (document_id);

CREATE INDEX ix_disposition_paragraph_id ON disposition (paragraph_id);

CREATE INDEX ix_disposition_recommendation_id ON disposition (recommendation_id);

CREATE UNIQUE INDEX uq_disposition_comment ON disposition (comment_id);

CREATE UNIQUE INDEX uq_disposition_contribution ON disposition (document_id, contribution_id);

CREATE TABLE source (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    paragraph_id UUID,
    recommendation_id UUID,
    relation TEXT NOT NULL,
    contribution_id UUID,
    section_id UUID,
    practice_id UUID,
    panel_id UUID,
    speaker_id UUID,
    comment_id UUID,
    from_paragraph_id UUID,
    CONSTRAINT pk_source PRIMARY KEY (id),
    CONSTRAINT ck_source_relation CHECK (relation in ('carries', 'merges', 'rewords', 'quotes', 'contradicts')),
    CONSTRAINT ck_source_one_text CHECK (num_nonnulls(paragraph_id, recommendation_id) = 1),
    CONSTRAINT ck_source_one_end CHECK (num_nonnulls(contribution_id, section_id, practice_id, panel_id, comment_id, from_paragraph_id) = 1),
    CONSTRAINT ck_source_speaker_of_panel CHECK (speaker_id is null or panel_id is not null),
    CONSTRAINT fk_source_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_source_paragraph_id FOREIGN KEY(paragraph_id) REFERENCES paragraph (id),
    CONSTRAINT fk_source_recommendation_id FOREIGN KEY(recommendation_id) REFERENCES recommendation (id),
    CONSTRAINT fk_source_contribution_id FOREIGN KEY(contribution_id) REFERENCES contribution (id),
    CONSTRAINT fk_source_section_id FOREIGN KEY(section_id) REFERENCES contribution_section (id),
    CONSTRAINT fk_source_practice_id FOREIGN KEY(practice_id) REFERENCES practice (id),
    CONSTRAINT fk_source_panel_id FOREIGN KEY(panel_id) REFERENCES panel (id),
    CONSTRAINT fk_source_speaker_id FOREIGN KEY(speaker_id) REFERENCES speaker (id),
    CONSTRAINT fk_source_comment_id FOREIGN KEY(comment_id) REFERENCES comment (id),
    CONSTRAINT fk_source_from_paragraph_id FOREIGN KEY(from_paragraph_id) REFERENCES paragraph (id)
);

CREATE INDEX ix_source_comment_id ON source (comment_id);

CREATE INDEX ix_source_contribution_id ON source (contribution_id);

CREATE INDEX ix_source_document_id ON source (document_id);

CREATE INDEX ix_source_from_paragraph_id ON source (from_paragraph_id);

CREATE INDEX ix_source_panel_id ON source (panel_id);

CREATE INDEX ix_source_paragraph_id ON source (paragraph_id);

CREATE INDEX ix_source_practice_id ON source (practice_id);

CREATE INDEX ix_source_recommendation_id ON source (recommendation_id);

CREATE INDEX ix_source_section_id ON source (section_id);
