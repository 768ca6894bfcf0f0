"""hefte turns chapters and stories, through layouts, into a print-ready brochure and an ebook. Start reading at
pipeline.py."""

__version__ = "0.1.0"
