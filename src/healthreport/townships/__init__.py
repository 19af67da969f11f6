"""The townships of a sheet: what batch and a county's figures share."""
