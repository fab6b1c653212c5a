-- A case is one list of records, each a leaf of the ledger; what is there for people are the views.
-- record: seq is the leaf's index; body is canonical JSON; leaf = RFC 6962 leaf hash of
-- SHA-256(tag, digests of the salted fields). current = 0 where a later run of the same step no
-- longer says it. Kind `decoy`: says nothing, so that the ledger's length tells little. Kind
-- `erased`: body, salt and id were destroyed, and a record of kind `erasure` names the leaf.
CREATE TABLE IF NOT EXISTS record (
    seq     INTEGER PRIMARY KEY,
    kind    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    body    TEXT,
    salt    BLOB,
    leaf    BLOB    NOT NULL,
    step    TEXT    NOT NULL,
    current INTEGER NOT NULL DEFAULT 1,
    CHECK ((body IS NULL) = (salt IS NULL))
) STRICT;
CREATE INDEX IF NOT EXISTS record_said ON record (step, kind, id);
CREATE INDEX IF NOT EXISTS record_kind ON record (kind, current, id);
CREATE INDEX IF NOT EXISTS record_id   ON record (id);

-- step: a piece of work that is finished, and the hash of what it worked on.
CREATE TABLE IF NOT EXISTS step (
    name   TEXT PRIMARY KEY,
    inputs TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS about (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW IF NOT EXISTS evidence AS
SELECT id, body ->> 'name' AS name, body ->> 'sha256' AS sha256, body ->> 'size' AS size,
       body ->> 'reliability' AS reliability, body ->> 'tlp' AS tlp
FROM record WHERE kind = 'evidence' AND current;

CREATE VIEW IF NOT EXISTS problem AS
SELECT id, body ->> 'what' AS what, body ->> 'hint' AS hint, body -> 'where' AS place
FROM record WHERE kind = 'problem' AND current;

CREATE VIEW IF NOT EXISTS finding AS
SELECT f.id, f.body ->> 'time' AS time, f.body ->> 'host' AS host, f.body ->> 'user' AS user,
       r.body ->> 'level' AS level, r.body ->> 'title' AS rule, r.body ->> 'author' AS author,
       f.body -> 'matched' AS matched, f.body -> 'where' AS place
FROM record f LEFT JOIN record r
  ON r.kind = 'rule' AND r.id = f.body ->> 'rule' AND r.current AND r.step = f.step
WHERE f.kind = 'finding' AND f.current;

CREATE VIEW IF NOT EXISTS statement AS
SELECT j.value ->> 'id' AS id, j.value ->> 'act' AS act, j.value -> 'speaker' ->> 'name' AS speaker,
       j.value -> 'target' ->> 'name' AS target, j.value ->> 'sentence' AS sentence,
       j.value -> 'where' AS place
FROM record r, json_each(r.body, '$.statements') j WHERE r.kind = 'reading' AND r.current;
