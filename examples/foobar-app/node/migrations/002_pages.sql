CREATE TABLE IF NOT EXISTS pages (
  slug VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  title VARCHAR(100) NOT NULL,
  body TEXT NOT NULL
) CHARACTER SET utf8mb4;

INSERT IGNORE INTO pages (slug, title, body) VALUES
  ('welcome', 'Welcome to Foobar Harbour',
   'Whoever calls at Foobar signs the log. Leave your name and a word for those who come after you.'),
  ('about', 'About Foobar',
   'Foobar is a small harbour that is always open: its keepers change the lamp without putting out the light.

This page and the log are kept in MySQL. Every answer says in its X-Release header which release gave it.');
