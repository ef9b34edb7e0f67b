"""A tolerant reader of tables that others wrote: CSV, XLSX, or text pasted from a spreadsheet.

One kernel behind every import; what a file is about is its *dialect*. A dialect says how many
titles of a row it knows (`TableDialect.explains`), in which words its refusals are told, and what a
person may point a column at. `reading.read(content, dialect)` returns a `ReadTable`:

- `records`, numbered by the line of the file on which each begins, ready for the dialect;
- `omitted`, each with its true reason: a total, the header once more, quotation marks that do not
  match. Together they are all the records of the file, and one bad record never costs another;
- `guess`, how the file was read (encoding, separator, sheet, header), to be shown on the preview;
- `pointed`, which columns a person has pointed at, now or in an earlier file.

A person changes the guess by sending the same content again with `TableChoices`: `carried` keeps
the content in the page meanwhile, signed, for the server keeps nothing before the yes.
`remembering` keeps what columns were pointed at, by owner (a school, a bank account) and dialect:
titles of columns only, never a cell. `web/table_forms.py` and `_macros/reading.html` are the part
of the preview page that all dialects share.

`encodings` tells letters from bytes, `separated` cells from text, `workbooks` cells from a
workbook, `headers` finds the header and knows footers, `kinds` says what a file is that is no
table; `refusals` are all raised by reading and say what to do.
"""
