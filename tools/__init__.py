"""What derives, renews and checks the files that nobody edits by hand."""
