"""Reading a list of pupils as a school's own system exports it; nothing here writes.

`sheet` reads the file, `columns` says what each column is, `rows` reads each pupil, `preview`
compares them with the school's list, `carried` keeps them between the preview and the yes.
"""
