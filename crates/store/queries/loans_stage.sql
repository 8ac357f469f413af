-- What a file says, for as long as this connection lives.
CREATE TEMP TABLE staged (
    line bigint, lent timestamptz, lent_on date, due date, back timestamptz, back_on date, forget boolean, lent_at text, back_to text,
    item_branch text, barcode text, card text, card_branch text, renewals smallint);
