"""CVs: bring one, read it, change it, look through its history, go back."""
