-- Generated once from the tables of version 2; never regenerated. Changes since 0001.
ALTER TABLE process_definition ADD COLUMN forum_id UUID CONSTRAINT fk_process_definition_forum_id REFERENCES forum (id);
CREATE INDEX ix_process_definition_forum_id ON process_definition (forum_id);
ALTER TABLE forum ADD COLUMN template TEXT;
ALTER TABLE edition ADD COLUMN cloned_from_id UUID CONSTRAINT fk_edition_cloned_from_id REFERENCES edition (id);
CREATE INDEX ix_edition_cloned_from_id ON edition (cloned_from_id);
ALTER TABLE edition ADD COLUMN ends_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE track ADD COLUMN held_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE call ADD COLUMN late_until TIMESTAMP WITH TIME ZONE;
ALTER TABLE call ADD COLUMN reminders BOOLEAN DEFAULT true NOT NULL;
ALTER TABLE call ADD COLUMN opened_at TIMESTAMP WITH TIME ZONE;
UPDATE call SET opened_at = opens_at WHERE opens_at <= clock_timestamp();
ALTER TABLE call ADD CONSTRAINT ck_call_grace_after_close CHECK (late_until > closes_at);
CREATE INDEX ix_call_opening ON call (opens_at) WHERE opened_at is null;
ALTER TABLE silence ADD COLUMN round INTEGER DEFAULT '1' NOT NULL;
UPDATE silence SET round = counted.round FROM (SELECT id, row_number() OVER (PARTITION BY document_id ORDER BY starts_at, id) AS round FROM silence) AS counted WHERE counted.id = silence.id;
ALTER TABLE objection ADD COLUMN answer TEXT, ADD COLUMN answer_kind TEXT, ADD COLUMN answered_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE objection ADD CONSTRAINT ck_objection_answered CHECK (num_nonnulls(answer, answer_kind, answered_at) in (0, 3));
ALTER TABLE objection ADD CONSTRAINT ck_objection_answer_kind CHECK (answer_kind in ('taken_up', 'taken_up_in_part', 'withdrawn', 'explained'));
CREATE TABLE anchor (
    id UUID NOT NULL,
    edition_id UUID NOT NULL,
    name TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_anchor PRIMARY KEY (id),
    CONSTRAINT uq_anchor_edition_id_name UNIQUE (edition_id, name),
    CONSTRAINT fk_anchor_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id)
);
CREATE TABLE stage_window (
    id UUID NOT NULL,
    track_id UUID NOT NULL,
    stage TEXT NOT NULL,
    opens_at TIMESTAMP WITH TIME ZONE,
    closes_at TIMESTAMP WITH TIME ZONE,
    zone TEXT NOT NULL,
    extended BOOLEAN DEFAULT false NOT NULL,
    CONSTRAINT pk_stage_window PRIMARY KEY (id),
    CONSTRAINT ck_stage_window_closes_after_open CHECK (opens_at is null or closes_at is null or closes_at > opens_at),
    CONSTRAINT uq_stage_window_track_id_stage UNIQUE (track_id, stage),
    CONSTRAINT fk_stage_window_track_id FOREIGN KEY(track_id) REFERENCES track (id)
);
CREATE TABLE migration (
    id UUID NOT NULL,
    edition_id UUID NOT NULL,
    from_process_id UUID NOT NULL,
    to_process_id UUID NOT NULL,
    reason TEXT NOT NULL,
    acts_before INTEGER NOT NULL,
    from_ends_at TIMESTAMP WITH TIME ZONE,
    added_anchors TEXT[] DEFAULT '{}' NOT NULL,
    migrated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    undone_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_migration PRIMARY KEY (id),
    CONSTRAINT fk_migration_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_migration_from_process_id FOREIGN KEY(from_process_id) REFERENCES process_definition (id),
    CONSTRAINT fk_migration_to_process_id FOREIGN KEY(to_process_id) REFERENCES process_definition (id)
);
CREATE INDEX ix_migration_edition_id ON migration (edition_id);
CREATE INDEX ix_migration_from_process_id ON migration (from_process_id);
CREATE INDEX ix_migration_to_process_id ON migration (to_process_id);
CREATE TABLE migrated_track (
    id UUID NOT NULL,
    migration_id UUID NOT NULL,
    track_id UUID NOT NULL,
    from_definition TEXT NOT NULL,
    from_stage TEXT NOT NULL,
    to_definition TEXT NOT NULL,
    to_stage TEXT NOT NULL,
    from_since TIMESTAMP WITH TIME ZONE NOT NULL,
    from_held_at TIMESTAMP WITH TIME ZONE,
    from_windows TEXT NOT NULL,
    CONSTRAINT pk_migrated_track PRIMARY KEY (id),
    CONSTRAINT uq_migrated_track_migration_id_track_id UNIQUE (migration_id, track_id),
    CONSTRAINT fk_migrated_track_migration_id FOREIGN KEY(migration_id) REFERENCES migration (id),
    CONSTRAINT fk_migrated_track_track_id FOREIGN KEY(track_id) REFERENCES track (id)
);
CREATE INDEX ix_migrated_track_track_id ON migrated_track (track_id);
CREATE TABLE past_document (
    id UUID NOT NULL,
    edition_id UUID NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    symbol TEXT,
    language TEXT NOT NULL,
    issued_on DATE,
    url TEXT,
    note TEXT,
    CONSTRAINT pk_past_document PRIMARY KEY (id),
    CONSTRAINT fk_past_document_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id)
);
CREATE INDEX ix_past_document_edition_id ON past_document (edition_id);
CREATE TABLE terms_of_reference (
    id UUID NOT NULL,
    forum_id UUID NOT NULL,
    text TEXT NOT NULL,
    power TEXT NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE,
    reason TEXT,
    decided_on DATE,
    CONSTRAINT pk_terms_of_reference PRIMARY KEY (id),
    CONSTRAINT ck_terms_of_reference_power CHECK (power in ('advises', 'endorses', 'assists', 'none')),
    CONSTRAINT ck_terms_of_reference_ends_after_start CHECK (ends_at is null or ends_at > starts_at),
    CONSTRAINT uq_terms_of_reference_forum_id_starts_at UNIQUE (forum_id, starts_at),
    CONSTRAINT fk_terms_of_reference_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id)
);
CREATE TABLE reminder (
    id UUID NOT NULL,
    call_id UUID NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT DEFAULT 'waiting' NOT NULL,
    sent_to INTEGER,
    CONSTRAINT pk_reminder PRIMARY KEY (id),
    CONSTRAINT ck_reminder_state CHECK (state in ('waiting', 'sent', 'dropped')),
    CONSTRAINT uq_reminder_call_id_due_at UNIQUE (call_id, due_at),
    CONSTRAINT fk_reminder_call_id FOREIGN KEY(call_id) REFERENCES call (id)
);
CREATE INDEX ix_reminder_waiting ON reminder (due_at) WHERE state = 'waiting';
CREATE TABLE late_permit (
    id UUID NOT NULL,
    call_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    reason TEXT NOT NULL,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_late_permit PRIMARY KEY (id),
    CONSTRAINT uq_late_permit_call_id_organisation_id UNIQUE (call_id, organisation_id),
    CONSTRAINT fk_late_permit_call_id FOREIGN KEY(call_id) REFERENCES call (id),
    CONSTRAINT fk_late_permit_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE INDEX ix_late_permit_organisation_id ON late_permit (organisation_id);
CREATE TABLE reservation (
    id UUID NOT NULL,
    silence_id UUID NOT NULL,
    paragraph_id UUID,
    organisation_id UUID NOT NULL,
    words TEXT NOT NULL,
    placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    published BOOLEAN DEFAULT false NOT NULL,
    CONSTRAINT pk_reservation PRIMARY KEY (id),
    CONSTRAINT ck_reservation_published_stands CHECK (not (published and withdrawn_at is not null)),
    CONSTRAINT fk_reservation_silence_id FOREIGN KEY(silence_id) REFERENCES silence (id),
    CONSTRAINT fk_reservation_paragraph_id FOREIGN KEY(paragraph_id) REFERENCES paragraph (id),
    CONSTRAINT fk_reservation_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE INDEX ix_reservation_organisation_id ON reservation (organisation_id);
CREATE INDEX ix_reservation_paragraph_id ON reservation (paragraph_id);
CREATE INDEX ix_reservation_silence_id ON reservation (silence_id);
CREATE TABLE extension (
    id UUID NOT NULL,
    edition_id UUID NOT NULL,
    "of" TEXT NOT NULL,
    call_id UUID,
    document_id UUID,
    silence_id UUID,
    stage_window_id UUID,
    was TIMESTAMP WITH TIME ZONE NOT NULL,
    closes_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reason TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_extension PRIMARY KEY (id),
    CONSTRAINT ck_extension_of CHECK (of in ('call', 'consultation', 'silence', 'stage')),
    CONSTRAINT ck_extension_one_window CHECK (num_nonnulls(call_id, document_id, silence_id, stage_window_id) = 1),
    CONSTRAINT ck_extension_later CHECK (closes_at > was),
    CONSTRAINT fk_extension_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_extension_call_id FOREIGN KEY(call_id) REFERENCES call (id),
    CONSTRAINT fk_extension_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_extension_silence_id FOREIGN KEY(silence_id) REFERENCES silence (id),
    CONSTRAINT fk_extension_stage_window_id FOREIGN KEY(stage_window_id) REFERENCES stage_window (id)
);
CREATE INDEX ix_extension_call_id ON extension (call_id);
CREATE INDEX ix_extension_document_id ON extension (document_id);
CREATE INDEX ix_extension_edition_id ON extension (edition_id);
CREATE INDEX ix_extension_silence_id ON extension (silence_id);
CREATE INDEX ix_extension_stage_window_id ON extension (stage_window_id);
CREATE TABLE notice (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    edition_id UUID,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    call_id UUID,
    document_id UUID,
    cause_id UUID NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_notice PRIMARY KEY (id),
    CONSTRAINT ck_notice_kind CHECK (kind in ('reminder', 'extension', 'permit', 'anchor_moved', 'silence_started', 'silence_ended', 'migrated')),
    CONSTRAINT uq_notice_person_id_cause_id UNIQUE (person_id, cause_id),
    CONSTRAINT fk_notice_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_notice_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_notice_call_id FOREIGN KEY(call_id) REFERENCES call (id),
    CONSTRAINT fk_notice_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);
CREATE INDEX ix_notice_call_id ON notice (call_id);
CREATE INDEX ix_notice_document_id ON notice (document_id);
CREATE INDEX ix_notice_edition_id ON notice (edition_id);
INSERT INTO anchor (id, edition_id, name, at) SELECT gen_random_uuid(), id, 'summit', summit_at FROM edition WHERE summit_at IS NOT NULL;
ALTER TABLE edition DROP COLUMN summit_at;
