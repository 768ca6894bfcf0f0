"""A publication's records (TOML) and the front matter of its texts (YAML): their shapes, their reading, their errors.

A leaf: `publication` reads with it what is language-neutral, `sources` what is a language's own.
"""
