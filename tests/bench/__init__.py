"""`make bench`: what a build costs, as it grows, and against a plain use of the same libraries in the same run."""
