"""Turns one laid-out WeasyPrint document into the PDFs of three editions: print, booklet and screen."""
