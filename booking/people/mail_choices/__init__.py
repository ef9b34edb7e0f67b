"""Which kinds of mail a person does not want: what may be stopped, and how it is started again."""
