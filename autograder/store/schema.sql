-- The present format. A change of it is a new format: see migrating.py.

CREATE TABLE assignment (name TEXT NOT NULL);
CREATE TABLE runs (                        -- one per command that grades
    run INTEGER PRIMARY KEY,
    started TEXT NOT NULL,                 -- UTC, ISO 8601, as all times here
    since INTEGER NOT NULL,                -- grades up to this one are not used again; -1: all are
    finished TEXT
);
CREATE TABLE grades (
    grade INTEGER PRIMARY KEY,
    submission TEXT NOT NULL,
    basis TEXT NOT NULL,                   -- SHA-256 of all that the marks rest on
    graded TEXT NOT NULL,
    sha256 TEXT NOT NULL,                  -- of the notebook
    status TEXT NOT NULL,
    score REAL,                            -- NULL: blank, never a zero
    max_score REAL NOT NULL,
    problems TEXT NOT NULL,                -- JSON list of objects: kind, found, ask, ours
    remarks TEXT NOT NULL,                 -- JSON list
    seconds REAL NOT NULL,
    core_seconds REAL NOT NULL,
    memory_mb REAL NOT NULL,
    made_from TEXT NOT NULL,               -- JSON object: tests, settings, data, versions
    flags TEXT NOT NULL,                   -- JSON list of [name, evidence], for a human to look at
    executed BLOB NOT NULL                 -- the executed notebook: JSON, compressed by zlib
);
CREATE INDEX grades_by_basis ON grades (submission, basis);
CREATE TABLE facts (                       -- what the judge measured
    grade INTEGER NOT NULL REFERENCES grades,
    name TEXT NOT NULL,
    value TEXT NOT NULL,                   -- JSON
    PRIMARY KEY (grade, name)
);
CREATE TABLE questions (
    grade INTEGER NOT NULL REFERENCES grades,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    all_or_nothing INTEGER NOT NULL,
    earned REAL,
    possible REAL NOT NULL,
    notes TEXT NOT NULL,                   -- JSON list, for staff
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
    message TEXT NOT NULL,                 -- for the student
    detail TEXT NOT NULL,                  -- for staff
    PRIMARY KEY (grade, question, position)
);
CREATE TABLE gradebook (                   -- which grade counts
    submission TEXT PRIMARY KEY,
    grade INTEGER NOT NULL REFERENCES grades,
    student TEXT NOT NULL,
    earlier TEXT NOT NULL,                 -- JSON list: the student's earlier submissions
    remarks TEXT NOT NULL                  -- JSON list: how it was handed in
);
CREATE TABLE overrides (                   -- the latest that is not undone counts
    override INTEGER PRIMARY KEY,
    submission TEXT NOT NULL,
    question TEXT NOT NULL,
    points REAL NOT NULL,
    reason TEXT NOT NULL,
    made TEXT NOT NULL,
    sha256 TEXT NOT NULL,                  -- of the notebook that was looked at
    undone TEXT
);
