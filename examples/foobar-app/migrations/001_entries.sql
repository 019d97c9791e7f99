-- Every statement can be run again: MySQL takes no CREATE TABLE back when a later statement fails.
CREATE TABLE IF NOT EXISTS entries (
  number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- Chosen by whoever sends the form, so that sending it twice writes it once.
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(60) NOT NULL,
  message VARCHAR(500) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE KEY entries_id (id)
) CHARACTER SET utf8mb4;
