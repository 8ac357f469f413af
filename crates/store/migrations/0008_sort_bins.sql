-- Which bin a sorter drops a return in: the terminal's rules, the first that fits.
ALTER TABLE terminal ADD COLUMN sort_bins json NOT NULL DEFAULT '[]';
