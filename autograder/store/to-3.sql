-- A gradebook in place of runs that each hold their grades: the latest run's grade counts. What was
-- not written down (hints, all or nothing, the executed notebook) stays empty.

ALTER TABLE runs RENAME TO old_runs;
ALTER TABLE grades RENAME TO old_grades;
ALTER TABLE questions RENAME TO old_questions;
ALTER TABLE verdicts RENAME TO old_verdicts;

CREATE TABLE assignment (name TEXT NOT NULL);
CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    since INTEGER NOT NULL,
    finished TEXT
);
CREATE TABLE grades (
    grade INTEGER PRIMARY KEY,
    submission TEXT NOT NULL,
    basis TEXT NOT NULL,
    graded TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    status TEXT NOT NULL,
    score REAL,
    max_score REAL NOT NULL,
    problems TEXT NOT NULL,
    remarks TEXT NOT NULL,
    seconds REAL NOT NULL,
    core_seconds REAL NOT NULL,
    memory_mb REAL NOT NULL,
    made_from TEXT NOT NULL,
    flags TEXT NOT NULL,
    executed BLOB NOT NULL
);
CREATE INDEX grades_by_basis ON grades (submission, basis);
CREATE TABLE facts (
    grade INTEGER NOT NULL REFERENCES grades,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (grade, name)
);
CREATE TABLE questions (
    grade INTEGER NOT NULL REFERENCES grades,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    all_or_nothing INTEGER NOT NULL,
    earned REAL,
    possible REAL NOT NULL,
    notes TEXT NOT NULL,
    PRIMARY KEY (grade, position)
);
CREATE TABLE verdicts (
    grade INTEGER NOT NULL REFERENCES grades,
    question TEXT NOT NULL,
    position INTEGER NOT NULL,
    case_name TEXT NOT NULL,
    label TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    points REAL NOT NULL,
    hint TEXT NOT NULL,
    outcome TEXT NOT NULL,
    message TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (grade, question, position)
);
CREATE TABLE gradebook (
    submission TEXT PRIMARY KEY,
    grade INTEGER NOT NULL REFERENCES grades,
    student TEXT NOT NULL,
    earlier TEXT NOT NULL,
    remarks TEXT NOT NULL
);
CREATE TABLE overrides (
    override INTEGER PRIMARY KEY,
    submission TEXT NOT NULL,
    question TEXT NOT NULL,
    points REAL NOT NULL,
    reason TEXT NOT NULL,
    made TEXT NOT NULL,
    undone TEXT
);

INSERT INTO assignment (name) SELECT DISTINCT assignment FROM old_runs;
INSERT INTO runs (run, started, since, finished) SELECT run, started, -1, started FROM old_runs;
INSERT INTO grades (
    grade, submission, basis, graded, sha256, status, score, max_score, problems, remarks, seconds,
    core_seconds, memory_mb, made_from, flags, executed
) SELECT
    old_grades.rowid, submission, '', started, sha256, status, score, max_score, problems, '[]',
    seconds, 0, 0, made_from, flags, x'789C030000000001'  -- nothing, compressed
FROM old_grades JOIN old_runs USING (run);
INSERT INTO facts (grade, name, value)
SELECT old_grades.rowid, each.key, fact(old_grades.facts, each.key)
FROM old_grades, json_each(old_grades.facts) AS each;
INSERT INTO questions (grade, position, question, all_or_nothing, earned, possible, notes)
SELECT old_grades.rowid, position, question, 0, earned, possible, notes
FROM old_questions JOIN old_grades USING (run, submission);
INSERT INTO verdicts (
    grade, question, position, case_name, label, hidden, points, hint, outcome, message, detail
) SELECT
    old_grades.rowid, question, position, case_name, label, hidden, points, '', outcome, message,
    detail
FROM old_verdicts JOIN old_grades USING (run, submission);
INSERT INTO gradebook (submission, grade, student, earlier, remarks)
SELECT submission, rowid, '', '[]', '[]' FROM old_grades AS latest
WHERE run = (SELECT max(run) FROM old_grades WHERE submission = latest.submission);

DROP TABLE old_verdicts;
DROP TABLE old_questions;
DROP TABLE old_grades;
DROP TABLE old_runs;
