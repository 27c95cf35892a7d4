-- Flags, and what the judge measured.

ALTER TABLE grades ADD COLUMN flags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE grades ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';
