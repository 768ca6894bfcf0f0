"""A language's texts held against the source language's: split, paired, recorded, remembered, written."""
