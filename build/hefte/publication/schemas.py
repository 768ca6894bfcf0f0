"""The shapes of the TOML files as JSON Schemas, for editors that complete and check while one writes."""

from __future__ import annotations

from typing import Any


def schemas() -> dict[str, dict[str, Any]]:
    """File name → JSON Schema (draft 2020-12)."""
    # here, not at the top: only `hefte schema` asks for these
    from pydantic import BaseModel
    from pydantic.json_schema import GenerateJsonSchema

    from hefte.records import schema

    models: dict[str, type[BaseModel]] = {
        "publication.toml": schema.PublicationFile, "references.toml": schema.ReferencesFile,
        "stories.toml": schema.StoriesFile, "glossary.toml": schema.GlossaryFile, "language.toml": schema.LanguageFile,
    }
    dialect = {"$schema": GenerateJsonSchema.schema_dialect}
    return {name: {**dialect, **model.model_json_schema(), "title": name} for name, model in models.items()}
