-- Overrides name the notebook that was looked at: the newest that was graded by then.

ALTER TABLE overrides ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';
UPDATE overrides SET sha256 = coalesce((
    SELECT grades.sha256 FROM grades
    WHERE grades.submission = overrides.submission AND grades.graded <= overrides.made
    ORDER BY grades.grade DESC LIMIT 1
), '');
