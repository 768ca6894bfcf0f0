"""Turns a build that may be published into a release: a manifest beside the files, a line for each in the repository;
and a folder that says it is a release into what is not as it was."""
