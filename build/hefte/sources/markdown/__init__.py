"""Markdown with our directives to XHTML in the vocabulary that the transforms and layouts know."""
