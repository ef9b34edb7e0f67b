"""Reading a list of pupils as a school's own system exports it; nothing here writes.

`dialect` says to the reader of tables what lists of pupils hold; `titles` and `permissions` say
what each column is, `groups` whose it is, `columns` puts them together; `people` reads the contacts
of a row, `rows` each pupil, `same` finds who is already on the list, `preview` says what would
happen, `carried` keeps the rows until they are confirmed.
"""
