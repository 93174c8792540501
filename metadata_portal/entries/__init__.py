"""Records, drafts and revisions: what people enter, how it is kept, and its pages."""
