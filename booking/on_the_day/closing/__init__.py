"""The end of the day: what is left to do, lost property, what the host would do again."""
