"""A language's segments out to translators' programs and spreadsheets, and what came back in: PO, XLIFF, xlsx."""
