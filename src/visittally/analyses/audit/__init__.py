"""Do the figures of a finished table, or of sentences, follow from each other?"""
