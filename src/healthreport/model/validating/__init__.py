"""What the models of reports, layouts and sections share: values, and pydantic's errors as diagnostics."""
